using System.Collections.Concurrent;

namespace DialogueMesh.Llm.Budgets;

/// <summary>The budget of one process that has the key to itself.</summary>
/// <param name="allowed">What the user allows a model.</param>
internal sealed class LocalRateBudget(Func<string, RateLimits> allowed, TimeProvider time) : IRateBudget
{
    private readonly long start = time.GetTimestamp();
    private readonly ConcurrentDictionary<string, ModelBudget> models = new(StringComparer.Ordinal);

    public ValueTask<Grant> TakeAsync(string model, TokenCount estimate, CancellationToken ct) =>
        ValueTask.FromResult(Of(model).Take(estimate, time.GetElapsedTime(start)));

    public ValueTask SettleAsync(string model, long lease, TokenCount used, CancellationToken ct)
    {
        Of(model).Settle(lease, used);
        return ValueTask.CompletedTask;
    }

    public ValueTask LearnAsync(string model, RateLimits seen, CancellationToken ct)
    {
        Of(model).Learn(seen);
        return ValueTask.CompletedTask;
    }

    public RateLimits Limits(string model) => Of(model).Limits;

    private ModelBudget Of(string model) => models.GetOrAdd(model, static (name, allowed) => new ModelBudget(allowed(name)), allowed);

    private sealed class ModelBudget(RateLimits allowed)
    {
        private readonly Lock access = new();
        private readonly SlidingWindow window = new(RateWindow.Length);
        private readonly Pace pace = new();
        private RateLimits learned = RateLimits.None;
        private RateLimits? limits;

        /// <summary>The tighter of what the user allows and what was learned.</summary>
        public RateLimits Limits => limits ?? allowed;

        public Grant Take(TokenCount estimate, TimeSpan now)
        {
            lock (access)
            {
                var (room, turn) = (window.WaitFor(estimate, Limits, now), pace.WaitFor(now));
                if (room > TimeSpan.Zero || turn > TimeSpan.Zero)
                {
                    return new Grant(0, room > turn ? room : turn);
                }

                pace.Spend(estimate, Limits, now);
                return new Grant(window.Add(estimate, now), TimeSpan.Zero);
            }
        }

        public void Settle(long lease, TokenCount used)
        {
            lock (access)
            {
                window.Change(lease, 1, used);
            }
        }

        public void Learn(RateLimits seen)
        {
            lock (access)
            {
                learned = seen.Or(learned);
                limits = allowed.And(learned);
            }
        }
    }
}
