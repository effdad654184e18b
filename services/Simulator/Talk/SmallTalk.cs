using System.Text.RegularExpressions;

namespace DialogueMesh.Simulator.Talk;

/// <summary>Plain replies to plain messages, open about there being no model behind them.</summary>
internal static partial class SmallTalk
{
    private const int LongestQuote = 200;

    public static string Reply(string message)
    {
        var text = string.Join(' ', message.Split(default(char[]), StringSplitOptions.RemoveEmptyEntries));
        if (Dictation().Match(text) is { Success: true } dictation)
        {
            return dictation.Groups["text"].Value.Trim().Trim('"', '\'', '“', '”');
        }

        return text switch
        {
            "" => "I did not catch that. What can I do for you?",
            _ when Greeting().IsMatch(text) => "Hello! What can I do for you?",
            _ when Thanks().IsMatch(text) => "You're welcome.",
            _ when Farewell().IsMatch(text) => "Goodbye, and take care.",
            _ when text.EndsWith('?') => $"You ask: “{Quote(text)}” I am a simulator without a model, so I have no answer of my own to that.",
            _ => $"Understood: “{Quote(text)}” I am a simulator without a model, so this is all I can say to it.",
        };
    }

    /// <summary>Cut between words.</summary>
    private static string Quote(string text)
    {
        if (text.Length <= LongestQuote)
        {
            return text;
        }

        var blank = text.LastIndexOf(' ', LongestQuote);
        return $"{text[..(blank > 0 ? blank : LongestQuote)]}…";
    }

    [GeneratedRegex(@"^(?:please )?(?:say|repeat|reply with|answer with|respond with)(?: exactly| only| just)?:? (?<text>.+)$", RegexOptions.IgnoreCase)]
    private static partial Regex Dictation();

    [GeneratedRegex(@"^(?:hi|hello|hey|good (?:morning|afternoon|evening))(?: there)?[\s\p{P}]*$", RegexOptions.IgnoreCase)]
    private static partial Regex Greeting();

    [GeneratedRegex(@"^(?:thanks|thank you)\b.{0,20}$", RegexOptions.IgnoreCase)]
    private static partial Regex Thanks();

    [GeneratedRegex(@"^(?:bye|goodbye|see you)\b.{0,20}$", RegexOptions.IgnoreCase)]
    private static partial Regex Farewell();
}
