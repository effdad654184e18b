using System.Text.Json;
using System.Text.Json.Nodes;
using DialogueMesh.Contracts;

namespace DialogueMesh.Simulator.Talk;

/// <summary>An answer that does not say what it should.</summary>
internal static class Omission
{
    private const string Instead = "that";

    /// <param name="values">What is left out of the texts of JSON; where there are none, the texts are left empty.</param>
    public static string In(string answer, IReadOnlyList<string> values)
    {
        try
        {
            return Without(JsonNode.Parse(answer), [.. values.Where(value => value.Length > 0).OrderByDescending(value => value.Length)])?
                .ToJsonString(DialogueJson.Compact) ?? "";
        }
        catch (JsonException)
        {
            return "";
        }
    }

    private static JsonNode? Without(JsonNode? node, string[] values) => node switch
    {
        JsonObject properties => new JsonObject(properties.Select(each => KeyValuePair.Create(each.Key, Without(each.Value, values)))),
        JsonArray items => new JsonArray([.. items.Select(item => Without(item, values))]),
        JsonValue value when value.GetValueKind() == JsonValueKind.String => JsonValue.Create(Without(value.GetValue<string>(), values)),
        _ => node?.DeepClone(),
    };

    private static string Without(string text, string[] values) => values.Length == 0
        ? ""
        : values.Aggregate(text, (rest, value) => rest.Replace(value, Instead, StringComparison.OrdinalIgnoreCase));
}
