namespace DialogueMesh.Simulator.Voice.Phrases;

/// <summary>Puts pieces together as sentences.</summary>
internal static class Sentences
{
    /// <summary>Each piece with a capital first and a mark at its end, joined by blanks. A piece that ends in a comma or colon runs on in lower case.</summary>
    public static string Join(IEnumerable<string> pieces)
    {
        var text = "";
        foreach (var piece in pieces.Select(piece => piece.Trim()).Where(piece => piece.Length > 0))
        {
            var runsOn = text.EndsWith(',') || text.EndsWith(':');
            var sentence = runsOn ? LowerFirstWord(piece) : Capital(piece);
            text += (text.Length > 0 ? " " : "") + (".!?,:".Contains(sentence[^1], StringComparison.Ordinal) ? sentence : sentence + ".");
        }

        return text;
    }

    /// <summary>Whether a piece can follow a comma or colon: one sentence, without a colon of its own.</summary>
    public static bool CanRunOn(string piece) => !piece.Contains(": ", StringComparison.Ordinal) && !piece.Contains(". ", StringComparison.Ordinal);

    /// <summary>"a", "a and b", "a, b and c".</summary>
    public static string List(IReadOnlyList<string> items) => items.Count switch
    {
        0 => "",
        1 => items[0],
        _ => string.Join(", ", items.Take(items.Count - 1)) + " and " + items[^1],
    };

    private static string Capital(string text) => char.IsLower(text[0]) ? char.ToUpperInvariant(text[0]) + text[1..] : text;

    /// <summary>Lower case for words that are only capital at the start of a sentence.</summary>
    public static string LowerFirstWord(string text)
    {
        var word = text.Split(' ', 2)[0];
        return word is "I" || word.StartsWith("I'", StringComparison.Ordinal) || (word.Length > 1 && char.IsUpper(word[1])) || !Common.Contains(word)
            ? text
            : char.ToLowerInvariant(text[0]) + text[1..];
    }

    /// <summary>A capital after each full stop.</summary>
    public static string Capitals(string text) => string.Join(". ", text.Split(". ").Select(sentence => sentence.Length > 0 ? Capital(sentence) : sentence));

    /// <summary>Whether the last sentence asks for leave to do something: "Shall I book it?".</summary>
    public static bool OffersToAct(string text)
    {
        var last = text[(text.AsSpan(0, Math.Max(0, text.Length - 1)).LastIndexOfAny(".!?") + 1)..];
        return Offers.Any(words => last.Contains(words, StringComparison.OrdinalIgnoreCase));
    }

    private static readonly string[] Offers = ["Shall I", "Should I", "Do you want", "Would you like", "Are you ", "So I ", "May I ", "Shall they"];

    /// <summary>"And what does it cost?", or null where the sentence does not begin like a plain question.</summary>
    public static string? TiesOn(string question) =>
        Questions.Contains(question.Split(' ', 2)[0].Split('\'')[0]) && question.EndsWith('?') ? "And " + char.ToLowerInvariant(question[0]) + question[1..] : null;

    private static readonly HashSet<string> Questions = new(StringComparer.Ordinal)
    {
        "Can", "Could", "Do", "Does", "Is", "Are", "What", "Where", "When", "Which", "How", "Will", "Would", "Has", "Have", "Who", "Until", "By", "From", "Whereabouts",
        "For", "Under", "Roughly", "At", "In", "On", "Should", "Am", "Why", "To",
    };

    private static readonly HashSet<string> Common = new(StringComparer.Ordinal)
    {
        "Can", "Could", "Do", "Does", "Is", "Are", "What", "Where", "When", "Which", "How", "My", "We", "We're", "We've", "We'd", "The", "There",
        "There's", "What's", "Where's", "When's", "Who's", "How's", "And", "Whose", "Whom", "Please", "A", "An", "Some", "Something", "It", "It's", "Would", "Will", "Has", "Have", "Who", "Why", "Before", "After", "Our", "On", "At",
        "In", "From", "To", "With", "For", "Under", "Until", "By", "Any", "Make", "Put", "Move", "Give", "Just", "Only", "Mainly", "About",
        "Find", "Get", "Book", "Take", "Time", "This", "That", "That's", "Somebody", "Someone", "Nobody", "Not", "Around", "If",
        "They", "You", "Your", "Nothing", "Everything", "Most", "Part", "Up",
    };
}
