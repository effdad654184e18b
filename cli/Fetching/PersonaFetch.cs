namespace DialogueMesh.Cli.Fetching;

/// <summary>Makes a file of JSON lines from the pages of a rows server, of the columns that personas have.</summary>
internal sealed class PersonaFetch(SourceClient client, Patience patience, FetchDisplay display, TimeProvider time)
{
    /// <summary>A page holds embeddings too, 100 rows of a thousand numbers and more.</summary>
    private const int MostPageBytes = 64 << 20;

    private const string Revision = "X-Revision";

    /// <param name="server">Before "rows?dataset=…".</param>
    /// <param name="most">How many rows; null is all.</param>
    /// <returns>The SHA-256 of what then lies at <paramref name="target"/>.</returns>
    /// <exception cref="FetchException">It did not come through.</exception>
    public async Task<string> FetchAsync(Uri server, RowSet rows, int? most, string target, CancellationToken ct)
    {
        using var part = PartFile.Open(target);
        var count = part.Origin is null ? 0 : CountLines(part);
        while (part.Origin is null || count < Wanted(part, most))
        {
            var address = RowsPage.Address(server, rows, count / RowsPage.Size * RowsPage.Size);
            await patience.RepeatAsync(async () => count = await AddPageAsync(part, address, count, most, ct), () => count, address, time, ct);
            display.Arrived(count, Wanted(part, most), "rows");
        }

        var sha256 = part.Sha256();
        part.Complete();
        return sha256;
    }

    private static long Wanted(PartFile part, int? most) => Math.Min(part.Origin!.Total!.Value, most ?? long.MaxValue);

    /// <returns>How many rows there are now.</returns>
    private async Task<int> AddPageAsync(PartFile part, Uri address, int count, int? most, CancellationToken ct)
    {
        using var answer = await client.GetAsync(address, range: null, ct);
        var body = await client.ReadAllAsync(answer, MostPageBytes, ct);
        var first = count / RowsPage.Size * RowsPage.Size;
        var page = RowsPage.Read(body, first);
        var origin = new PartOrigin(answer.Headers.TryGetValues(Revision, out var values) ? values.First() : null, page.Total);
        if (part.Origin is null)
        {
            part.Begin(origin);
        }
        else if (part.Origin != origin)
        {
            part.Discard();
            throw new FetchException($"{address}: the data set has changed since its first rows were fetched; run the same command again to begin anew");
        }

        var end = (int)Math.Min(first + page.Lines.Count, Wanted(part, most));
        foreach (var line in page.Lines.Take((count - first)..(end - first)))
        {
            part.Append(line);
        }

        return end;
    }

    // The last line may be half of one.
    private static int CountLines(PartFile part)
    {
        var (lines, end, position) = (0, 0L, 0L);
        var stream = part.Read();
        var buffer = new byte[1 << 16];
        int read;
        while ((read = stream.Read(buffer)) > 0)
        {
            for (var i = 0; i < read; i++)
            {
                if (buffer[i] == '\n')
                {
                    (lines, end) = (lines + 1, position + i + 1);
                }
            }

            position += read;
        }

        part.Cut(end);
        return lines;
    }
}
