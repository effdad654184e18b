using System.Globalization;
using DialogueMesh.Cli.Display;

namespace DialogueMesh.Cli.Fetching;

/// <summary>How far a download is: a line that is redrawn on a terminal, a line now and then elsewhere.</summary>
internal sealed class FetchDisplay(TextWriter output, bool isLive, TimeProvider time)
{
    private static readonly TimeSpan Redraw = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    private string file = "";
    private long started;
    private long shown;
    private long? first;
    private int width;

    /// <summary>Another file begins.</summary>
    public void Begin(string name)
    {
        (file, first) = (name, null);
        started = shown = time.GetTimestamp();
    }

    /// <summary>So much of it has arrived.</summary>
    public void Arrived(long count, long? total, string unit = "bytes")
    {
        first ??= count;
        if (time.GetElapsedTime(shown) < (isLive ? Redraw : Interval))
        {
            return;
        }

        shown = time.GetTimestamp();
        var seconds = time.GetElapsedTime(started).TotalSeconds;
        var rate = seconds > 0 ? (count - first.Value) / seconds : 0;
        var line = unit == "bytes"
            ? $"  {file}: {Figures.Bytes(count)}{(total is { } whole ? $" of {Figures.Bytes(whole)}" : "")}, {Figures.Bytes((long)rate)}/s"
            : string.Create(CultureInfo.InvariantCulture, $"  {file}: {count:N0}{(total is { } all ? $" of {all:N0}" : "")} {unit}, {rate:0} {unit}/s");
        if (isLive)
        {
            output.Write($"\r{line.PadRight(width)}");
            width = line.Length;
        }
        else
        {
            output.WriteLine(line);
        }
    }

    /// <summary>A line that stays.</summary>
    public void Say(string line)
    {
        output.WriteLine(width > 0 ? $"\r{line.PadRight(width)}" : line);
        width = 0;
    }
}
