using System.Globalization;
using System.Text;

namespace DialogueMesh.Scenario.Personas;

/// <summary>Reads a list of texts as Python prints it: "['Education', \"Children's books\"]". JSON lists are such lists, too.</summary>
internal static class LabelList
{
    /// <summary>Empty for a blank text, "None" and "nan"; a text that is not in brackets is a single label.</summary>
    /// <returns>Null where the brackets hold something else than quoted texts.</returns>
    public static IReadOnlyList<string>? Parse(string text)
    {
        var trimmed = text.Trim();
        if (trimmed is "" or "None" or "nan" or "null")
        {
            return [];
        }

        return trimmed[0] == '[' ? ParseItems(trimmed) : [trimmed];
    }

    private static List<string>? ParseItems(string text)
    {
        var items = new List<string>();
        var expectsItem = true;
        for (var at = 1; at < text.Length; at++)
        {
            switch (text[at])
            {
                case ']':
                    return at == text.Length - 1 ? items : null;
                case ',' when !expectsItem:
                    expectsItem = true;
                    break;
                case '\'' or '"' when expectsItem:
                    if (ParseQuoted(text, ref at) is not { } item)
                    {
                        return null;
                    }

                    items.Add(item);
                    expectsItem = false;
                    break;
                case var c when char.IsWhiteSpace(c):
                    break;
                default:
                    return null;
            }
        }

        return null;
    }

    /// <summary>Leaves <paramref name="at"/> on the closing quote.</summary>
    private static string? ParseQuoted(string text, ref int at)
    {
        var quote = text[at];
        var item = new StringBuilder();
        for (at++; at < text.Length; at++)
        {
            if (text[at] == quote)
            {
                return item.ToString();
            }

            if (text[at] != '\\')
            {
                item.Append(text[at]);
            }
            else if (++at == text.Length || !AppendEscape(text, ref at, item))
            {
                return null;
            }
        }

        return null;
    }

    /// <summary>The escapes of Python that text needs; an unknown one stands for itself, as there.</summary>
    private static bool AppendEscape(string text, ref int at, StringBuilder item)
    {
        var digits = text[at] switch { 'x' => 2, 'u' => 4, 'U' => 8, _ => 0 };
        if (digits == 0)
        {
            item.Append(text[at] switch { 'n' => "\n", 't' => "\t", 'r' => "\r", '\\' or '\'' or '"' or '/' => text[at].ToString(), var c => $"\\{c}" });
            return true;
        }

        if (at + digits >= text.Length || !int.TryParse(text.AsSpan(at + 1, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code))
        {
            return false;
        }

        at += digits;
        if (digits < 8)
        {
            item.Append((char)code);
        }
        else if (Rune.IsValid(code))
        {
            item.Append(new Rune(code).ToString());
        }
        else
        {
            return false;
        }

        return true;
    }
}
