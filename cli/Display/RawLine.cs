using Spectre.Console.Rendering;

namespace DialogueMesh.Cli.Display;

/// <summary>
/// A line that the terminal itself wraps, so that a path stays one word for who copies it. What a picture left behind it on
/// its row is erased.
/// </summary>
internal sealed class RawLine(string text) : Renderable
{
    private const string EraseToEndOfLine = "\u001b[K";

    protected override IEnumerable<Segment> Render(RenderOptions options, int maxWidth) =>
        options.Ansi
            ? [new Segment(text), Segment.Control(EraseToEndOfLine), Segment.LineBreak]
            : [new Segment(text), Segment.LineBreak];
}
