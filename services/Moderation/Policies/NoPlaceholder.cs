using System.Text.RegularExpressions;
using DialogueMesh.Contracts.Dialogues;
using DialogueMesh.Contracts.Messages;

namespace DialogueMesh.Moderation.Policies;

/// <summary>No template's gap is left open: {name}, {{x}}, [name], [insert …], &lt;slot&gt;, XXX, ____.</summary>
internal sealed partial class NoPlaceholder : IStructurePolicy
{
    public string Name => "no-placeholder";

    public Breach? Check(Dialogue dialogue)
    {
        foreach (var utterance in dialogue.Written())
        {
            if (Gap().Match(utterance.Text) is { Success: true } match)
            {
                return new Breach(RejectionReason.Placeholder, utterance.Quote(match.Value));
            }
        }

        return null;
    }

    /// <summary>
    /// Square brackets are a gap where they hold an order to fill in, a slot's name or capitals ("[1]" and "[laughs]" are
    /// none); angle brackets where they hold a word ("&lt;3" is none); X only as capitals ("thanks xxx" is a kiss).
    /// </summary>
    [GeneratedRegex("""
        \{[^{}\n]{0,60}\}
        | \[ \s* (?i:insert|enter|your|user|customer|guest|the|specific)\b [^\[\]\n]{0,60} \]
        | \[ \s* (?i:(?:[a-z]+\s){0,3}(?:name|names|date|day|time|address|phone|number|email|e-mail|city|town|location|place
            |price|fare|amount|cost|id|code|reference|destination|departure|arrival|restaurant|hotel|train|taxi|flight|bus
            |hospital|attraction|department|value|slot|placeholder|link|url|company|airline)) \s* \]
        | \[ \s* \w+_\w+ \s* \]
        | \[ \s* [A-Z][A-Z0-9 ]{2,40} \]
        | < /? [A-Za-z] [\w\ -]{0,40} >
        | (?<![A-Za-z0-9]) X{3,} (?![A-Za-z0-9])
        | (?<![A-Za-z0-9]) XX [:/.-] XX (?![A-Za-z0-9])
        | _{3,}
        | (?i:\blorem\ ipsum\b)
        """, RegexOptions.IgnorePatternWhitespace | RegexOptions.CultureInvariant)]
    private static partial Regex Gap();
}
