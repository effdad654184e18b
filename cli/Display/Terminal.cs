using Spectre.Console;

namespace DialogueMesh.Cli.Display;

/// <summary>The console as this process has it.</summary>
/// <param name="console">Standard output.</param>
/// <param name="error">Standard error.</param>
/// <param name="isLive">Output can be redrawn: it is a terminal, not a file.</param>
/// <param name="sharesScreen">Error lines appear on that same terminal.</param>
internal sealed class Terminal(IAnsiConsole console, TextWriter error, bool isLive, bool sharesScreen)
{
    // Output that is not a terminal has no width; wrapped paths and lines are of no use to whoever reads it.
    private const int WidthOfFiles = 1000;

    public IAnsiConsole Console => console;

    public bool IsLive => isLive;

    public static Terminal Create() => Create(
        System.Console.Out, System.Console.Error, System.Console.IsOutputRedirected, System.Console.IsErrorRedirected);

    internal static Terminal Create(TextWriter output, TextWriter error, bool isOutputRedirected, bool isErrorRedirected)
    {
        // Spectre judges by TERM alone, and would write escape sequences into files.
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(output),
            Ansi = isOutputRedirected ? AnsiSupport.No : AnsiSupport.Detect,
            ColorSystem = isOutputRedirected ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
        });
        var isLive = !isOutputRedirected && console.Profile.Capabilities is { Ansi: true, Interactive: true };
        if (isOutputRedirected)
        {
            console.Profile.Width = WidthOfFiles;
        }

        return new Terminal(console, error, isLive, isLive && !isErrorRedirected);
    }

    /// <summary>A console that writes there; without colours, and without a width where that is no terminal.</summary>
    public static IAnsiConsole For(TextWriter output)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Out = new AnsiConsoleOutput(output),
        });
        if (System.Console.IsOutputRedirected || output != System.Console.Out)
        {
            console.Profile.Width = WidthOfFiles;
        }

        return console;
    }

    /// <summary>A line of the log: above what is redrawn, where both are on one screen. From any thread.</summary>
    public void WriteLogLine(string line)
    {
        if (sharesScreen)
        {
            console.Write(new RawLine(line));
        }
        else
        {
            error.WriteLine(line);
        }
    }
}
