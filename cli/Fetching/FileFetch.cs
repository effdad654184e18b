using System.Globalization;
using System.Net;
using System.Text.Json;
using DialogueMesh.Contracts;

namespace DialogueMesh.Cli.Fetching;

/// <summary>Fetches a file, from where an earlier try stopped, and believes no server what it can check.</summary>
internal sealed class FileFetch(SourceClient client, Patience patience, FetchDisplay display, TimeProvider time)
{
    private const int BufferSize = 1 << 17;

    /// <returns>The SHA-256 of what then lies at <paramref name="target"/>.</returns>
    /// <exception cref="InputException">There is no such file, or it cannot be written.</exception>
    /// <exception cref="FetchException">It did not come through, or is not what it should be.</exception>
    public async Task<string> FetchAsync(Uri address, DownloadFile file, string target, CancellationToken ct)
    {
        using var part = PartFile.Open(target);
        var sha256 = "";
        await patience.RepeatAsync(Attempt, () => part.Length, address, time, ct);
        part.Complete();
        return sha256;

        async Task Attempt()
        {
            var resumed = await TransferAsync(part, address, file, ct);
            sha256 = part.Sha256();
            Check(part, address, file, sha256, resumed);
        }
    }

    /// <returns>Whether a part of it had been there before.</returns>
    private async Task<bool> TransferAsync(PartFile part, Uri address, DownloadFile file, CancellationToken ct)
    {
        var from = Resumable(part, file);
        if (from > 0 && from == (file.Bytes ?? part.Origin!.Total))
        {
            return true;
        }

        using var answer = await client.GetAsync(address, from > 0 ? (from, part.Origin!.ETag) : null, ct);
        var isResumed = IsRest(part, answer, from);
        if (!isResumed)
        {
            Begin(part, address, file, answer);
        }

        await ReceiveAsync(part, address, file, answer, ct);
        return isResumed;
    }

    // Without a version's name, what a server gives now may be of another one: only a known digest would tell.
    private static long Resumable(PartFile part, DownloadFile file)
    {
        var isKnown = part.Origin is { } origin && (origin.ETag is not null || file.Sha256 is not null);
        if (!isKnown || part.Length > (file.Bytes ?? part.Origin!.Total ?? long.MaxValue))
        {
            part.Discard();
        }

        return part.Length;
    }

    private static bool IsRest(PartFile part, HttpResponseMessage answer, long from)
    {
        if (answer.StatusCode == HttpStatusCode.OK)
        {
            return false;
        }

        var range = answer.Content.Headers.ContentRange;
        var isRest = answer.StatusCode == HttpStatusCode.PartialContent
            && from > 0
            && range?.From == from
            && (part.Origin!.Total is not { } total || range.Length is not { } length || length == total)
            && (part.Origin.ETag is not { } etag || answer.Headers.ETag is not { } now || now.ToString() == etag);
        if (!isRest)
        {
            part.Discard();
            throw new TransferException("the server gives another part than was asked for");
        }

        return true;
    }

    private static void Begin(PartFile part, Uri address, DownloadFile file, HttpResponseMessage answer)
    {
        var total = answer.Content.Headers.ContentLength;
        if (total is not null && file.Bytes is not null && total != file.Bytes)
        {
            part.Discard();
            throw new FetchException(string.Create(
                CultureInfo.InvariantCulture, $"{address} has {total} bytes there, not {file.Bytes}: it is another version, or none of it; try --from with another address"));
        }

        var etag = answer.Headers.ETag is { IsWeak: false } strong ? strong.ToString() : null;
        part.Begin(new PartOrigin(etag, total));
    }

    private async Task ReceiveAsync(PartFile part, Uri address, DownloadFile file, HttpResponseMessage answer, CancellationToken ct)
    {
        var total = file.Bytes ?? part.Origin!.Total;
        await using var body = await answer.Content.ReadAsStreamAsync(ct);
        var buffer = new byte[BufferSize];
        int read;
        while ((read = await client.ReadAsync(body, buffer, ct)) > 0)
        {
            part.Append(buffer.AsSpan(0, read));
            display.Arrived(part.Length, total);
            if (part.Length > total)
            {
                part.Discard();
                throw new FetchException(string.Create(
                    CultureInfo.InvariantCulture, $"{address}: more than the {total} bytes came that it should have; try --from with another address"));
            }
        }

        if (part.Length < total)
        {
            throw new TransferException(string.Create(CultureInfo.InvariantCulture, $"cut off after {part.Length} of {total} bytes"));
        }
    }

    private static void Check(PartFile part, Uri address, DownloadFile file, string sha256, bool resumed)
    {
        if (file.Sha256 is null ? IsSound(part, file) : sha256 == file.Sha256)
        {
            return;
        }

        part.Discard();
        throw resumed
            ? new TransferException("the pieces do not fit together")
            : new FetchException(file.Sha256 is null
                ? $"{address} is no JSON: what answered there is none of the data set; nothing of it was kept"
                : $"{address} has the SHA-256 {sha256}, not {file.Sha256}: it is another version, or was tampered with; nothing of it was kept");
    }

    private static bool IsSound(PartFile part, DownloadFile file)
    {
        if (!file.Path.EndsWith(".json", StringComparison.Ordinal))
        {
            return part.Length > 0;
        }

        try
        {
            using var json = JsonDocument.Parse(part.Read());
            return json.RootElement.ValueKind is JsonValueKind.Array or JsonValueKind.Object;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
