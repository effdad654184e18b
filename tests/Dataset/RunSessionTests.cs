using System.Text;
using DialogueMesh.Contracts.Messages;
using DialogueMesh.Dataset.Files;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace DialogueMesh.Tests.Dataset;

public sealed class RunSessionTests
{
    [Fact]
    public void Journal_CutAtEveryByte_EndsInTheSameState()
    {
        var world = new World(11, copies: 0.8);
        var open = World.Open(4);
        var whole = JournalOf(world, open, seed: 1, out var expected);
        Assert.Contains("near_duplicate", Encoding.UTF8.GetString(whole), StringComparison.Ordinal);
        for (var length = 0; length <= whole.Length; length++)
        {
            var lines = Array.LastIndexOf(whole, (byte)'\n', Math.Max(length - 1, 0), length) + 1;
            using var stream = Stream(whole[..length]);
            var replay = JournalReader.Read(stream, "j");
            Assert.Equal((lines, length - lines), (replay.Length, replay.DroppedBytes));
            if (length - lines is 0 or 1)
            {
                Assert.Equal(expected, Finish(whole[..length], world, open, seed: length));
            }
        }
    }

    [Fact]
    public void Run_KilledRepeatedlyAtAnyMessage_EndsInTheSameState() =>
        Prop.ForAll(Gen.Choose(1, 1_000_000).ToArbitrary(), seed =>
        {
            var world = new World(seed);
            var open = World.Open(12);
            JournalOf(world, open, seed, out var expected);
            byte[] bytes = [];
            for (var kill = 0; kill < 4; kill++)
            {
                using var stream = Stream(bytes);
                new Feed(world, Open(open, stream), seed + kill).Run(atMost: 12);
                bytes = stream.ToArray();
            }

            return Finish(bytes, world, open, seed + 9) == expected;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Run_MessagesAfterTheSessionIsClosed_ChangeNothing()
    {
        using var stream = new MemoryStream();
        var session = Open(World.Open(40), stream);
        var feed = new Feed(new World(6), session, 1);
        feed.Run(atMost: 90);
        Assert.NotEmpty(session.Describe().Accepted);
        var before = stream.ToArray();

        session.Dispose();
        feed.Run();

        Assert.Null(feed.Fault);
        Assert.Equal(before, stream.ToArray());
    }

    [Fact]
    public void Run_ExtendedBeforeOrAfterItsEnd_EndsInTheSameState()
    {
        var world = new World(5);
        var (first, extended) = (World.Open(10), World.Open(10, total: 16));
        var after = Finish(JournalOf(world, first, seed: 1, out var initial), world, extended, seed: 2);
        Assert.StartsWith(initial, after, StringComparison.Ordinal);
        Assert.Equal(16, after.Split('\n').Length - 1);
        for (var kill = 0; kill < 60; kill += 7)
        {
            using var stream = Stream([]);
            new Feed(world, Open(first, stream), kill).Run(atMost: kill);
            Assert.Equal(after, Finish(stream.ToArray(), world, extended, seed: kill));
        }
    }

    [Fact]
    public void Open_PendingCandidates_AreNotPaidTwice()
    {
        var world = new World(3, copies: 0, refusals: 0);
        var open = World.Open(3);
        using var stream = Stream([]);
        var session = Open(open, stream);
        Assert.True(session.Arrive(Generated(world, open.RunId, 2)).IsNew);
        using var again = Stream(stream.ToArray());
        session = Open(open, again);
        Assert.Equal([2], session.Describe().Pending);
        Assert.Equal((1, 0.001m), (session.Describe().Candidates, session.Describe().Usage.Cost));
        var pending = Assert.Single(session.Pending());
        Assert.Equal(
            System.Text.Json.JsonSerializer.Serialize(world.Dialogue(open.RunId, 2, 0)),
            System.Text.Json.JsonSerializer.Serialize(pending.Dialogue));
        Assert.False(session.Arrive(pending).IsNew);
        Assert.Equal(1, session.Describe().Candidates);
    }

    [Fact]
    public void Arrive_SecondAnswer_IsDropped()
    {
        var world = new World(3, copies: 0, refusals: 0);
        var open = World.Open(1);
        using var stream = Stream([]);
        var session = Open(open, stream);
        session.Arrive(Generated(world, open.RunId, 0));
        var length = stream.Length;
        session.Arrive(Generated(world, open.RunId, 0) with { Usage = new Usage(1, 1, 9, 1) });
        Assert.Equal(length, stream.Length);
        Assert.Equal(0.001m, session.Describe().Usage.Cost);
    }

    [Fact]
    public void Screen_VectorOfAnotherDimension_FaultsTheRun()
    {
        var open = World.Open(1);
        using var stream = Stream([]);
        var recorded = Open(open, stream).Screen(new DialogueScreened
        {
            RunId = open.RunId,
            Ordinal = 0,
            Attempt = 0,
            Hash = "h",
            Vector = new byte[8],
        });
        Assert.Contains("unit vector of 16", recorded.Fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Append_FullDisk_FaultsOnceAndLosesNothing()
    {
        var world = new World(8);
        var open = World.Open(8);
        var whole = JournalOf(world, open, seed: 1, out var expected);
        for (var room = 1000; room < whole.Length; room += 997)
        {
            using var stream = Stream([]);
            var session = Open(open, stream);
            stream.Room = Math.Max(room, stream.Length);
            var feed = new Feed(world, session, seed: 1);
            feed.Run();
            Assert.Contains("No space left on device", feed.Fault, StringComparison.Ordinal);
            Assert.Contains("--resume", feed.Fault, StringComparison.Ordinal);
            Assert.Equal(Recorded.Nothing, session.Arrive(Generated(world, open.RunId, 7) with { Attempt = 99 }));
            Assert.EndsWith("\n", Encoding.UTF8.GetString(stream.ToArray()), StringComparison.Ordinal);
            Assert.Equal(expected, Finish(stream.ToArray(), world, open, seed: room));
        }
    }

    [Fact]
    public void Screen_DecisionNotTold_ComesWithEachDeliveryUntilItIs()
    {
        var world = new World(3, copies: 0, refusals: 0);
        var open = World.Open(3);
        using var stream = Stream([]);
        var session = Open(open, stream);
        session.Arrive(Generated(world, open.RunId, 0));
        var screened = new DialogueScreened
        {
            RunId = open.RunId,
            Ordinal = 0,
            Attempt = 0,
            Hash = world.Hash(0, 0),
            Vector = VectorBytes.Of(world.Vector(0, 0)),
        };

        Assert.True(Assert.Single(session.Screen(screened).Decisions).Accepted);
        Assert.Equal(0, Assert.Single(session.Screen(screened).Decisions).Ordinal);
        Assert.Equal(0, Assert.Single(session.Arrive(Generated(world, open.RunId, 1)).Decisions).Ordinal);
        session.Told();
        Assert.Empty(session.Screen(screened).Decisions);
    }

    private static DialogueGenerated Generated(World world, string runId, int ordinal) => new()
    {
        RunId = runId,
        Ordinal = ordinal,
        Attempt = 0,
        Dialogue = world.Dialogue(runId, ordinal, 0),
        Usage = new Usage(10, 5, 0.001m, 1),
        Milliseconds = 1,
    };

    private static byte[] JournalOf(World world, OpenRun open, int seed, out string accepted)
    {
        using var stream = Stream([]);
        new Feed(world, Open(open, stream), seed).Run();
        accepted = AcceptedIn(stream);
        return stream.ToArray();
    }

    private static string Finish(byte[] journal, World world, OpenRun open, int seed)
    {
        using var stream = Stream(journal);
        new Feed(world, Open(open, stream), seed).Run();
        return AcceptedIn(stream);
    }

    // What outputs are made of, a line a dialogue.
    private static string AcceptedIn(Stream stream)
    {
        var state = JournalReader.Read(stream, "j").State!;
        return string.Concat(state.Accepted.Select(pair =>
            $"{pair.Key} {pair.Value.Attempt} {pair.Value.Hash} {pair.Value.Nearest} {VectorBytes.Of(state.Gate.Accepted.Vector(pair.Key))[0]}\n"));
    }

    private static RunSession Open(OpenRun open, Stream stream)
    {
        using var folder = new DatasetFolder();
        return folder.Sessions().Open(open, stream);
    }

    private static LimitedStream Stream(byte[] content)
    {
        var stream = new LimitedStream();
        stream.Write(content);
        return stream;
    }
}
