using DialogueMesh.Balancing.Planning;
using DialogueMesh.Contracts.Runs;
using Xunit;

namespace DialogueMesh.Tests.Balancing;

public sealed class LeftOutParametersTests
{
    [Fact]
    public void Without_SomeNames_MakesAnotherRunWhoseCellsLackJustThem()
    {
        var spec = TestSpecs.Default();
        var less = SamplingParameters.Without(spec, ["temperature", "presence_penalty", "seed"]);
        var (before, after) = (RunPlan.Create(spec, [20]), RunPlan.Create(less, [20]));

        Assert.Equal(["temperature", "presence_penalty", "seed"], SamplingParameters.LeftOut(less));
        Assert.Empty(SamplingParameters.LeftOut(spec));
        Assert.NotEqual(RunSpecId.Of(spec), RunSpecId.Of(less));
        Assert.All(Enumerable.Range(0, 20), ordinal => Assert.Equal(
            before.Cell(ordinal).Sampling with { Temperature = null, PresencePenalty = null, SendsSeed = false }, after.Cell(ordinal).Sampling));
    }
}
