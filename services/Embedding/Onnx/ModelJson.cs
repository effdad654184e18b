using System.Text.Json;
using DialogueMesh.Contracts;

namespace DialogueMesh.Embedding.Onnx;

/// <summary>The JSON files of a model's folder; each may be missing, and so may each entry.</summary>
internal static class ModelJson
{
    /// <summary>An object, empty where there is no file.</summary>
    /// <exception cref="InputException">It cannot be read, or is no JSON object.</exception>
    public static JsonElement Read(params string[] path)
    {
        var file = Path.Combine(path);
        if (!File.Exists(file))
        {
            return JsonDocument.Parse("{}").RootElement;
        }

        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(file));
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? document.RootElement.Clone()
                : throw new InputException($"{file} holds no JSON object: fetch the model again");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new InputException($"cannot read {file}: {fault.Message.ReplaceLineEndings(" ")}", fault);
        }
    }

    public static JsonElement Entry(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) ? value : default;

    public static string? Text(this JsonElement element, string name) =>
        element.Entry(name) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    public static int? Number(this JsonElement element, string name) =>
        element.Entry(name) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt32(out var number) ? number : null;

    public static bool? Flag(this JsonElement element, string name) => element.Entry(name).ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };
}
