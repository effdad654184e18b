using DialogueMesh.Contracts.Randomness;
using DialogueMesh.Scenario.Corpora;

namespace DialogueMesh.Measures.Words;

/// <summary>An utterance, its words' numbers, and the set of its acts: names in ordinal order joined by '+', "" for none.</summary>
internal sealed record TokenisedUtterance(Speaker Speaker, string Text, int[] Tokens, string ActSet);

/// <summary>A dialogue; <see cref="Text"/> tells whether two are the same word for word.</summary>
internal sealed record TokenisedDialogue(string Text, IReadOnlyList<TokenisedUtterance> Utterances)
{
    public IEnumerable<TokenisedUtterance> By(Speaker speaker) => Utterances.Where(u => u.Speaker == speaker);
}

/// <summary>A corpus ready to be measured; corpora that are compared share their vocabulary.</summary>
internal sealed record TokenisedCorpus(string Name, IReadOnlyList<TokenisedDialogue> Dialogues)
{
    public static TokenisedCorpus Of(string name, SeedCorpus corpus, Vocabulary vocabulary) =>
        new(name, [.. corpus.Dialogues.Select(d => Of(d, vocabulary))]);

    /// <summary>
    /// The dialogues in an order of their own: files often group them by service, and then what comes first is not like the
    /// whole. The same for every corpus of that size.
    /// </summary>
    public IReadOnlyList<TokenisedDialogue> Shuffled(int draw)
    {
        var order = Dialogues.ToArray();
        new SeededRandom("measures", draw).Shuffle(order);
        return order;
    }

    public IEnumerable<TokenisedUtterance> By(Speaker speaker) => Dialogues.SelectMany(d => d.By(speaker));

    private static TokenisedDialogue Of(SeedDialogue dialogue, Vocabulary vocabulary) => new(
        string.Join('\n', dialogue.Turns.Select(t => t.Utterance.Trim())),
        [.. dialogue.Turns.Select(t => new TokenisedUtterance(t.Speaker, t.Utterance.Trim(), Tokeniser.Split(t.Utterance, vocabulary), ActSet(t)))]);

    private static string ActSet(SeedTurn turn) =>
        string.Join('+', turn.Frames.SelectMany(f => f.Acts).Select(a => a.Act).Distinct().Order(StringComparer.Ordinal));
}
