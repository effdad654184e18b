using System.Text.Json;
using DialogueMesh.Contracts;

namespace DialogueMesh.Cli.Fetching;

/// <summary>A page of the hub's rows API, as far as personas need it.</summary>
/// <param name="Lines">A JSON line for each row.</param>
/// <param name="Total">Rows of the whole data set.</param>
internal sealed record RowsPage(IReadOnlyList<byte[]> Lines, int Total)
{
    /// <summary>Rows of a page: the most that the API gives.</summary>
    public const int Size = 100;

    private static readonly string[] Columns = ["id", "persona", "cluster_label", "summary_label"];

    public static Uri Address(Uri server, RowSet rows, int offset) => new(
        server,
        $"rows?dataset={Uri.EscapeDataString(rows.Dataset)}&config={Uri.EscapeDataString(rows.Config)}&split={Uri.EscapeDataString(rows.Split)}&offset={offset}&length={Size}");

    /// <exception cref="TransferException">It is no page, or not the one asked for.</exception>
    public static RowsPage Read(byte[] body, int offset)
    {
        try
        {
            using var page = JsonDocument.Parse(body);
            var total = page.RootElement.GetProperty("num_rows_total").GetInt32();
            byte[][] lines = [.. page.RootElement.GetProperty("rows").EnumerateArray().Select((row, i) => Line(row, offset + i))];
            return lines.Length == Math.Min(Size, total - offset)
                ? new RowsPage(lines, total)
                : throw new TransferException($"the page from row {offset} has {lines.Length} rows of {total}");
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            throw new TransferException($"the answer for row {offset} is no page of rows ({fault.Message.ReplaceLineEndings(" ")})", inner: fault);
        }
    }

    private static byte[] Line(JsonElement row, int index)
    {
        if (row.GetProperty("row_idx").GetInt32() != index)
        {
            throw new TransferException($"the server gives row {row.GetProperty("row_idx")} for row {index}");
        }

        if (row.TryGetProperty("truncated_cells", out var cut)
            && cut.EnumerateArray().Select(cell => cell.GetString()).FirstOrDefault(Columns.Contains) is { } column)
        {
            throw new TransferException($"the server has cut '{column}' of row {index} short");
        }

        var cells = row.GetProperty("row");
        var kept = Columns.Where(name => cells.TryGetProperty(name, out _)).ToDictionary(name => name, name => cells.GetProperty(name));
        return kept.ContainsKey("persona")
            ? [.. JsonSerializer.SerializeToUtf8Bytes(kept, DialogueJson.Compact), (byte)'\n']
            : throw new TransferException($"row {index} has no 'persona'");
    }
}
