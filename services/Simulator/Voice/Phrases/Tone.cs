using System.Text.RegularExpressions;

namespace DialogueMesh.Simulator.Voice.Phrases;

/// <summary>How warmly a phrase is put.</summary>
internal enum Warmth
{
    Plain,

    /// <summary>With a please, a thank you or an "if you would".</summary>
    Polite,

    /// <summary>Pleased.</summary>
    Glad,
}

/// <summary>Which phrases somebody in a mood would not use.</summary>
internal static partial class Tone
{
    private static readonly HashSet<string> Sour = new(StringComparer.Ordinal)
    {
        "Angry", "Frustrated", "Impatient", "Demanding", "Disappointed", "Desperate", "Skeptical", "Suspicious", "Indifferent", "Stressed", "Worried", "Anxious",
    };

    public static Warmth Of(string phrase) => Gladly().IsMatch(phrase) ? Warmth.Glad : Politely().IsMatch(phrase) ? Warmth.Polite : Warmth.Plain;

    /// <param name="emotion">Of who speaks; null where it does not matter.</param>
    public static Warmth Warmest(string? emotion) => emotion switch
    {
        "Angry" => Warmth.Plain,
        not null when Sour.Contains(emotion) => Warmth.Polite,
        _ => Warmth.Glad,
    };

    [GeneratedRegex(@"\b(?:lovely|wonderful|perfect|happy|super|nicely|love|pleased|great|delighted|kind of you|good of you|I like that|you've convinced me|glad of|enjoy|ever so much|a million|by all means)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Gladly();

    [GeneratedRegex(@"\b(?:please|thanks?|thank you|cheers|ta|sorry|appreciate|grateful|glad|would you|could you|could I|may I|I'd like|I'd be|if you can|if that's possible|if possible|is there any chance|hope|I'm fine with|suits me|works for me|absolutely|take care)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Politely();
}
