using DialogueMesh.Llm.Caching;
using DialogueMesh.Llm.Sqlite;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Xunit;

namespace DialogueMesh.Tests.Llm.Caching;

public sealed class SqliteResponseCacheTests : ResponseCacheContract, IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("dialoguemesh-cache-");
    private readonly CapturedLog log = new();

    private string File => Path.Combine(folder.FullName, "deeper", "responses.db");

    protected override IResponseCache Open() =>
        new SqliteResponseCache(File, LoggerFactory.Create(logging => logging.AddProvider(log)).CreateLogger<SqliteResponseCache>());

    public void Dispose()
    {
        log.Dispose();
        folder.Delete(recursive: true);
    }

    [Fact]
    public void Open_NewFile_IsTheUsersAlone()
    {
        Open().Dispose();

        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, System.IO.File.GetUnixFileMode(File));
        }
    }

    [Fact]
    public async Task Open_FileIsNoDatabase_IsLeftAloneAndToldOnce()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(File)!);
        await System.IO.File.WriteAllTextAsync(File, new string('x', 5000), Ct);
        using (var cache = Open())
        {
            cache.Store(Key(1), Answer("a"));
            Assert.Null(await cache.FindAsync(Key(1), Ct));
        }

        Assert.Equal(new string('x', 5000), await System.IO.File.ReadAllTextAsync(File, Ct));
        Assert.Contains("cannot be used", Assert.Single(log.Lines).Text);
    }

    [Fact]
    public void Open_FolderIsAFile_GoesOnWithout()
    {
        System.IO.File.WriteAllText(Path.GetDirectoryName(File)!, "");

        Open().Dispose();

        Assert.Single(log.Lines);
    }

    [Fact]
    public async Task Find_RowChangedOnDisk_IsAMissAndMendedByTheNextStore()
    {
        using (var cache = Open())
        {
            cache.Store(Key(1), Answer("right"));
            cache.Store(Key(2), Answer("other"));
        }

        Sql("UPDATE answers SET body = (SELECT body FROM answers WHERE key = '" + Key(2) + "') WHERE key = '" + Key(1) + "'");
        using (var cache = Open())
        {
            Assert.Null(await cache.FindAsync(Key(1), Ct));
            cache.Store(Key(1), Answer("right"));
        }

        using var after = Open();
        AssertSame(Answer("right"), await after.FindAsync(Key(1), Ct));
    }

    [Fact]
    public async Task Find_PagesOverwritten_NeverGivesAWrongAnswer()
    {
        using (var cache = Open())
        {
            for (var i = 0; i < 300; i++)
            {
                cache.Store(Key(i), Answer($"{i} {Convert.ToHexString(System.Security.Cryptography.SHA256.HashData([(byte)i]))}"));
            }
        }

        var bytes = await System.IO.File.ReadAllBytesAsync(File, Ct);
        for (var at = 6000; at < bytes.Length; at += 997)
        {
            bytes[at] ^= 0x55;
        }

        await System.IO.File.WriteAllBytesAsync(File, bytes, Ct);
        using var broken = Open();
        for (var i = 0; i < 300; i++)
        {
            var found = await broken.FindAsync(Key(i), Ct);
            Assert.True(found is null || found.Text.StartsWith($"{i} ", StringComparison.Ordinal));
        }

        Assert.InRange(log.Lines.Count, 0, 1);
    }

    /// <summary>As on a full disk: what is there is still found.</summary>
    [Fact]
    public async Task Store_WritingFails_IsToldOnceAndReadingGoesOn()
    {
        using (var cache = Open())
        {
            cache.Store(Key(1), Answer("a"));
        }

        Sql("CREATE TRIGGER full BEFORE INSERT ON answers BEGIN SELECT RAISE(FAIL, 'database or disk is full'); END");
        using (var cache = Open())
        {
            cache.Store(Key(2), Answer("b"));
            cache.Store(Key(3), Answer("c"));
            AssertSame(Answer("a"), await cache.FindAsync(Key(1), Ct));
        }

        Assert.Contains("database or disk is full", Assert.Single(log.Lines).Text);
    }

    [Fact]
    public async Task Open_OtherVersion_IsNotTouched()
    {
        Open().Dispose();
        Sql("PRAGMA user_version = 9");

        using var cache = Open();

        Assert.Null(await cache.FindAsync(Key(1), Ct));
        Assert.Contains("of version 9", Assert.Single(log.Lines).Text);
    }

    [Fact]
    public void Prune_ByAge_RemovesTheOlderAndCounts()
    {
        using (var cache = Open())
        {
            cache.Store(Key(1), Answer("old") with { Cost = 0.5m });
            cache.Store(Key(2), Answer("new") with { At = Answer("").At.AddDays(9), Cost = 0.25m });
        }

        var both = Assert.Single(CacheFile.Content(File));
        Assert.Equal((2, 0.75m, Answer("").At), (both.Answers, both.Cost, both.Oldest));
        Assert.Equal(1, CacheFile.Prune(File, Answer("").At.AddDays(1)));
        Assert.Equal((1, 0.25m), (Assert.Single(CacheFile.Content(File)).Answers, CacheFile.Content(File)[0].Cost));
    }

    private void Sql(string text)
    {
        using var connection = new SqliteConnection($"Data Source={File};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = text;
        command.ExecuteNonQuery();
    }
}
