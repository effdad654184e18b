using DialogueMesh.Measures.Diversity;
using DialogueMesh.Measures.Words;
using DialogueMesh.Scenario.Corpora;

namespace DialogueMesh.Measures.Acts;

/// <summary>The distribution of act pairs: the set of acts of a user utterance and that of the answer to it.</summary>
internal static class ActPairs
{
    /// <summary>Null where no pair is annotated.</summary>
    public static ActReport? Report(IEnumerable<TokenisedDialogue> dialogues)
    {
        var ranked = SpeakerMeasures.Ranked(Of(dialogues));
        return ranked.Count == 0 ? null : new ActReport(ranked.Sum(f => f.Count), ranked);
    }

    /// <summary>Jensen–Shannon divergence in bits, from 0 for the same distribution to 1 for nothing in common; null where one is empty.</summary>
    public static double? Divergence(IEnumerable<TokenisedDialogue> left, IEnumerable<TokenisedDialogue> right) =>
        Divergence(SpeakerMeasures.Ranked(Of(left)), SpeakerMeasures.Ranked(Of(right)));

    internal static double? Divergence(IReadOnlyList<Frequency> left, IReadOnlyList<Frequency> right)
    {
        if (left.Count == 0 || right.Count == 0)
        {
            return null;
        }

        var others = right.ToDictionary(f => f.Text, f => f.Share, StringComparer.Ordinal);
        var sum = 0.0;
        foreach (var (text, _, p) in left)
        {
            others.Remove(text, out var q);
            sum += Half(p, q) + Half(q, p);
        }

        return Math.Clamp(sum + others.Values.Sum(q => Half(q, 0)), 0, 1);
    }

    private static double Half(double p, double q) => p == 0 ? 0 : 0.5 * p * Math.Log2(2 * p / (p + q));

    private static IEnumerable<string> Of(IEnumerable<TokenisedDialogue> dialogues) =>
        from dialogue in dialogues
        from pair in dialogue.Utterances.Zip(dialogue.Utterances.Skip(1))
        where pair.First is { Speaker: Speaker.User, ActSet.Length: > 0 } && pair.Second is { Speaker: Speaker.System, ActSet.Length: > 0 }
        select $"{pair.First.ActSet} → {pair.Second.ActSet}";
}
