using DialogueMesh.Contracts.Randomness;

namespace DialogueMesh.Balancing.Planning;

/// <summary>
/// A flow of least cost where an arc's cost is convex in its flow. Every arc starts where it alone costs least; what the
/// nodes then have too much or too little of is shipped along cheapest paths, which keeps the cost least (Ahuja, Magnanti
/// and Orlin, Network Flows, 1993, chapters 9 and 14).
/// </summary>
internal sealed class QuotaFlow(SeededRandom random)
{
    // Each tier outweighs all of the tiers below it together.
    private const long NoisePerUnit = 1 << 10;
    private const long EntryBeyondRounding = 1L << 22;
    private const long SumBeyondRounding = 1L << 34;
    private const long SumBeyondOne = 1L << 44;

    private readonly List<List<int>> arcsOf = [];
    private readonly List<int> excess = [];
    private readonly List<Arc> arcs = [];

    /// <param name="supply">What enters the network here; negative where it leaves.</param>
    public int AddNode(int supply)
    {
        arcsOf.Add([]);
        excess.Add(supply);
        return excess.Count - 1;
    }

    /// <param name="from">Node that the flow leaves.</param>
    /// <param name="to">Node that it enters.</param>
    /// <param name="prior">Counts towards the target without flowing.</param>
    /// <param name="drawn">The flow that is best if nothing speaks against it.</param>
    /// <param name="target">What flow and prior should come to, a fraction.</param>
    /// <param name="isSum">Whether the arc stands for a group, row or column, rather than for one entry.</param>
    public int AddArc(int from, int to, int prior, int drawn, double target, bool isSum)
    {
        var rounding = Rounding.FloorAndCeiling(target);
        var best = Math.Max(prior, Math.Clamp(prior + drawn, rounding.Low, rounding.High));
        var arc = new Arc
        {
            From = from,
            To = to,
            Prior = prior,
            Count = best,
            Best = best,
            Rounding = rounding,
            WithinOne = Rounding.WithinOne(target),
            IsSum = isSum,
            Noise = NoisePerUnit + random.Next((int)NoisePerUnit),
        };
        arcs.Add(arc);
        arcsOf[from].Add(arcs.Count - 1);
        arcsOf[to].Add(arcs.Count - 1);
        excess[from] -= arc.Flow;
        excess[to] += arc.Flow;
        return arcs.Count - 1;
    }

    public int FlowOf(int arc) => arcs[arc].Flow;

    /// <summary>Ships until every node's inflow and outflow agree.</summary>
    public void Settle()
    {
        var cost = new long[excess.Count];
        var via = new int[excess.Count];
        while (excess.Any(units => units > 0))
        {
            FindCheapestPaths(cost, via);
            var node = Enumerable.Range(0, cost.Length).Where(n => excess[n] < 0).MinBy(n => cost[n]);
            excess[node]++;
            while (via[node] >= 0)
            {
                var arc = arcs[via[node]];
                var forward = arc.To == node;
                arc.Count += forward ? 1 : -1;
                node = forward ? arc.From : arc.To;
            }

            excess[node]--;
        }
    }

    /// <summary>Bellman–Ford with a queue, from all nodes that have too much.</summary>
    private void FindCheapestPaths(long[] cost, int[] via)
    {
        var queue = new Queue<int>();
        var queued = new bool[cost.Length];
        Array.Fill(cost, long.MaxValue);
        Array.Fill(via, -1);
        foreach (var node in Enumerable.Range(0, cost.Length).Where(node => excess[node] > 0))
        {
            cost[node] = 0;
            queue.Enqueue(node);
            queued[node] = true;
        }

        while (queue.TryDequeue(out var node))
        {
            queued[node] = false;
            foreach (var index in arcsOf[node])
            {
                var arc = arcs[index];
                var forward = arc.From == node;
                if (!forward && arc.Flow == 0)
                {
                    continue;
                }

                var other = forward ? arc.To : arc.From;
                var reached = cost[node] + (forward ? arc.CostFrom(arc.Count) : -arc.CostFrom(arc.Count - 1));
                if (reached < cost[other])
                {
                    cost[other] = reached;
                    via[other] = index;
                    if (!queued[other])
                    {
                        queued[other] = true;
                        queue.Enqueue(other);
                    }
                }
            }
        }
    }

    private sealed class Arc
    {
        // Beyond this many units the cost of one more stays the same, so that sums of costs stay far from overflowing.
        private const int SteepestUnits = 64;

        public required int From { get; init; }

        public required int To { get; init; }

        public required int Prior { get; init; }

        public required int Best { get; init; }

        public required (int Low, int High) Rounding { get; init; }

        public required (int Low, int High) WithinOne { get; init; }

        public required bool IsSum { get; init; }

        public required long Noise { get; init; }

        /// <summary>Prior and flow together.</summary>
        public required int Count { get; set; }

        public int Flow => Count - Prior;

        /// <summary>What one more costs at <paramref name="count"/>; never falls as the count grows.</summary>
        public long CostFrom(int count)
        {
            var beyondRounding = Beyond(count, Rounding);
            return (Noise * Units(count - Best)) + (IsSum
                ? (Math.Sign(beyondRounding) * SumBeyondRounding) + (Beyond(count, WithinOne) * SumBeyondOne)
                : beyondRounding * EntryBeyondRounding);
        }

        private static long Beyond(int count, (int Low, int High) range) =>
            count >= range.High ? Units(count - range.High) : count < range.Low ? Units(count - range.Low) : 0;

        /// <summary>The step from <paramref name="offset"/> to the next: 1, 2, … from 0 on, -1, -2, … below it.</summary>
        private static long Units(int offset) =>
            offset >= 0 ? Math.Min(offset + 1, SteepestUnits) : -Math.Min(-(long)offset, SteepestUnits);
    }
}
