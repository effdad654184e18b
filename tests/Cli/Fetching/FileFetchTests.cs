using System.Security.Cryptography;
using DialogueMesh.Cli.Fetching;
using DialogueMesh.Contracts;
using DialogueMesh.Contracts.Randomness;
using DialogueMesh.Tests.Scenario.Corpora;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace DialogueMesh.Tests.Cli.Fetching;

public sealed class FileFetchTests : IDisposable
{
    private static readonly Patience Short = new()
    {
        Answer = TimeSpan.FromSeconds(5),
        Stall = TimeSpan.FromSeconds(0.3),
        Waits = [TimeSpan.Zero, TimeSpan.Zero, TimeSpan.FromMilliseconds(1)],
        MostRetryAfter = TimeSpan.FromSeconds(3),
    };

    private readonly TempFolder folder = new();
    private readonly byte[] content = Bytes(300_000, 1);

    private string Target => Path.Combine(folder.Path, "sub", "file.bin");

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Fetch_CutAndStalled_GoesOnFromWhereItStopped()
    {
        await using var server = await ServerAsync(FileServer.Cut(100_000), FileServer.Stall(50_000));

        Assert.Equal(Digest(content), await FetchAsync(server));

        Assert.Equal(content, await ReadAsync());
        var ranges = server.Requests.ToArray();
        Assert.Equal(3, ranges.Length);
        Assert.Equal("", ranges[0].Range);
        Assert.All(ranges[1..], request => Assert.Equal(FileServer.ETagOf(content), request.IfRange));
        Assert.True(Start(ranges[1].Range) is > 0 and <= 100_000);
        Assert.True(Start(ranges[2].Range) > Start(ranges[1].Range));
        Assert.Equal([Target], Directory.GetFiles(Path.GetDirectoryName(Target)!));
    }

    [Fact]
    public async Task Fetch_StoppedBefore_GoesOnInAnotherProcess()
    {
        await using (var dying = await ServerAsync([.. Enumerable.Repeat(FileServer.Cut(60_000), 4), FileServer.Cut(0), FileServer.Cut(0), FileServer.Cut(0), FileServer.Cut(0)]))
        {
            var fault = await Assert.ThrowsAsync<FetchException>(() => FetchAsync(dying));
            Assert.Contains("run the same command again to go on", fault.Message);
            Assert.DoesNotContain('\n', fault.Message);
        }

        var kept = new FileInfo(Target + ".part").Length;
        Assert.InRange(kept, 1, content.Length - 1);
        Assert.False(File.Exists(Target));
        await using var server = await ServerAsync();
        await FetchAsync(server);

        Assert.Equal(content, await ReadAsync());
        Assert.Equal($"bytes={kept}-", server.Requests.Single().Range);
    }

    [Fact]
    public async Task Fetch_AnotherVersionMeanwhile_IsTheNewOneWhole()
    {
        var newer = Bytes(200_000, 2);
        await using var server = await ServerAsync(FileServer.Cut(100_000), FileServer.Instead(newer));

        await FetchAsync(server);

        Assert.Equal(newer, await ReadAsync());
    }

    [Fact]
    public async Task Fetch_RangeIgnored_IsFetchedWhole()
    {
        await using var server = await ServerAsync(FileServer.Cut(100_000), FileServer.IgnoreRange);

        await FetchAsync(server);

        Assert.Equal(content, await ReadAsync());
    }

    [Fact]
    public async Task Fetch_AnotherRangeThanAskedFor_BeginsAnew()
    {
        await using var server = await ServerAsync(FileServer.Cut(100_000), async (context, all) =>
        {
            context.Response.StatusCode = 206;
            context.Response.Headers.ContentRange = $"bytes 10-{all.Length - 1}/{all.Length}";
            await context.Response.Body.WriteAsync(all.AsMemory(10));
        });

        await FetchAsync(server);

        Assert.Equal(content, await ReadAsync());
    }

