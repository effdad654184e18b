using System.Text.Json;
using System.Text.RegularExpressions;

namespace DialogueMesh.Simulator.Talk;

/// <summary>Makes a text of a JSON schema.</summary>
internal static class SchemaText
{
    private const int Longest = 100_000;
    private static readonly TimeSpan PatternTime = TimeSpan.FromMilliseconds(100);

    /// <summary>An example of its format, else the name, as long as asked for; null where that is not of its pattern.</summary>
    public static string? Of(JsonElement schema, string name)
    {
        var text = schema.TryGetProperty("format", out var format) ? Example(format.GetString()) ?? name : name;
        var (least, most) = (SchemaInstance.Bound(schema, "minLength", 0), SchemaInstance.Bound(schema, "maxLength", int.MaxValue));
        if (least > Math.Min(most, Longest))
        {
            return null;
        }

        text = text.PadRight(least, '.');
        text = text[..Math.Min(text.Length, most)];
        return !schema.TryGetProperty("pattern", out var pattern) || Regex.IsMatch(text, pattern.GetString()!, RegexOptions.None, PatternTime) ? text : null;
    }

    private static string? Example(string? format) => format switch
    {
        "date" => "2026-01-31",
        "time" => "12:00:00Z",
        "date-time" => "2026-01-31T12:00:00Z",
        "duration" => "P1D",
        "email" => "someone@example.com",
        "hostname" => "example.com",
        "uri" => "https://example.com/",
        "uuid" => "00000000-0000-4000-8000-000000000000",
        "ipv4" => "192.0.2.1",
        "ipv6" => "2001:db8::1",
        _ => null,
    };
}
