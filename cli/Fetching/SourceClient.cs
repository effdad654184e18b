using System.Net;
using System.Net.Http.Headers;
using DialogueMesh.Contracts;

namespace DialogueMesh.Cli.Fetching;

/// <summary>Asks servers for files: follows redirects, bounds every wait, and sends no credentials.</summary>
/// <param name="compressed">Lets servers compress what they send; files that are fetched in parts may not be.</param>
internal sealed class SourceClient(Patience patience, TimeProvider time, bool compressed = false) : IDisposable
{
    private const int MostRedirects = 10;

    private readonly HttpClient http = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        AutomaticDecompression = compressed ? DecompressionMethods.All : DecompressionMethods.None,
        ConnectTimeout = patience.Answer,
    })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    /// <summary>The answer's headers, with the status 200, 206 or 416; the body is yet to be read by <see cref="ReadAsync"/>.</summary>
    /// <param name="address">http or https.</param>
    /// <param name="range">The first byte wanted, and the ETag of which version; null for the whole.</param>
    /// <exception cref="InputException">There is no such file.</exception>
    /// <exception cref="FetchException">The server will not give it.</exception>
    /// <exception cref="TransferException">It may give it later.</exception>
    public async Task<HttpResponseMessage> GetAsync(Uri address, (long From, string? ETag)? range, CancellationToken ct)
    {
        for (var (target, redirects) = (address, 0); ; redirects++)
        {
            var answer = await SendAsync(target, range, ct);
            if (answer is { StatusCode: HttpStatusCode.OK or HttpStatusCode.PartialContent or HttpStatusCode.RequestedRangeNotSatisfiable })
            {
                return answer;
            }

            using (answer)
            {
                target = (int)answer.StatusCode is 301 or 302 or 303 or 307 or 308
                    ? Follow(address, target, answer.Headers.Location, redirects)
                    : throw Refusal(address, answer);
            }
        }
    }

    /// <summary>The next piece of a body; 0 at its end.</summary>
    /// <exception cref="TransferException">It was cut off, or nothing came for too long.</exception>
    public async Task<int> ReadAsync(Stream body, Memory<byte> buffer, CancellationToken ct)
    {
        using var stall = CancellationTokenSource.CreateLinkedTokenSource(ct);
        stall.CancelAfter(patience.Stall);
        try
        {
            return await body.ReadAsync(buffer, stall.Token);
        }
        catch (OperationCanceledException fault) when (!ct.IsCancellationRequested)
        {
            throw new TransferException($"nothing came for {patience.Stall.TotalSeconds:0.#} s", inner: fault);
        }
        catch (Exception fault) when (fault is IOException or HttpRequestException)
        {
            throw new TransferException("the connection was cut", inner: fault);
        }
    }

    /// <summary>All of a body.</summary>
    /// <exception cref="FetchException">It is longer than <paramref name="most"/> bytes.</exception>
    public async Task<byte[]> ReadAllAsync(HttpResponseMessage answer, int most, CancellationToken ct)
    {
        await using var body = await answer.Content.ReadAsStreamAsync(ct);
        using var all = new MemoryStream();
        var buffer = new byte[1 << 16];
        int read;
        while ((read = await ReadAsync(body, buffer, ct)) > 0)
        {
            all.Write(buffer.AsSpan(0, read));
            if (all.Length > most)
            {
                throw new FetchException($"{answer.RequestMessage!.RequestUri}: the answer is longer than {most} bytes, which is none of a rows server");
            }
        }

        return all.ToArray();
    }

    public void Dispose() => http.Dispose();

    private async Task<HttpResponseMessage> SendAsync(Uri address, (long From, string? ETag)? range, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("dialoguemesh", null));
        if (range is { From: var from, ETag: var etag })
        {
            request.Headers.Range = new RangeHeaderValue(from, null);
            request.Headers.IfRange = etag is null ? null : new RangeConditionHeaderValue(EntityTagHeaderValue.Parse(etag));
        }

        using var wait = CancellationTokenSource.CreateLinkedTokenSource(ct);
        wait.CancelAfter(patience.Answer);
        try
        {
            return await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, wait.Token);
        }
        catch (OperationCanceledException fault) when (!ct.IsCancellationRequested)
        {
            throw new TransferException($"no answer within {patience.Answer.TotalSeconds:0.#} s", inner: fault);
        }
        catch (HttpRequestException fault)
        {
            throw new TransferException($"cannot be reached ({fault.Message.ReplaceLineEndings(" ")})", inner: fault);
        }
    }

    private static Uri Follow(Uri first, Uri current, Uri? location, int redirects)
    {
        var next = location is null ? null : new Uri(current, location);
        return next is not { Scheme: "http" or "https" } ? throw new FetchException($"{first}: {current.Host} redirects to no web address")
            : current.Scheme == Uri.UriSchemeHttps && next.Scheme != Uri.UriSchemeHttps
                ? throw new FetchException($"{first}: {current.Host} redirects to {next.Host} without encryption, which is not followed")
            : redirects == MostRedirects ? throw new FetchException($"{first}: redirected more than {MostRedirects} times")
            : next;
    }

    private Exception Refusal(Uri address, HttpResponseMessage answer)
    {
        var status = (int)answer.StatusCode;
        var wait = answer.Headers.RetryAfter is { } after
            ? after.Delta ?? (after.Date - time.GetUtcNow())
            : null;
        return status switch
        {
            404 or 410 => new InputException($"{address} is not there ({status}): give the address of a mirror with --from"),
            401 or 403 => new FetchException($"{address}: the server does not let it be read ({status}); give another address with --from"),
            408 or 425 or 429 or >= 500 => new TransferException(
                $"the server answers {status}{(wait is { } asked ? $" and asks to wait {asked.TotalSeconds:0} s" : "")}", wait > TimeSpan.Zero ? wait : null),
            _ => new FetchException($"{address}: the server answers {status}, which is none of a file"),
        };
    }
}
