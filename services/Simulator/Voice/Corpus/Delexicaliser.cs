using System.Text;
using System.Text.RegularExpressions;
using DialogueMesh.Contracts.Dialogues;
using DialogueMesh.Scenario.Corpora;
using DialogueMesh.Scenario.Ontology;

namespace DialogueMesh.Simulator.Voice.Corpus;

/// <summary>Turns an annotated utterance into a template.</summary>
internal static partial class Delexicaliser
{
    /// <summary>Null where a value is not located, a slot is not ours, or something of the dialogue's own is left.</summary>
    public static string? Of(SeedTurn turn, SeedFrame frame, SlotNames names)
    {
        var needed = frame.Acts.Where(act => act.Act is Acts.Inform or Acts.Confirm or Acts.Offer && act.Values.Count > 0)
            .Select(act => act.Slot).Distinct(StringComparer.Ordinal).ToList();
        var utterance = turn.Utterance;
        if (utterance.Contains('{', StringComparison.Ordinal) || utterance.Contains('}', StringComparison.Ordinal)
            || needed.Exists(slot => frame.Spans.Count(span => span.Slot == slot) != 1)
            || frame.Spans.Any(span => !needed.Contains(span.Slot)))
        {
            return null;
        }

        var template = new StringBuilder();
        var at = 0;
        foreach (var span in frame.Spans.OrderBy(span => span.Start))
        {
            var (start, end) = (Utf16(utterance, span.Start), Utf16(utterance, span.ExclusiveEnd));
            if (start < at || names.SlotOf(frame.Service, span.Slot) is not { } slot || !Fits(utterance[at..start], slot))
            {
                return null;
            }

            template.Append(utterance, at, start - at).Append('{').Append(slot.Name).Append('}');
            at = end;
        }

        var text = template.Append(utterance, at, utterance.Length - at).ToString().Trim();
        return IsGeneral(text) ? text : null;
    }

    /// <summary>Whether our kind of value fits after these words: "on the 3rd" is no place for "Monday".</summary>
    private static bool Fits(string before, Slot slot) => slot.Values switch
    {
        ValueSource.Day => !before.TrimEnd().EndsWith(" the", StringComparison.OrdinalIgnoreCase),
        ValueSource.Number => false,
        _ => !before.EndsWith('$'),
    };

    /// <summary>No digits, no names: a capital only at the start of a sentence or in "I"; and it ends as a sentence does.</summary>
    private static bool IsGeneral(string text)
    {
        var bare = Placeholder().Replace(text, "x");
        return bare.Length > 1 && char.IsUpper(text.TrimStart('{')[0]) | text[0] == '{' && !bare.Any(char.IsDigit) && bare[^1] is '.' or '?' or '!'
            && !InnerCapital().IsMatch(bare) && !bare.Contains(" i ", StringComparison.Ordinal) && !Specific().IsMatch(bare);
    }

    private static int Utf16(string text, int codePoints)
    {
        var index = 0;
        for (var i = 0; i < codePoints; i++)
        {
            index += char.IsHighSurrogate(text[index]) ? 2 : 1;
        }

        return index;
    }

    [GeneratedRegex(@"\{\w+\}")]
    private static partial Regex Placeholder();

    [GeneratedRegex(@"(?<=[^.!?\s]\s+)(?!I\b|I'|OK\b|Ok\b|Okay\b)\p{Lu}")]
    private static partial Regex InnerCapital();

    /// <summary>Numbers in words, days and amounts that a span does not cover.</summary>
    [GeneratedRegex(@"\b(two|three|four|five|six|seven|eight|nine|ten|today|tomorrow|tonight|monday|tuesday|wednesday|thursday|friday|saturday|sunday|am|pm|star|one-way|one way|round|economy|business class|premium|shared|pool|luxury|regular|house|city|toots|his|her|he|she|\$)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Specific();
}
