using DialogueMesh.Contracts.Blueprints;
using DialogueMesh.Contracts.Dialogues;

namespace DialogueMesh.Generation.Alignment;

/// <summary>A planned value that its utterance lacks.</summary>
/// <param name="Exchange">From 0.</param>
internal sealed record MissingValue(int Exchange, bool OfUser, string Slot, string Value);

/// <summary>Where an utterance's planned values stand in it.</summary>
internal sealed record AlignedUtterance(IReadOnlyList<(PlannedAct Act, SlotSpan Span)> Spans, IReadOnlyList<PlannedAct> Missing);

/// <summary>Finds every planned value in its utterance. No two values share a place; longer values choose first, and those that need not be said after their equals.</summary>
internal static class Aligner
{
    public static AlignedUtterance Align(string utterance, IReadOnlyList<PlannedAct> acts)
    {
        var taken = new List<(PlannedAct Act, Match Match)>();
        var missing = new List<PlannedAct>();
        foreach (var act in acts.Where(act => act.Value is not null).OrderByDescending(act => act.Value!.Length).ThenBy(act => act.Act == Acts.Select))
        {
            if (taken.Exists(other => SameValue(other.Act, act)))
            {
                continue;
            }

            var match = ValueFinder.Find(utterance, act.Value!).Select(found => (Match?)found)
                .FirstOrDefault(found => !taken.Exists(other => other.Match.Overlaps(found!.Value)));
            if (match is { } place)
            {
                taken.Add((act, place));
            }
            else if (act.Act != Acts.Select)
            {
                missing.Add(act);
            }
        }

        return new AlignedUtterance([.. taken.OrderBy(pair => pair.Match.Start).Select(pair => (pair.Act, Span(utterance, pair.Act, pair.Match)))], missing);
    }

    private static bool SameValue(PlannedAct a, PlannedAct b) => a.Service == b.Service && a.Slot == b.Slot && a.Value == b.Value;

    private static SlotSpan Span(string utterance, PlannedAct act, Match match)
    {
        var start = CodePoints(utterance.AsSpan(0, match.Start));
        return new SlotSpan
        {
            Slot = $"{act.Service}-{act.Slot}",
            Value = utterance.Substring(match.Start, match.Length),
            Start = start,
            ExclusiveEnd = start + CodePoints(utterance.AsSpan(match.Start, match.Length)),
            CopyFrom = act.CopyFrom?.Replace('.', '-'),
        };
    }

    private static int CodePoints(ReadOnlySpan<char> text)
    {
        var count = 0;
        foreach (var _ in text.EnumerateRunes())
        {
            count++;
        }

        return count;
    }
}
