using DialogueMesh.Contracts.Randomness;
using DialogueMesh.Dataset.Gate;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace DialogueMesh.Tests.Dataset;

public sealed class AcceptanceGateTests
{
    [Fact]
    public void Next_AnyOrderOfArrival_DecidesAsOneByOne() =>
        Prop.ForAll(Gen.Choose(1, 1_000_000).ToArbitrary(), seed =>
        {
            var random = new SeededRandom(seed, "totals");
            var initial = random.Between(1, 25);
            int[] totals = random.Chance(0.4) ? [initial, initial + random.Between(1, 15)] : [initial];
            var world = new World(seed);
            var expected = OneByOne(world, totals);
            return Trace(Shuffled(world, totals, seed)).SequenceEqual(Trace(expected))
                && expected.OfType<Decision.Accepted>().Count() == totals[^1];
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Next_WorldOfTheseTests_HasEveryKindOfDecision()
    {
        var decisions = Enumerable.Range(0, 20).SelectMany(seed => OneByOne(new World(seed), [20])).ToList();
        Assert.Contains(decisions, d => d is Decision.Duplicate);
        Assert.Contains(decisions, d => d is Decision.NearDuplicate);
        Assert.Contains(decisions, d => d.Round > 1);
    }

    [Fact]
    public void Next_NearestAtTheThreshold_IsANearDuplicate()
    {
        var gate = new AcceptanceGate(threshold: 0.6, dimension: 2);
        gate.Extend(3);
        Offer(gate, new(0, 0), "a", [1, 0]);
        gate.Apply(gate.Next()!);
        Offer(gate, new(1, 0), "b", [0.6f, 0.8f]);
        var near = Assert.IsType<Decision.NearDuplicate>(gate.Next());
        Assert.Equal(0.6, near.Nearest!.Rounded);
        gate.Apply(near);
        Offer(gate, new(2, 0), "c", [0.599f, 0.80074f]);
        Assert.Equal(0, Assert.IsType<Decision.Accepted>(gate.Next()).Nearest!.Ordinal);
    }

    [Fact]
    public void Next_LikeAnEarlierDialogue_IsTurnedDownForIt()
    {
        using var earlier = new EarlierDialogues();
        earlier.Add("old.json: 7", "a", [1, 0]);
        var gate = new AcceptanceGate(threshold: 0.6, dimension: 2) { Earlier = earlier };
        gate.Extend(4);
        Offer(gate, new(0, 0), "a", [0, 1]);
        Assert.Equal(new Decision.LikeEarlier(new(0, 0), 0, null, "old.json: 7", null), gate.Next());
        gate.Apply(gate.Next()!);
        Offer(gate, new(1, 0), "b", [0.6f, 0.8f]);
        var near = Assert.IsType<Decision.LikeEarlier>(gate.Next());
        Assert.Equal(("old.json: 7", 0.6), (near.Earlier, Math.Round(near.Cosine!.Value, 6)));
        gate.Apply(near);
        Offer(gate, new(2, 0), "c", [0.599f, 0.80074f]);
        gate.Apply(Assert.IsType<Decision.Accepted>(gate.Next()));
        Offer(gate, new(3, 0), "d", [0.599f, 0.80074f]);
        Assert.IsType<Decision.NearDuplicate>(gate.Next());
    }

    [Fact]
    public void Next_AnyEarlierDialogues_DecidesAsTheNaiveLoop() =>
        Prop.ForAll(Gen.Choose(1, 1_000_000).ToArbitrary(), seed =>
        {
            var (world, old) = (new World(seed), new World(seed + 1, copies: 0.8));
            using var earlier = new EarlierDialogues();
            var vectors = new List<float[]>();
            for (var i = 0; i < 30; i++)
            {
                if (!earlier.Has(old.Hash(i, 0)))
                {
                    earlier.Add($"{i}", old.Hash(i, 0), old.Vector(i, 0));
                    vectors.Add(old.Vector(i, 0));
                }
            }

            var gate = new AcceptanceGate(World.Threshold, World.Dimension) { Earlier = earlier };
            gate.Extend(1);
            return Enumerable.Range(0, 30).All(attempt =>
            {
                Offer(gate, new(0, attempt), world.Hash(0, attempt), world.Vector(0, attempt));
                var decision = gate.Next()!;
                gate.TurnDown(decision.Key);
                var highest = vectors.Max(vector => vector.Zip(world.Vector(0, attempt), (a, b) => (double)a * b).Sum());
                return decision is Decision.LikeEarlier == highest >= World.Threshold;
            });
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Next_HeadHasNotArrived_Waits()
    {
        var gate = new AcceptanceGate(0.9, 2);
        gate.Extend(2);
        Offer(gate, new(1, 0), "b", [0, 1]);
        Assert.Null(gate.Next());
        gate.Screen(new(0, 0), "a", [1, 0]);
        Assert.Null(gate.Next());
        gate.Arrive(new(0, 0));
        Assert.Equal(0, gate.Next()!.Key.Ordinal);
    }

    [Fact]
    public void Screen_SecondAnswerOfAnAttempt_IsDropped()
    {
        var gate = new AcceptanceGate(0.9, 2);
        gate.Extend(1);
        Offer(gate, new(0, 0), "first", [1, 0]);
        gate.Screen(new(0, 0), "second", [0, 1]);
        Assert.Equal("first", Assert.IsType<Decision.Accepted>(gate.Next()).Hash);
    }

    [Fact]
    public void Apply_OutOfTurn_Throws()
    {
        var gate = new AcceptanceGate(0.9, 2);
        gate.Extend(2);
        Assert.Throws<InvalidDataException>(() => gate.Apply(new Decision.Accepted(new(1, 0), 0, null, "a", [1, 0])));
    }

    /// <summary>The definition: rounds of ordinals in order, each with its first answer that comes through.</summary>
    private static List<Decision> OneByOne(World world, int[] totals)
    {
        var gate = new AcceptanceGate(World.Threshold, World.Dimension);
        var decisions = new List<Decision>();
        var attempts = new int[totals[^1]];
        var first = 0;
        foreach (var total in totals)
        {
            gate.Extend(total);
            for (var round = Enumerable.Range(first, total - first).ToList(); round.Count > 0;)
            {
                var again = new List<int>();
                foreach (var ordinal in round)
                {
                    while (world.TurnedDownBy(ordinal, attempts[ordinal]) is not null)
                    {
                        attempts[ordinal]++;
                    }

                    var attempt = attempts[ordinal]++;
                    Offer(gate, new(ordinal, attempt), world.Hash(ordinal, attempt), world.Vector(ordinal, attempt));
                    var decision = gate.Next()!;
                    Assert.Equal(ordinal, decision.Key.Ordinal);
                    gate.Apply(decision);
                    decisions.Add(decision);
                    if (decision is not Decision.Accepted)
                    {
                        again.Add(ordinal);
                    }
                }

                round = again;
            }

            first = total;
        }

        return decisions;
    }

    private static List<Decision> Shuffled(World world, int[] totals, int seed)
    {
        var random = new SeededRandom(seed, "order");
        var gate = new AcceptanceGate(World.Threshold, World.Dimension);
        var decisions = new List<Decision>();
        var events = new List<Action>();
        gate.Extend(totals[0]);
        Enumerable.Range(0, totals[0]).ToList().ForEach(ordinal => Issue(ordinal, 0));
        if (totals.Length > 1)
        {
            // At any moment of the run, or after it.
            events.Add(() =>
            {
                if (gate.Total == totals[0])
                {
                    gate.Extend(totals[1]);
                    Enumerable.Range(totals[0], totals[1] - totals[0]).ToList().ForEach(ordinal => Issue(ordinal, 0));
                }
            });
        }

        while (events.Count > 0)
        {
            var place = random.Next(events.Count);
            var happens = events[place];
            if (random.Chance(0.8))
            {
                events.RemoveAt(place);
            }

            happens();
            while (gate.Next() is { } decision)
            {
                gate.Apply(decision);
                decisions.Add(decision);
                if (decision is not Decision.Accepted)
                {
                    Issue(decision.Key.Ordinal, decision.Key.Attempt + 1);
                }
            }
        }

        return decisions;

        void Issue(int ordinal, int attempt)
        {
            var key = new CandidateKey(ordinal, attempt);
            if (world.TurnedDownBy(ordinal, attempt) is not null)
            {
                var isIssued = false;
                events.Add(() =>
                {
                    gate.TurnDown(key);
                    if (!isIssued)
                    {
                        isIssued = true;
                        Issue(ordinal, attempt + 1);
                    }
                });
                return;
            }

            events.Add(() => gate.Arrive(key));
            events.Add(() => gate.Screen(key, world.Hash(ordinal, attempt), world.Vector(ordinal, attempt)));
        }
    }

    private static IEnumerable<object> Trace(IEnumerable<Decision> decisions) =>
        decisions.Select(d => (object)(d.GetType().Name, d.Key, d.Round, d.Nearest));

    private static void Offer(AcceptanceGate gate, CandidateKey key, string hash, float[] vector)
    {
        gate.Arrive(key);
        gate.Screen(key, hash, vector);
    }
}
