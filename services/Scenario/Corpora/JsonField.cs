using System.Text.Json;
using DialogueMesh.Contracts;

namespace DialogueMesh.Scenario.Corpora;

/// <summary>Where a reader is, for messages; and the strings it has read, so that the same slot or value is kept once.</summary>
internal sealed class JsonPlace(string file)
{
    private readonly HashSet<string> pool = new(StringComparer.Ordinal);

    public string File { get; set; } = file;

    public int Line { get; set; }

    /// <summary>The dialogue's index in its file, or what else the record is called.</summary>
    public string? Record { get; set; }

    public int? Turn { get; set; }

    public string Keep(string text)
    {
        if (pool.TryGetValue(text, out var kept))
        {
            return kept;
        }

        pool.Add(text);
        return text;
    }

    public InputException Fault(string field, string expected, JsonValueKind found) => Fault(
        $"'{field}' should be {expected}, but is {Describe(found)}");

    public InputException Fault(string what)
    {
        var record = Record is null ? "" : $": {Record}";
        var turn = Turn is null ? "" : $", turn {Turn}";
        return new InputException($"{File}, line {Line}{record}{turn}: {what}. Correct the file, or take it out.");
    }

    private static string Describe(JsonValueKind kind) => kind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        JsonValueKind.String => "a text",
        JsonValueKind.Number => "a number",
        JsonValueKind.True or JsonValueKind.False => "true or false",
        _ => "missing",
    };
}

/// <summary>A JSON value with the name of its field: a missing one reads as nothing, one of the wrong kind is a fault with its place.</summary>
internal readonly struct JsonField(JsonElement element, string field, JsonPlace place)
{
    public bool IsMissing => element.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null;

    public bool IsObject => element.ValueKind == JsonValueKind.Object;

    public bool IsArray => element.ValueKind == JsonValueKind.Array;

    public JsonField this[string name]
    {
        get
        {
            if (IsMissing)
            {
                return new JsonField(default, name, place);
            }

            Demand(JsonValueKind.Object, "an object");
            return new JsonField(element.TryGetProperty(name, out var value) ? value : default, name, place);
        }
    }

    /// <summary>Missing beyond the list's end.</summary>
    public JsonField At(int index)
    {
        if (IsMissing)
        {
            return this;
        }

        Demand(JsonValueKind.Array, "a list");
        return new JsonField(index < element.GetArrayLength() ? element[index] : default, field, place);
    }

    public IEnumerable<JsonField> Items()
    {
        if (IsMissing)
        {
            yield break;
        }

        Demand(JsonValueKind.Array, "a list");
        foreach (var item in element.EnumerateArray())
        {
            yield return new JsonField(item, field, place);
        }
    }

    public IEnumerable<(string Name, JsonField Value)> Members()
    {
        if (IsMissing)
        {
            yield break;
        }

        Demand(JsonValueKind.Object, "an object");
        foreach (var member in element.EnumerateObject())
        {
            yield return (place.Keep(member.Name), new JsonField(member.Value, member.Name, place));
        }
    }

    /// <summary>Records written as a list of objects, or, as Hugging Face writes them, as an object of lists.</summary>
    public IEnumerable<JsonRow> Rows()
    {
        if (!IsObject)
        {
            foreach (var item in Items())
            {
                yield return new JsonRow(item, null);
            }

            yield break;
        }

        var columns = this;
        var count = Members().Where(m => m.Value.IsArray).Select(m => m.Value.Count).DefaultIfEmpty(0).Max();
        for (var i = 0; i < count; i++)
        {
            yield return new JsonRow(columns, i);
        }
    }

    /// <summary>A text, or a number or truth value as it is written; null when missing.</summary>
    public string? Text() => element.ValueKind switch
    {
        JsonValueKind.Undefined or JsonValueKind.Null => null,
        JsonValueKind.String => element.GetString(),
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => element.GetRawText(),
        _ => throw place.Fault(field, "a text", element.ValueKind),
    };

    /// <summary>The same as <see cref="Text"/>, kept once for all that are equal.</summary>
    public string? Name() => Text() is { } text ? place.Keep(text) : null;

    /// <summary>A list of texts; a single text counts as a list of one.</summary>
    public IReadOnlyList<string> Names() => IsMissing ? [] : IsArray ? [.. Items().Select(i => i.Name()).OfType<string>()] : [Name()!];

    public int? Integer()
    {
        if (IsMissing)
        {
            return null;
        }

        Demand(JsonValueKind.Number, "a number");
        return element.TryGetInt32(out var number) ? number : throw place.Fault($"'{field}' should be a whole number");
    }

    public InputException Fault(string expected) => place.Fault(field, expected, element.ValueKind);

    private int Count => element.GetArrayLength();

    private void Demand(JsonValueKind kind, string expected)
    {
        if (element.ValueKind != kind)
        {
            throw place.Fault(field, expected, element.ValueKind);
        }
    }
}

/// <summary>A record: an object, or one row of an object of lists.</summary>
internal readonly struct JsonRow(JsonField node, int? row)
{
    public JsonField this[string name] => row is { } index ? node[name].At(index) : node[name];
}