    [Fact]
    public async Task Fetch_ProperRangeOfOtherBytes_IsFoundOutByTheDigest()
    {
        var forged = Bytes(content.Length, 3);
        await using var server = await ServerAsync(FileServer.Cut(100_000), async (context, _) =>
        {
            var from = Start(context.Request.Headers.Range.ToString());
            context.Response.StatusCode = 206;
            context.Response.Headers.ContentRange = $"bytes {from}-{forged.Length - 1}/{forged.Length}";
            await context.Response.Body.WriteAsync(forged.AsMemory((int)from));
        });

        await FetchAsync(server, Known(content));

        Assert.Equal(content, await ReadAsync());
    }

    [Fact]
    public async Task Fetch_OtherBytesOfTheSameLength_IsRefusedAndNothingKept()
    {
        await using var server = await ServerAsync(FileServer.Instead(Bytes(content.Length, 4)));

        var fault = await Assert.ThrowsAsync<FetchException>(() => FetchAsync(server, Known(content)));

        Assert.Contains($"not {Digest(content)}", fault.Message);
        Assert.False(File.Exists(Target));
        Assert.Equal(0, new FileInfo(Target + ".part").Length);
    }

    [Theory]
    [InlineData(true, "has 299999 bytes there, not 300000")]
    [InlineData(false, "more than the 300000 bytes came")]
    public async Task Fetch_OtherLength_IsRefused(bool isTold, string expected)
    {
        await using var server = await ServerAsync(isTold ? FileServer.Instead(Bytes(299_999, 1)) : (context, _) => FileServer.Chunked(context, Bytes(400_000, 1)));

        var fault = await Assert.ThrowsAsync<FetchException>(() => FetchAsync(server, Known(content)));

        Assert.Contains(expected, fault.Message);
        Assert.False(File.Exists(Target));
    }

    [Fact]
    public async Task Fetch_APageInsteadOfJson_IsRefused()
    {
        await using var server = await ServerAsync(FileServer.Instead("<html>Please log in</html>"u8.ToArray()));

        var fault = await Assert.ThrowsAsync<FetchException>(() => FetchAsync(server, new DownloadFile("file.json")));

        Assert.Contains("is no JSON", fault.Message);
    }

    [Fact]
    public async Task Fetch_Redirected_FollowsAndKeepsTheRange()
    {
        await using var other = await ServerAsync(FileServer.Cut(100_000));
        var there = new Uri(other.Address, "file.bin").AbsoluteUri;
        await using var server = await ServerAsync(FileServer.Status(302, ("Location", there)), FileServer.Status(307, ("Location", there)));

        await FetchAsync(server);

        Assert.Equal(content, await ReadAsync());
        Assert.StartsWith("bytes=", other.Requests.Last().Range);
    }

    [Theory]
    [InlineData("/file.bin", "redirected more than 10 times")]
    [InlineData("file:///etc/passwd", "redirects to no web address")]
    public async Task Fetch_RedirectedNowhere_IsAFault(string location, string expected)
    {
        await using var server = await ServerAsync([.. Enumerable.Repeat(FileServer.Status(302, ("Location", location)), 20)]);

        var fault = await Assert.ThrowsAsync<FetchException>(() => FetchAsync(server));

        Assert.Contains(expected, fault.Message);
    }

    [Theory]
    [InlineData(429)]
    [InlineData(503)]
    public async Task Fetch_ToldToWait_Waits(int status)
    {
        await using var server = await ServerAsync(FileServer.Status(status, ("Retry-After", "1")));
        var start = TimeProvider.System.GetTimestamp();

        await FetchAsync(server);

        Assert.True(TimeProvider.System.GetElapsedTime(start) >= TimeSpan.FromSeconds(0.9));
    }

