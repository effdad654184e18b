using System.Collections.Concurrent;
using DialogueMesh.Contracts.Randomness;
using DialogueMesh.Simulator;
using DialogueMesh.Simulator.Faults;
using Xunit;

namespace DialogueMesh.Tests.EndToEnd;

/// <summary>A run that is killed goes on where its journal ends.</summary>
public sealed class CrashTests
{
    private const int Kills = 10;
    private const long Seed = 31;

    private static readonly SimulatorOptions Slow = new() { DelayMilliseconds = 100, Faults = { [Fault.ServerError] = 0.03, [Fault.Reset] = 0.02 } };

    [Fact]
    public async Task Kill_TenRandomMoments_ResumedRunHasTheSameBytesAndPaysNothingTwice()
    {
        const int Total = 160;
        var asked = new ConcurrentQueue<long>();
        await using var simulator = await Cli.StartSimulatorAsync(Slow, asked);
        var line = $"generate --total_generations {Total} --seed {Seed} --similarity_threshold 0.76 --max_parallel 8 --no_cache --endpoint {simulator.BaseAddress}";
        using var whole = new RunFolder();
        await Cli.CompleteHereAsync(whole, line);
        using var killed = new RunFolder();

        var midway = await KillOftenAsync(killed, line, asked);
        var before = State.Of(killed);
        asked.Clear();
        await Cli.CompleteHereAsync(killed, $"{line} --resume");

        before.AssertKept(killed, asked);
        killed.AssertSameOutputs(whole);
        Assert.Equal(Total, killed.Acceptances().Distinct().Count());
        Assert.Equal(Total, killed.Acceptances().Count);
        Assert.Equal(killed.Candidates().Count, killed.Candidates().Distinct().Count());
        Assert.InRange(midway, 5, Kills);
        await Outside.CheckAsync(killed, Total, threshold: 0.76);
    }

    [Fact]
    public async Task Resume_LargerTotal_KeepsTheFirstDialoguesByteForByteAndWhateverCameBetween()
    {
        using var small = new RunFolder();
        using var large = new RunFolder();
        await Cli.CompleteHereAsync(small, "generate --total_generations 20 --seed 3 --similarity_threshold 0.72");
        await Cli.CompleteHereAsync(large, "generate --total_generations 20 --seed 3 --similarity_threshold 0.72");
        var first = await File.ReadAllTextAsync(small.In("generated_dialogues.json"), TestContext.Current.CancellationToken);
        var vectors = await File.ReadAllBytesAsync(small.In("dialogue_embeddings.npy"), TestContext.Current.CancellationToken);

        await Cli.CompleteHereAsync(small, "generate --total_generations 35 --seed 3 --similarity_threshold 0.72 --resume");

        var extended = await File.ReadAllTextAsync(small.In("generated_dialogues.json"), TestContext.Current.CancellationToken);
        Assert.StartsWith(first[..first.LastIndexOf("\n]", StringComparison.Ordinal)] + ",\n", extended);
        Assert.Equal(vectors[128..], (await File.ReadAllBytesAsync(small.In("dialogue_embeddings.npy"), TestContext.Current.CancellationToken))[128..vectors.Length]);
        await Outside.CheckAsync(small, 35, threshold: 0.72);

        await KillOnceAsync(large, "generate --total_generations 35 --seed 3 --similarity_threshold 0.72 --resume");
        await Cli.CompleteHereAsync(large, "generate --total_generations 35 --seed 3 --similarity_threshold 0.72 --resume");
        large.AssertSameOutputs(small);
    }

    [Fact]
    public async Task Resume_LastJournalLineCutShort_RecoversWithANotice()
    {
        const string Line = "generate --total_generations 12 --seed 4";
        using var whole = new RunFolder();
        using var cut = new RunFolder();
        await Cli.CompleteHereAsync(whole, Line);
        var journal = await File.ReadAllBytesAsync(whole.Journal, TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(cut.Journal, journal[..(journal.Length * 2 / 3)], TestContext.Current.CancellationToken);

        await Cli.CompleteHereAsync(cut, $"{Line} --resume");

        Assert.Contains("the last line was cut short", await File.ReadAllTextAsync(cut.Log, TestContext.Current.CancellationToken));
        cut.AssertSameOutputs(whole);
    }

    private static async Task<int> KillOftenAsync(RunFolder folder, string line, ConcurrentQueue<long> asked)
    {
        var random = new SeededRandom("kills", Seed);
        var midway = 0;
        for (var i = 0; i < Kills; i++)
        {
            var before = State.Of(folder);
            asked.Clear();
            await using var running = Cli.Start(folder.Path, i == 0 ? line : $"{line} --resume", ("OPENAI_API_KEY", "test"));

            // Three at any moment from the start of the process on, the others once candidates arrive.
            if (i % 4 != 3)
            {
                await running.WaitUntilAsync(() => File.Exists(folder.Journal) && new FileInfo(folder.Journal).Length > before.JournalLength + 6000);
            }

            await Task.Delay(Moments.Draw(random, 0, i % 4 != 3 ? 150 : 1500), TestContext.Current.CancellationToken);
            Assert.False(running.HasExited, "it ended before it was killed");
            await running.KillAsync();
            before.AssertKept(folder, asked);
            midway += folder.Candidates().Count > before.Candidates.Count ? 1 : 0;
            folder.AssertNoOutputs();
        }

        return midway;
    }

    private static async Task KillOnceAsync(RunFolder folder, string line)
    {
        var length = new FileInfo(folder.Journal).Length;
        await using var simulator = await Cli.StartSimulatorAsync(new SimulatorOptions { DelayMilliseconds = 200 });
        await using var running = Cli.Start(folder.Path, $"{line} --endpoint {simulator.BaseAddress}");
        await running.WaitUntilAsync(() => new FileInfo(folder.Journal).Length > length + 30_000);
        Assert.False(running.HasExited, "it ended before it was killed");
        await running.KillAsync();
    }

    /// <summary>What a journal held at some moment.</summary>
    private sealed record State(long JournalLength, IReadOnlyList<(int Ordinal, int Attempt)> Candidates, IReadOnlyList<int> Acceptances)
    {
        public static State Of(RunFolder folder) => !File.Exists(folder.Journal)
            ? new State(0, [], [])
            : new State(new FileInfo(folder.Journal).Length, folder.Candidates(), folder.Acceptances());

        /// <summary>Everything is still there, in its place, and no answer was asked for again.</summary>
        public void AssertKept(RunFolder folder, IEnumerable<long> asked)
        {
            var now = Of(folder);
            Assert.Equal(Candidates, now.Candidates.Take(Candidates.Count));
            Assert.Equal(Acceptances, now.Acceptances.Take(Acceptances.Count));
            Assert.Empty(Candidates.Select(key => ModelServer.SeedOf(Seed, key.Ordinal, key.Attempt)).Intersect(asked));
        }
    }
}
