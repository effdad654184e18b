using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace DialogueMesh.Llm.Pricing;

/// <summary>US dollars per million tokens.</summary>
public sealed record ModelPrice(decimal Input, decimal Output)
{
    public decimal Of(long promptTokens, long completionTokens) =>
        ((promptTokens * Input) + (completionTokens * Output)) / 1_000_000m;
}

/// <summary>What models cost, from a file that users edit.</summary>
public sealed partial class PriceTable
{
    private static readonly JsonDocumentOptions Lenient = new()
    {
        CommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
    };

    private readonly Dictionary<string, ModelPrice> models;

    private PriceTable(Dictionary<string, ModelPrice> models) => this.models = models;

    /// <summary>Throws <see cref="InvalidDataException"/> whose message says where the file is wrong.</summary>
    public static PriceTable Load(string file)
    {
        try
        {
            return Parse(File.ReadAllText(file));
        }
        catch (JsonException e)
        {
            throw new InvalidDataException(string.Create(
                CultureInfo.InvariantCulture, $"{file}: line {e.LineNumber + 1}, column {e.BytePositionInLine + 1}: not valid JSON"), e);
        }
        catch (InvalidDataException e)
        {
            throw new InvalidDataException($"{file}: {e.Message}", e);
        }
    }

    public static PriceTable Parse(string json)
    {
        using var document = JsonDocument.Parse(json, Lenient);
        if (document.RootElement.ValueKind != JsonValueKind.Object
            || !document.RootElement.TryGetProperty("models", out var entries)
            || entries.ValueKind != JsonValueKind.Object)
        {
            throw new InvalidDataException("an object \"models\" is missing");
        }

        var models = new Dictionary<string, ModelPrice>(StringComparer.Ordinal);
        foreach (var entry in entries.EnumerateObject())
        {
            models[entry.Name] = new ModelPrice(Price(entry, "input"), Price(entry, "output"));
        }

        return new PriceTable(models);
    }

    /// <summary>The endpoint's entry, else the model's, else that of the model without its snapshot date, else null.</summary>
    public ModelPrice? Find(string endpointName, string model) =>
        models.GetValueOrDefault(endpointName)
        ?? models.GetValueOrDefault(model)
        ?? models.GetValueOrDefault(SnapshotDate().Replace(model, ""));

    private static decimal Price(JsonProperty entry, string part) =>
        entry.Value.ValueKind == JsonValueKind.Object
        && entry.Value.TryGetProperty(part, out var value)
        && value.ValueKind == JsonValueKind.Number
        && value.TryGetDecimal(out var price)
        && price >= 0
            ? price
            : throw new InvalidDataException($"\"{entry.Name}\" needs a price \"{part}\", a number not below 0");

    [GeneratedRegex(@"-\d{4}-\d{2}-\d{2}$")]
    private static partial Regex SnapshotDate();
}
