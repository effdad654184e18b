using DialogueMesh.Llm.Budgets;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace DialogueMesh.Tests.Llm.Budgets;

public sealed class SlidingWindowTests
{
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(60);

    private sealed record Step(int Pause, int Input, int Output, int Settle, int Late);

    [Fact]
    public void WaitFor_AnyHistory_IsTheFirstMomentAtWhichTheCallFits() => Check.QuickThrowOnFailure(Prop.ForAll(
        Steps().ArrayOf().ToArbitrary(), AgreesWithRecount));

    private static Gen<Step> Steps() =>
        from pause in Gen.Choose(0, 20_000)
        from input in Gen.Choose(0, 50)
        from output in Gen.Choose(0, 50)
        from settle in Gen.Choose(0, 80)
        from late in Gen.Choose(0, 4)
        select new Step(pause, input, output, settle, late);

    private static bool AgreesWithRecount(Step[] steps)
    {
        var limits = new RateLimits { Requests = 6, Tokens = 300, InputTokens = 160, OutputTokens = 170 };
        var window = new SlidingWindow(Length);
        var all = new List<(TimeSpan At, TokenCount Tokens)>();
        var now = TimeSpan.Zero;
        foreach (var step in steps)
        {
            now += TimeSpan.FromMilliseconds(step.Pause);
            var call = new TokenCount(step.Input, step.Output);
            var wait = window.WaitFor(call, limits, now);
            if (!Fits(all, call, limits, now + wait) || (wait > TimeSpan.Zero && Fits(all, call, limits, now + wait - TimeSpan.FromTicks(1))))
            {
                return false;
            }

            now += wait;
            var lease = window.Add(call, now);
            all.Add((now, call));
            var settled = lease - step.Late;
            if (settled >= 0)
            {
                var used = new TokenCount(step.Settle, step.Input);
                window.Change(settled, 1, used);
                all[(int)settled] = (all[(int)settled].At, used);
            }
        }

        return window.Requests(TimeSpan.FromSeconds(30), now) == all.Count(call => now - call.At < TimeSpan.FromSeconds(30));
    }

    private static bool Fits(List<(TimeSpan At, TokenCount Tokens)> all, TokenCount call, RateLimits limits, TimeSpan at)
    {
        var recent = all.Where(each => at - each.At < Length).Select(each => each.Tokens).ToList();
        return Below(recent.Count, 1, limits.Requests)
            && Below(recent.Sum(each => each.Total), call.Total, limits.Tokens)
            && Below(recent.Sum(each => each.Input), call.Input, limits.InputTokens)
            && Below(recent.Sum(each => each.Output), call.Output, limits.OutputTokens);
    }

    private static bool Below(long used, long more, long? limit) => used == 0 || used + more <= limit;
}
