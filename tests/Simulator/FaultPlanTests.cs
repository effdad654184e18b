using DialogueMesh.Simulator;
using DialogueMesh.Simulator.Faults;
using Xunit;

namespace DialogueMesh.Tests.Simulator;

public sealed class FaultPlanTests
{
    [Fact]
    public void Next_EveryCallFaulty_LetsEveryThirdThrough()
    {
        var plan = new FaultPlan(new SimulatorOptions { FaultShare = 1 });

        var faults = Enumerable.Range(0, 9).Select(_ => plan.Next("a").Fault != Fault.None);

        Assert.Equal([true, true, false, true, true, false, true, true, false], faults);
    }

    [Fact]
    public void Next_Share_IsMetOverManyRequestsWithAllKinds()
    {
        var plan = new FaultPlan(new SimulatorOptions { FaultShare = 0.2 });

        var faults = Enumerable.Range(0, 5000).Select(i => plan.Next($"request {i}").Fault).ToList();

        Assert.InRange(faults.Count(fault => fault != Fault.None), 900, 1100);
        Assert.Equal(Enum.GetValues<Fault>().Order(), faults.Distinct().Order());
    }

    [Fact]
    public void Next_OtherOrderOfRequests_TreatsEachTheSame()
    {
        var options = new SimulatorOptions { FaultShare = 0.5, DelayMilliseconds = 10 };
        var forwards = new FaultPlan(options);
        var backwards = new FaultPlan(options);
        var names = Enumerable.Range(0, 50).Select(i => $"request {i % 20}").ToList();

        var there = names.Select(name => (name, forwards.Next(name))).GroupBy(each => each.name).ToDictionary(g => g.Key, g => g.ToList());
        names.Reverse();
        var back = names.Select(name => (name, backwards.Next(name))).GroupBy(each => each.name).ToDictionary(g => g.Key, g => g.ToList());

        Assert.Equal(there.Count, back.Count);
        Assert.All(there, entry => Assert.Equal(entry.Value, back[entry.Key]));
    }

    [Fact]
    public void Next_Delay_HasTheMeanAskedFor()
    {
        var plan = new FaultPlan(new SimulatorOptions { DelayMilliseconds = 100 });

        var mean = Enumerable.Range(0, 5000).Average(i => plan.Next($"request {i}").Delay.TotalMilliseconds);

        Assert.InRange(mean, 93, 107);
    }
}
