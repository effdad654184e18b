using DialogueMesh.Llm.Caching;
using Xunit;

namespace DialogueMesh.Tests.Llm.Caching;

/// <summary>What every cache holds to. Each call of <see cref="Open"/> is another client of the same store.</summary>
public abstract class ResponseCacheContract
{
    protected static CancellationToken Ct => TestContext.Current.CancellationToken;

    protected abstract IResponseCache Open();

    [Fact]
    public async Task Find_NothingStored_IsNull()
    {
        using var cache = Open();

        Assert.Null(await cache.FindAsync(Key(1), Ct));
    }

    [Fact]
    public async Task Store_Answer_IsFoundAtOnceAndByOthersAfterwards()
    {
        var answer = Answer("größer 😀 \u0000 \"quoted\"\n");
        using (var cache = Open())
        {
            cache.Store(Key(1), answer);
            AssertSame(answer, await cache.FindAsync(Key(1), Ct));
            Assert.Null(await cache.FindAsync(Key(2), Ct));
        }

        using var other = Open();
        AssertSame(answer, await other.FindAsync(Key(1), Ct));
    }

    [Fact]
    public async Task Store_KeyTwice_KeepsTheLast()
    {
        using (var cache = Open())
        {
            cache.Store(Key(1), Answer("first"));
            cache.Store(Key(1), Answer("second"));
            AssertSame(Answer("second"), await cache.FindAsync(Key(1), Ct));
        }

        using var other = Open();
        AssertSame(Answer("second"), await other.FindAsync(Key(1), Ct));
    }

    [Fact]
    public async Task Store_FromManyClientsAtOnce_LosesNothing()
    {
        const int Clients = 4;
        const int Each = 200;
        await Task.WhenAll(Enumerable.Range(0, Clients).Select(client => Task.Run(
            () =>
            {
                using var cache = Open();
                for (var i = 0; i < Each; i++)
                {
                    cache.Store(Key((client * Each) + i), Answer($"{client} {i}"));
                }
            },
            Ct)));

        using var reader = Open();
        for (var i = 0; i < Clients * Each; i++)
        {
            AssertSame(Answer($"{i / Each} {i % Each}"), await reader.FindAsync(Key(i), Ct));
        }
    }

    [Fact]
    public async Task Dispose_Twice_IsFineAndNothingIsFoundOrStoredAfter()
    {
        var cache = Open();
        cache.Dispose();
        cache.Dispose();

        cache.Store(Key(1), Answer("late"));
        Assert.Null(await cache.FindAsync(Key(1), Ct));
    }

    protected static string Key(int number) => $"{number:x64}";

    protected static StoredAnswer Answer(string text) => new()
    {
        At = new DateTimeOffset(2026, 1, 31, 12, 0, 0, 123, TimeSpan.Zero),
        Endpoint = "https://example.org/v1",
        Model = "m",
        Text = text,
        PromptTokens = 12,
        CompletionTokens = 3_000_000_000,
        Cost = 0.000_000_123m,
        Headers = new Dictionary<string, string> { ["x-request-id"] = "req_1" },
    };

    protected static void AssertSame(StoredAnswer expected, StoredAnswer? actual)
    {
        Assert.NotNull(actual);
        Assert.Equal(expected.Headers, actual.Headers);
        Assert.Equal(expected with { Headers = actual.Headers }, actual);
    }
}
