using DialogueMesh.Simulator;
using DialogueMesh.Simulator.Faults;
using Xunit;

namespace DialogueMesh.Tests.Simulator.Faults;

public sealed class FaultPlanTests
{
    [Fact]
    public void Next_EveryCallFaulty_LetsEveryThirdThrough()
    {
        var plan = new FaultPlan(new SimulatorOptions { FaultShare = 1 });

        var faults = Enumerable.Range(0, 9).Select(_ => plan.Next("a", chat: true).Fault != Fault.None);

        Assert.Equal([true, true, false, true, true, false, true, true, false], faults);
    }

    [Fact]
    public void Next_Share_IsMetOverManyRequestsWithAllKinds()
    {
        var plan = new FaultPlan(new SimulatorOptions { FaultShare = 0.2 });

        var faults = Enumerable.Range(0, 5000).Select(i => plan.Next($"request {i}", chat: true).Fault).ToList();

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

        var there = names.Select(name => (name, forwards.Next(name, chat: true))).GroupBy(each => each.name).ToDictionary(g => g.Key, g => g.ToList());
        names.Reverse();
        var back = names.Select(name => (name, backwards.Next(name, chat: true))).GroupBy(each => each.name).ToDictionary(g => g.Key, g => g.ToList());

        Assert.Equal(there.Count, back.Count);
        Assert.All(there, entry => Assert.Equal(entry.Value, back[entry.Key]));
    }

    [Fact]
    public void Next_Delay_HasTheMeanAskedFor()
    {
        var plan = new FaultPlan(new SimulatorOptions { DelayMilliseconds = 100 });

        var mean = Enumerable.Range(0, 5000).Average(i => plan.Next($"request {i}", chat: true).Delay.TotalMilliseconds);

        Assert.InRange(mean, 93, 107);
    }

    [Fact]
    public void Next_AnswersSpoiled_NeverTwiceBeforeOneIsGood()
    {
        var plan = new FaultPlan(new SimulatorOptions { Faults = { [Fault.Refusal] = 0.4, [Fault.Huge] = 0.4, [Fault.Reset] = 0.2 } });

        foreach (var name in Enumerable.Range(0, 300).Select(i => $"request {i}"))
        {
            var round = Enumerable.Range(0, 3).Select(_ => plan.Next(name, chat: true).Fault).ToList();

            Assert.True(round.Count(FaultShares.Spoils) <= 1, string.Join(", ", round));
            Assert.Equal(Fault.None, round[^1]);
        }
    }

    [Fact]
    public void Next_NoModelAnswers_NothingOfTheModelFails()
    {
        var plan = new FaultPlan(new SimulatorOptions { FaultShare = 0.5, Faults = { [Fault.Refusal] = 0.5 } });

        var faults = Enumerable.Range(0, 4000).Select(i => plan.Next($"request {i}", chat: false).Fault).ToList();

        Assert.InRange(faults.Count(fault => fault != Fault.None), 1900, 2100);
        Assert.Equal(FaultShares.Deliveries.Prepend(Fault.None), faults.Distinct().Order());
    }

    [Fact]
    public void Next_ShareOfAKind_IsOnTopOfTheOverallOne()
    {
        var plan = new FaultPlan(new SimulatorOptions { FaultShare = 0.14, Faults = { [Fault.ServerError] = 0.3 } });

        var faults = Enumerable.Range(0, 5000).Select(i => plan.Next($"request {i}", chat: true).Fault).ToList();

        Assert.InRange(faults.Count(fault => fault == Fault.ServerError), 1450, 1650);
        Assert.InRange(faults.Count(fault => fault == Fault.Reset), 30, 75);
    }
}
