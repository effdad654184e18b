using DialogueMesh.ServiceDefaults.Logging;
using DialogueMesh.Tests.Cli;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace DialogueMesh.Tests.ServiceDefaults;

public sealed class LoggingTests : IDisposable
{
    private const string Canary = "sk-canary+0123";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("logging");
    private readonly ManualTime time = new();

    private string LogFile => Path.Combine(folder.FullName, "logs", "run.log");

    public void Dispose() => folder.Delete(recursive: true);

    [Theory]
    [InlineData(LogLevel.Trace, "DEBUG")]
    [InlineData(LogLevel.Debug, "DEBUG")]
    [InlineData(LogLevel.Information, "INFO")]
    [InlineData(LogLevel.Warning, "WARNING")]
    [InlineData(LogLevel.Error, "ERROR")]
    [InlineData(LogLevel.Critical, "CRITICAL")]
    public void File_EachLevel_HasItsFormInLocalTime(LogLevel level, string name)
    {
        using (var log = new FileLoggerProvider(LogFile, time, Redaction.None))
        {
            log.Write(level, "corpus loaded: 24 dialogues", null);
        }

        Assert.Equal($"2026-01-31 14:00:00 [{name}] corpus loaded: 24 dialogues\n", File.ReadAllText(LogFile));
    }

    [Fact]
    public void File_OpenedAgain_Appends()
    {
        foreach (var message in new[] { "first", "second" })
        {
            using var log = new FileLoggerProvider(LogFile, time, Redaction.None);
            log.Write(LogLevel.Information, message, null);
        }

        Assert.Equal(["first", "second"], File.ReadAllLines(LogFile).Select(line => line.Split(' ')[^1]));
    }

    [Fact]
    public void File_MessageWithLineEndsAndEscapes_StaysOneLine()
    {
        using (var log = new FileLoggerProvider(LogFile, time, Redaction.None))
        {
            log.Write(LogLevel.Information, "said \"a\nb\"\r\u001b[31m é 🏨", null);
        }

        Assert.Equal("2026-01-31 14:00:00 [INFO] said \"a\\nb\"\\r\\u001b[31m é 🏨", Assert.Single(File.ReadAllLines(LogFile)));
    }

    [Fact]
    public void File_Exception_FollowsIndented()
    {
        using (var log = new FileLoggerProvider(LogFile, time, Redaction.None))
        {
            log.Write(LogLevel.Error, "dialogue r-1 failed", new InvalidOperationException("two\nlines"));
        }

        Assert.Equal(
            ["2026-01-31 14:00:00 [ERROR] dialogue r-1 failed", "    System.InvalidOperationException: two", "    lines"],
            File.ReadAllLines(LogFile));
    }

    [Fact]
    public async Task File_ManyThreads_LosesAndMixesNothing()
    {
        using (var log = new FileLoggerProvider(LogFile, time, Redaction.None))
        {
            await Task.WhenAll(Enumerable.Range(0, 8).Select(thread => Task.Run(() =>
            {
                for (var i = 0; i < 500; i++)
                {
                    log.Write(LogLevel.Information, $"{thread}:{i}", null);
                }
            })));
        }

        var lines = await File.ReadAllLinesAsync(LogFile, TestContext.Current.CancellationToken);
        Assert.Equal(4000, lines.Length);
        foreach (var thread in lines.Select(line => line.Split(' ')[^1].Split(':')).GroupBy(parts => parts[0], parts => int.Parse(parts[1], null)))
        {
            Assert.Equal(Enumerable.Range(0, 500), thread);
        }
    }

    [Fact]
    public async Task File_WhileOpen_CanBeReadUpToTheLastLine()
    {
        using var log = new FileLoggerProvider(LogFile, time, Redaction.None);
        log.Write(LogLevel.Information, "now", null);

        for (var attempt = 0; attempt < 500 && new FileInfo(LogFile).Length == 0; attempt++)
        {
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }

        Assert.True(new FileInfo(LogFile).Length > 0);
    }

    [Fact]
    public void File_DiskFull_TellsOnceAndGoesOn()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "there is no /dev/full here");
        List<string> faults = [];

        using (var log = new FileLoggerProvider("/dev/full", time, Redaction.None, faults.Add))
        {
            log.Write(LogLevel.Information, "a", null);
            log.Write(LogLevel.Information, "b", null);
        }

        Assert.StartsWith("the log cannot be written any more: ", Assert.Single(faults));
    }

    [Theory]
    [InlineData("key sk-canary+0123 refused", "key *** refused")]
    [InlineData("?key=sk-canary%2B0123&x", "?key=***&x")]
    [InlineData("sk-canary+0123sk-canary+0123", "******")]
    [InlineData("nothing here", "nothing here")]
    public void Redaction_KnownSecret_IsMasked(string text, string expected) =>
        Assert.Equal(expected, new Redaction(Canary, null, "").Apply(text));

    [Fact]
    public void Redaction_SecretWithinAnother_LeavesNothingOfTheLonger() =>
        Assert.Equal("***", new Redaction("abc", "abcdef").Apply("abcdef"));

    [Fact]
    public void RunLog_KeyInMessageAndException_IsNeverWritten()
    {
        List<string> console = [];
        Log(console, logger => logger.LogError(new InvalidOperationException($"Bearer {Canary}"), "refused: {Key}", Canary), "DialogueMesh.Llm");

        Assert.Equal("2026-01-31 14:00:00 [ERROR] refused: *** (InvalidOperationException: Bearer ***)", Assert.Single(console));
        Assert.Contains("InvalidOperationException: Bearer ***", File.ReadAllText(LogFile));
        Assert.DoesNotContain("canary", File.ReadAllText(LogFile));
        Assert.DoesNotContain(Canary, $"{new Redaction(Canary)}");
    }

    [Theory]
    [InlineData("DialogueMesh.Dataset", LogLevel.Information, true)]
    [InlineData("DialogueMesh.Dataset", LogLevel.Debug, false)]
    [InlineData("MassTransit", LogLevel.Information, false)]
    [InlineData("MassTransit", LogLevel.Warning, true)]
    public void RunLog_CategoryAndLevel_DecideWhatIsWritten(string category, LogLevel level, bool written)
    {
        List<string> console = [];
        Log(console, logger => logger.Log(level, "message"), category);

        Assert.Equal(written ? 1 : 0, console.Count);
        Assert.Equal(written ? 1 : 0, File.ReadAllLines(LogFile).Length);
    }

    [Fact]
    public void RunLog_FileLevelDebug_WritesDebugToTheFileOnly()
    {
        List<string> console = [];
        Log(console, logger => logger.LogDebug("accepted"), "DialogueMesh.Dataset", LogLevel.Debug);

        Assert.Empty(console);
        Assert.EndsWith("[DEBUG] accepted", Assert.Single(File.ReadAllLines(LogFile)));
    }

    private void Log(List<string> console, Action<ILogger> write, string category, LogLevel fileLevel = LogLevel.Information)
    {
        using var services = new ServiceCollection()
            .AddLogging(logging => logging.AddRunLog(new RunLogOptions
            {
                File = LogFile,
                WriteConsoleLine = console.Add,
                Time = time,
                Redaction = new Redaction(Canary),
                FileLevel = fileLevel,
            }))
            .BuildServiceProvider();
        write(services.GetRequiredService<ILoggerFactory>().CreateLogger(category));
    }
}
