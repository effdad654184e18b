using DialogueMesh.Llm.Budgets;
using DialogueMesh.Llm.Counting;
using Xunit;

namespace DialogueMesh.Tests.Llm.Counting;

public sealed class LlmCountersTests
{
    [Fact]
    public async Task Activity_WhileModelsComeUp_TellsOfThoseThatAreThere()
    {
        var counters = new LlmCounters(TimeProvider.System);
        var adding = Task.Run(() => Array.ForEach([.. Enumerable.Range(0, 2000)], i => counters.Watch($"m{i:d4}", () => new ModelPace($"m{i:d4}", 1, RateLimits.None, null))), TestContext.Current.CancellationToken);

        while (!adding.IsCompleted)
        {
            var names = counters.Activity().Models.Select(model => model.Model).ToList();
            Assert.Equal(names.Order(StringComparer.Ordinal), names);
        }

        await adding;
        Assert.Equal(2000, counters.Activity().Models.Count);
    }
}
