using System.Text;
using DialogueMesh.Contracts.Dialogues;
using DialogueMesh.Contracts.Messages;

namespace DialogueMesh.Moderation.Policies;

/// <summary>
/// Nobody says the same thing twice, and nobody echoes what was just said: case, punctuation and spacing apart. Short
/// utterances ("Yes, please.", "Thank you so much!") come back in real conversations and are let pass.
/// </summary>
internal sealed class NoRepeatedTurn : IStructurePolicy
{
    private const int LongestShort = 3;

    public string Name => "no-repeated-turn";

    public Breach? Check(Dialogue dialogue)
    {
        var said = new[] { new Dictionary<string, string>(), new Dictionary<string, string>() };
        var last = "";
        foreach (var (index, utterance) in dialogue.Spoken().Index())
        {
            var words = Words(utterance.Text);
            var text = string.Join(' ', words);
            if (words.Count > LongestShort)
            {
                if (text == last)
                {
                    return new Breach(RejectionReason.RepeatedTurn, $"{utterance.Place} echoes what was just said");
                }

                if (!said[index % 2].TryAdd(text, utterance.Place))
                {
                    return new Breach(RejectionReason.RepeatedTurn, $"{utterance.Place} repeats {said[index % 2][text]}");
                }
            }

            last = text;
        }

        return null;
    }

    private static List<string> Words(string text)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.IsLetterOrDigit(rune))
            {
                word.Append(Rune.ToLowerInvariant(rune));
            }
            else if (word.Length > 0 && rune.Value is not ('\'' or '\u2019'))
            {
                words.Add(word.ToString());
                word.Clear();
            }
        }

        if (word.Length > 0)
        {
            words.Add(word.ToString());
        }

        return words;
    }
}
