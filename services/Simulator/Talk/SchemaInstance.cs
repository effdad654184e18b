using System.Text.Json;
using System.Text.Json.Nodes;

namespace DialogueMesh.Simulator.Talk;

/// <summary>Makes a small value of a JSON schema, of the keywords that OpenAI's structured outputs know and a few more.</summary>
internal sealed class SchemaInstance
{
    /// <summary>Levels of nesting, references included.</summary>
    private const int Deepest = 16;

    /// <summary>Levels beyond the least needed: room for optional properties and an item in each list.</summary>
    private const int Spare = 2;

    private const int MostSteps = 100_000;

    private static readonly string[] Alternatives = ["anyOf", "oneOf"];

    /// <summary>OpenAI refuses them too.</summary>
    private static readonly string[] Unsupported = ["allOf", "not", "if", "dependentRequired", "dependentSchemas"];

    private readonly JsonElement root;
    private int steps;

    private SchemaInstance(JsonElement root) => this.root = root;

    /// <exception cref="FormatException">There is no such value, or none that could be found.</exception>
    public static string Of(string schema)
    {
        using var document = JsonDocument.Parse(schema);
        var maker = new SchemaInstance(document.RootElement);
        for (var depth = 0; depth <= Deepest; depth++)
        {
            if (maker.TryMake(maker.root, "value", depth, out _) && maker.TryMake(maker.root, "value", depth + Spare, out var value))
            {
                return value?.ToJsonString() ?? "null";
            }
        }

        throw new FormatException("no value of its JSON schema could be made");
    }

    /// <param name="name">What a text is filled with.</param>
    private bool TryMake(JsonElement schema, string name, int depth, out JsonNode? value)
    {
        value = null;
        if (depth < 0 || schema.ValueKind == JsonValueKind.False)
        {
            return false;
        }

        if (++steps > MostSteps)
        {
            throw new FormatException("its JSON schema is too involved");
        }

        if (schema.ValueKind != JsonValueKind.Object)
        {
            value = name;
            return true;
        }

        if (schema.TryGetProperty("$ref", out var reference))
        {
            return TryMake(Resolve(reference.GetString()!), name, depth - 1, out value);
        }

        if (schema.TryGetProperty("const", out var constant))
        {
            value = Node(constant);
            return true;
        }

        if (schema.TryGetProperty("enum", out var options))
        {
            value = options.GetArrayLength() > 0 ? Node(options[0]) : null;
            return options.GetArrayLength() > 0;
        }

        return TryMakeOfParts(schema, name, depth, out value);
    }

    private bool TryMakeOfParts(JsonElement schema, string name, int depth, out JsonNode? value)
    {
        if (Array.Find(Unsupported, keyword => schema.TryGetProperty(keyword, out _)) is { } unsupported)
        {
            throw new FormatException($"its JSON schema has '{unsupported}', which is not supported");
        }

        foreach (var keyword in Alternatives)
        {
            if (schema.TryGetProperty(keyword, out var alternatives))
            {
                return TryAny(alternatives.EnumerateArray(), (each, out made) => TryMake(each, name, depth - 1, out made), out value);
            }
        }

        return TryAny(Types(schema), (type, out made) => TryMakeType(schema, type, name, depth, out made), out value);
    }

    private bool TryMakeType(JsonElement schema, string type, string name, int depth, out JsonNode? value)
    {
        value = null;
        switch (type)
        {
            case "object":
                return TryMakeObject(schema, depth, out value);
            case "array":
                return TryMakeArray(schema, name, depth, out value);
            case "string":
                value = SchemaText.Of(schema, name);
                return value is not null;
            case "integer" or "number":
                value = SchemaNumber.Of(schema, type == "integer") is { } number ? JsonValue.Create(number) : null;
                return value is not null;
            case "boolean":
                value = false;
                return true;
            case "null":
                return true;
            default:
                throw new FormatException($"its JSON schema has an unknown type '{type}'");
        }
    }

    private bool TryMakeObject(JsonElement schema, int depth, out JsonNode? value)
    {
        var made = new JsonObject();
        value = made;
        var required = schema.TryGetProperty("required", out var names) ? [.. names.EnumerateArray().Select(each => each.GetString()!)] : new HashSet<string>();
        if (schema.TryGetProperty("properties", out var properties))
        {
            foreach (var property in properties.EnumerateObject())
            {
                if (TryMake(property.Value, property.Name, depth - 1, out var part))
                {
                    made[property.Name] = part;
                }
            }
        }

        foreach (var name in required.Where(name => !made.ContainsKey(name)))
        {
            if (properties.ValueKind == JsonValueKind.Object && properties.TryGetProperty(name, out _))
            {
                return false;
            }

            made[name] = name;
        }

        return true;
    }

    private bool TryMakeArray(JsonElement schema, string name, int depth, out JsonNode? value)
    {
        var made = new JsonArray();
        value = made;
        var least = Bound(schema, "minItems", 0);
        var most = Bound(schema, "maxItems", int.MaxValue);
        schema.TryGetProperty("items", out var items);
        var unique = schema.TryGetProperty("uniqueItems", out var flag) && flag.ValueKind == JsonValueKind.True;
        while (made.Count < Math.Min(Math.Max(least, 1), most))
        {
            if (++steps > MostSteps || !TryMake(items, unique && made.Count > 0 ? $"{name} {made.Count + 1}" : name, depth - 1, out var item))
            {
                break;
            }

            made.Add(item);
        }

        return made.Count >= least && !(unique && made.Select(each => each?.ToJsonString()).Distinct().Count() < made.Count);
    }

    private static IEnumerable<string> Types(JsonElement schema)
    {
        if (schema.TryGetProperty("type", out var type))
        {
            return type.ValueKind == JsonValueKind.Array ? type.EnumerateArray().Select(each => each.GetString()!) : [type.GetString()!];
        }

        return [schema.TryGetProperty("properties", out _) ? "object" : schema.TryGetProperty("items", out _) ? "array" : "string"];
    }

    private static bool TryAny<T>(IEnumerable<T> ways, Attempt<T> attempt, out JsonNode? value)
    {
        foreach (var way in ways)
        {
            if (attempt(way, out value))
            {
                return true;
            }
        }

        value = null;
        return false;
    }

    /// <summary>A place in the same document: # or a JSON pointer (RFC 6901) behind it.</summary>
    private JsonElement Resolve(string reference)
    {
        if (!reference.StartsWith('#'))
        {
            throw new FormatException($"its JSON schema refers to '{reference}', which is not in it");
        }

        var place = root;
        foreach (var part in reference.Split('/').Skip(1).Select(part => part.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal)))
        {
            if (place.ValueKind != JsonValueKind.Object || !place.TryGetProperty(part, out place))
            {
                throw new FormatException($"its JSON schema has no '{reference}'");
            }
        }

        return place;
    }

    internal static int Bound(JsonElement schema, string keyword, int absent) =>
        schema.TryGetProperty(keyword, out var value) && value.TryGetInt32(out var number) ? number : absent;

    private static JsonNode? Node(JsonElement element) => JsonSerializer.SerializeToNode(element);

    private delegate bool Attempt<in T>(T way, out JsonNode? value);
}