    [Fact]
    public async Task Fetch_ToldToWaitForLong_Ends()
    {
        await using var server = await ServerAsync(FileServer.Status(429, ("Retry-After", "3600")));

        var fault = await Assert.ThrowsAsync<FetchException>(() => FetchAsync(server));

        Assert.Contains("asks to wait 3600 s", fault.Message);
    }

    [Fact]
    public async Task Fetch_NotThere_IsBadInput()
    {
        await using var server = await FileServer.StartAsync();

        var fault = await Assert.ThrowsAsync<InputException>(() => FetchAsync(server));

        Assert.Contains("is not there (404)", fault.Message);
    }

    [Fact]
    public async Task Fetch_TwoAtOnce_TheSecondIsToldSo()
    {
        await using var server = await ServerAsync();
        using var part = PartFile.Open(Target);

        var fault = await Assert.ThrowsAsync<InputException>(() => FetchAsync(server));

        Assert.Contains("Is another fetch at work there?", fault.Message);
    }

    [Fact]
    public void Fetch_AnyFaults_EndsWithTheRightBytes() =>
        Prop.ForAll(Gen.Choose(1, 100_000).ToArbitrary(), seed =>
        {
            var random = new SeededRandom(seed, "faults");
            var manners = Enumerable.Range(0, random.Between(0, 6)).Select(_ => Fault(random)).ToArray();
            var name = $"file-{seed}-{random.Next(int.MaxValue)}";
            return Task.Run(async () =>
            {
                await using var server = await ServerAsync(manners);
                var digest = await FetchAsync(server, random.Chance(0.5) ? Known(content) : new DownloadFile("file.bin"), Path.Combine(folder.Path, name));
                return digest == Digest(content) && (await File.ReadAllBytesAsync(Path.Combine(folder.Path, name))).SequenceEqual(content);
            }).GetAwaiter().GetResult();
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(40));

    private static Manner Fault(SeededRandom random) => random.Next(4) switch
    {
        0 => FileServer.Cut(random.Between(0, 300_000)),
        1 => FileServer.IgnoreRange,
        2 => FileServer.Status(random.Chance(0.5) ? 500 : 416),
        _ => FileServer.Cut(random.Between(200_000, 290_000)),
    };

    private static async Task<string> FetchAsync(FileServer server, DownloadFile file, string target)
    {
        // Faults that bring nothing may follow each other here.
        var patience = Short with { Waits = [.. Enumerable.Repeat(TimeSpan.Zero, 8)] };
        using var client = new SourceClient(patience, TimeProvider.System);
        return await new FileFetch(client, patience, new FetchDisplay(TextWriter.Null, false, TimeProvider.System), TimeProvider.System)
            .FetchAsync(new Uri(server.Address, "file.bin"), file, target, TestContext.Current.CancellationToken);
    }

    private async Task<string> FetchAsync(FileServer server, DownloadFile? file = null)
    {
        using var client = new SourceClient(Short, TimeProvider.System);
        return await new FileFetch(client, Short, new FetchDisplay(TextWriter.Null, false, TimeProvider.System), TimeProvider.System)
            .FetchAsync(new Uri(server.Address, "file.bin"), file ?? new DownloadFile("file.bin"), Target, TestContext.Current.CancellationToken);
    }

    private async Task<FileServer> ServerAsync(params Manner[] manners)
    {
        var server = await FileServer.StartAsync(manners);
        server.Files["file.bin"] = content;
        return server;
    }

    private Task<byte[]> ReadAsync() => File.ReadAllBytesAsync(Target, TestContext.Current.CancellationToken);

    private static DownloadFile Known(byte[] content) => new("file.bin", content.Length, Digest(content));

    private static long Start(string range) => long.Parse(range["bytes=".Length..^1]);

    private static string Digest(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));

    private static byte[] Bytes(int count, int seed)
    {
        var random = new SeededRandom(seed, "bytes");
        return [.. Enumerable.Range(0, count).Select(_ => (byte)random.Next(256))];
    }
}
