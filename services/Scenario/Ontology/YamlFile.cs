using DialogueMesh.Contracts;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace DialogueMesh.Scenario.Ontology;

/// <summary>A YAML file whose faults are told with file, line and column.</summary>
internal sealed class YamlFile
{
    private readonly string path;

    private YamlFile(string path, YamlMappingNode root)
    {
        this.path = path;
        Root = root;
    }

    public YamlMappingNode Root { get; }

    public static YamlFile Load(string path)
    {
        var stream = new YamlStream();
        using var reader = File.OpenText(path);
        var parser = new Parser(reader);
        try
        {
            stream.Load(parser);
        }
        catch (YamlException fault)
        {
            throw new InputException($"{path}({fault.Start.Line},{fault.Start.Column}): not valid YAML: {fault.Message.ReplaceLineEndings(" ")}");
        }
        catch (Exception fault) when (fault is InvalidOperationException or ArgumentException)
        {
            // YamlDotNet's scanner gives up so where a list or map in brackets is left open.
            var place = parser.Current?.End ?? Mark.Empty;
            throw new InputException($"{path}({place.Line},{place.Column}): not valid YAML from here on");
        }
        catch (InvalidOperationException fault)
        {
            // What the parser says of a bracket that is never closed.
            throw new InputException($"{path}: not valid YAML: something that was opened is not closed", fault);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{path}: cannot be read: {fault.Message}", fault);
        }

        return stream.Documents is [{ RootNode: YamlMappingNode root }, ..]
            ? new YamlFile(path, root)
            : throw new InputException($"{path}(1,1): expected keys and values at the top of the file");
    }

    public InputException Fault(YamlNode node, string problem) => new($"{Place(node)}: {problem}");

    /// <summary>"file(line,column)".</summary>
    public string Place(YamlNode node) => $"{path}({node.Start.Line},{node.Start.Column})";

    public YamlNode Required(YamlMappingNode map, string key) =>
        Optional(map, key) ?? throw Fault(map, $"'{key}' is missing");

    public static YamlNode? Optional(YamlMappingNode map, string key) =>
        map.Children.TryGetValue(new YamlScalarNode(key), out var node) ? node : null;

    public string Text(YamlNode node) =>
        node is YamlScalarNode { Value: { Length: > 0 } value } ? value : throw Fault(node, "expected text");

    public string Text(YamlMappingNode map, string key) => Text(Required(map, key));

    public string? OptionalText(YamlMappingNode map, string key) =>
        Optional(map, key) is { } node ? Text(node) : null;

    public YamlMappingNode Map(YamlNode node) =>
        node as YamlMappingNode ?? throw Fault(node, "expected keys and values");

    public IReadOnlyList<YamlNode> Sequence(YamlNode node) =>
        node is YamlSequenceNode sequence ? [.. sequence.Children] : throw Fault(node, "expected a list");

    public IReadOnlyList<string> Texts(YamlNode node) => [.. Sequence(node).Select(Text)];

    /// <summary>At least one.</summary>
    public IReadOnlyList<string> SomeTexts(YamlNode node) => Texts(node) is { Count: > 0 } texts ? texts : throw Fault(node, "the list is empty");

    public IReadOnlyList<string> OptionalTexts(YamlMappingNode map, string key) =>
        Optional(map, key) is { } node ? Texts(node) : [];

    public IEnumerable<(string Key, YamlNode Value)> Entries(YamlNode node) =>
        Map(node).Children.Select(pair => (Text(pair.Key), pair.Value));

    public bool Flag(YamlNode node) =>
        Text(node) switch { "true" => true, "false" => false, var other => throw Fault(node, $"'{other}' is neither true nor false") };

    public int Integer(YamlNode node) =>
        int.TryParse(Text(node), System.Globalization.CultureInfo.InvariantCulture, out var value)
            ? value
            : throw Fault(node, $"'{Text(node)}' is not a whole number");

    public double Decimal(YamlNode node) =>
        double.TryParse(Text(node), System.Globalization.CultureInfo.InvariantCulture, out var value) && double.IsFinite(value)
            ? value
            : throw Fault(node, $"'{Text(node)}' is not a number");

    /// <summary>A number from 0 to a billion.</summary>
    public decimal Amount(YamlNode node) => Decimal(node) is var value and >= 0 and <= 1e9
        ? (decimal)value
        : throw Fault(node, $"'{Text(node)}' is not between 0 and a billion");

    public TimeOnly Time(YamlNode node) =>
        TimeOnly.TryParseExact(Text(node), "HH:mm", out var value)
            ? value
            : throw Fault(node, $"'{Text(node)}' is not a time (HH:mm)");

    public (YamlNode Low, YamlNode High) Pair(YamlNode node) =>
        Sequence(node) is [var low, var high] ? (low, high) : throw Fault(node, "expected two values: [low, high]");
}
