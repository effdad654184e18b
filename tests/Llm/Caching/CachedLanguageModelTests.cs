using DialogueMesh.Contracts.Messages;
using DialogueMesh.Llm;
using DialogueMesh.Llm.Caching;
using DialogueMesh.Llm.Checking;
using DialogueMesh.Tests.Cli;
using Xunit;

namespace DialogueMesh.Tests.Llm.Caching;

public sealed class CachedLanguageModelTests : IDisposable
{
    private static readonly Usage Paid = new(100, 50, 0.25m, 1);

    private readonly Memory cache = new();
    private readonly Queue<ChatOutcome> answers = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => cache.Dispose();

    [Fact]
    public async Task Complete_SameRequestAgain_IsTheSameAnswerForNothing()
    {
        var first = await AskAsync(LlmClient.Request(), Answered("{\"a\":1}"));
        var second = Assert.IsType<ChatOutcome.Answered>(await AskAsync(LlmClient.Request()));

        Assert.Equal("{\"a\":1}", second.Text);
        Assert.Equal(Paid, ((ChatOutcome.Answered)first).Usage);
        Assert.Equal(new Usage(100, 50, 0.25m, 0) { CacheHits = 1, Saved = 0.25m }, second.Usage);
        Assert.Equal(0, second.Usage.Paid);
    }

    [Fact]
    public async Task Complete_OtherSeedOrServer_IsAsked()
    {
        await AskAsync(LlmClient.Request(seed: 1), Answered("{\"a\":1}"));
        await AskAsync(LlmClient.Request(seed: 2), Answered("{\"a\":2}"));
        await AskAsync(LlmClient.Request(seed: 1), "http://localhost:9000/v1", Answered("{\"a\":3}"));

        Assert.Empty(answers);
    }

    [Fact]
    public async Task Complete_AskedAgainAsOfNoUse_TakesThePlaceOfTheFirst()
    {
        await AskAsync(LlmClient.Request(), Answered("{\"a\":1}"));
        await AskAsync(LlmClient.Request() with { Again = true }, Answered("{\"a\":2}"));

        Assert.Equal("{\"a\":2}", Assert.IsType<ChatOutcome.Answered>(await AskAsync(LlmClient.Request())).Text);
    }

    public static TheoryData<object> NotKept =>
    [
        Answered("no JSON"), Answered("[1]"), Answered("{\"cut"),
        new ChatOutcome.Declined(RejectionReason.Refused, "no", Paid), new ChatOutcome.Unavailable("down"),
    ];

    [Theory]
    [MemberData(nameof(NotKept))]
    public async Task Complete_NoGoodAnswer_IsNotKept(object outcome)
    {
        Assert.Equal(outcome, await AskAsync(LlmClient.Request(), (ChatOutcome)outcome));
        Assert.Equal("{}", Assert.IsType<ChatOutcome.Answered>(await AskAsync(LlmClient.Request(), Answered("{}"))).Text);
    }

    [Fact]
    public async Task Check_Remembered_HoldsForADayAndUntilTheModelCannotBeUsed()
    {
        var clock = new ManualTime();
        var check = new ModelCheck(new Model(answers), Options("http://localhost:8000/v1"), clock, cache);
        async Task<int> AskedAsync(bool anew = false)
        {
            answers.Clear();
            answers.Enqueue(Answered("{\"ok\":true}"));
            Assert.IsType<CheckOutcome.Ready>(await check.RunAsync("gpt-4o-mini", LlmClient.Request().Sampling, anew, Ct));
            return 1 - answers.Count;
        }

        Assert.Equal((1, 0, 1), (await AskedAsync(), await AskedAsync(), await AskedAsync(anew: true)));
        clock.Advance(90_000);
        Assert.Equal((1, 0), (await AskedAsync(), await AskedAsync()));
        answers.Clear();
        await AskAsync(LlmClient.Request(), new ChatOutcome.Unavailable("gone"));
        Assert.Equal(1, await AskedAsync());
    }

    [Fact]
    public async Task Check_Moderation_IsAskedOnceUnlessTheEndpointFails()
    {
        var moderator = new Moderator(
            new ModerationOutcome.Unavailable("down"), new ModerationOutcome.Flagged(["hate"]), new ModerationOutcome.Clean());
        var cached = new CachedModerator(moderator, cache, Options("http://localhost:8000/v1"), TimeProvider.System);

        Assert.IsType<ModerationOutcome.Unavailable>(await cached.CheckAsync(["a"], Ct));
        for (var time = 0; time < 2; time++)
        {
            Assert.Equal(["hate"], Assert.IsType<ModerationOutcome.Flagged>(await cached.CheckAsync(["a"], Ct)).Categories);
        }

        Assert.IsType<ModerationOutcome.Clean>(await cached.CheckAsync(["a", "b"], Ct));
        Assert.IsType<ModerationOutcome.Clean>(await cached.CheckAsync(["a", "b"], Ct));
    }

    private static ChatOutcome.Answered Answered(string text) => new(text, Paid);

    private static LlmOptions Options(string endpoint) => new() { Endpoint = new Uri(endpoint) };

    private Task<ChatOutcome> AskAsync(ChatRequest request, params ChatOutcome[] outcomes) =>
        AskAsync(request, "http://localhost:8000/v1", outcomes);

    private Task<ChatOutcome> AskAsync(ChatRequest request, string endpoint, params ChatOutcome[] outcomes)
    {
        Array.ForEach(outcomes, answers.Enqueue);
        return new CachedLanguageModel(new Model(answers), cache, Options(endpoint), TimeProvider.System).CompleteAsync(request, Ct);
    }

    private sealed class Model(Queue<ChatOutcome> answers) : ILanguageModel
    {
        public Task<ChatOutcome> CompleteAsync(ChatRequest request, CancellationToken ct) => Task.FromResult(answers.Dequeue());
    }

    private sealed class Moderator(params ModerationOutcome[] outcomes) : IModerator
    {
        private readonly Queue<ModerationOutcome> left = new(outcomes);

        public Task<ModerationOutcome> CheckAsync(IReadOnlyList<string> utterances, CancellationToken ct) => Task.FromResult(left.Dequeue());
    }

    private sealed class Memory : IResponseCache
    {
        public Dictionary<string, StoredAnswer> Answers { get; } = [];

        public ValueTask<StoredAnswer?> FindAsync(string key, CancellationToken ct) => ValueTask.FromResult(Answers.GetValueOrDefault(key));

        public void Store(string key, StoredAnswer answer) => Answers[key] = answer;

        public void Dispose()
        {
        }
    }
}
