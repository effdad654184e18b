using DialogueMesh.Embedding.Batching;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace DialogueMesh.Tests.Embedding;

public sealed class BatchingTests
{
    [Fact]
    public void Cover_AnyLengths_FitsEvenlyAndLeavesNothingOut() =>
        Prop.ForAll<NonNegativeInt[], PositiveInt>((lengths, limit) =>
        {
            var texts = lengths.Select(length => length.Get).ToList();
            var windows = TextWindows.Cover(texts, limit.Get);
            return texts.Select((length, text) => windows.Where(window => window.Text == text).ToList()).Select((own, text) =>
                own.Count == Math.Max(1, (texts[text] + limit.Get - 1) / limit.Get)
                && own[0].Start == 0
                && own.Zip(own.Skip(1)).All(pair => pair.First.Start + pair.First.Length == pair.Second.Start)
                && own[^1].Start + own[^1].Length == texts[text]
                && own.Max(window => window.Length) <= limit.Get
                && own.Max(window => window.Length) - own.Min(window => window.Length) <= 1).All(holds => holds);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Of_AnyWindows_KeepsTheBudgetAndEachWindowOnce() =>
        Prop.ForAll<NonNegativeInt[], PositiveInt>((lengths, budget) =>
        {
            var windows = lengths.Select((length, text) => new Window(text, 0, length.Get)).ToList();
            var batches = Batches.Of(windows, 2, budget.Get);
            var order = batches.SelectMany(batch => batch).ToList();
            return order.ToHashSet().SetEquals(windows) && order.Count == windows.Count
                && order.Zip(order.Skip(1)).All(pair => pair.First.Length >= pair.Second.Length)
                && batches.All(batch => batch.Length == 1 || batch.Length * (batch[0].Length + 2) <= budget.Get);
        }).QuickCheckThrowOnFailure();
}
