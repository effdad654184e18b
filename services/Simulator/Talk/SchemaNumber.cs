using System.Text.Json;

namespace DialogueMesh.Simulator.Talk;

/// <summary>Makes a number of a JSON schema.</summary>
internal static class SchemaNumber
{
    /// <summary>The first of the likely numbers that is within the bounds and a multiple of what it should be; null where none is.</summary>
    public static decimal? Of(JsonElement schema, bool integer)
    {
        var (least, above) = (Bound(schema, "minimum"), Bound(schema, "exclusiveMinimum"));
        var (most, below) = (Bound(schema, "maximum"), Bound(schema, "exclusiveMaximum"));
        var step = Bound(schema, "multipleOf") ?? (integer ? 1 : 0);
        var (low, high) = (least ?? above, most ?? below);
        var nextUp = step > 0 ? step : 1;
        decimal?[] likely =
        [
            0, Round(low, step, Math.Ceiling), Round(low, step, Math.Ceiling) + nextUp,
            Round(high, step, Math.Floor), Round(high, step, Math.Floor) - nextUp, (low + high) / 2,
        ];
        return likely.FirstOrDefault(number => number is { } value
            && !(value < least || value <= above || value > most || value >= below)
            && (step == 0 || value % step == 0) && (!integer || value % 1 == 0));
    }

    private static decimal? Round(decimal? bound, decimal step, Func<decimal, decimal> round) =>
        bound is { } number && step > 0 ? round(number / step) * step : bound;

    private static decimal? Bound(JsonElement schema, string keyword) =>
        schema.TryGetProperty(keyword, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetDecimal(out var number) ? number : null;
}
