using YamlDotNet.RepresentationModel;

namespace DialogueMesh.Simulator.Voice.Phrases;

/// <summary>Lists of phrases by path ("user.thanks.Failed"), from an embedded file.</summary>
internal sealed class Phrasebook
{
    private readonly Dictionary<string, IReadOnlyList<string>> phrases = new(StringComparer.Ordinal);

    private Phrasebook(YamlNode root) => Collect("", root);

    /// <summary>What is said apart from the ontology's phrases.</summary>
    public static Phrasebook Default { get; } = Load("voice.yaml");

    /// <summary>The phrases at a path; empty when there are none.</summary>
    public IReadOnlyList<string> this[string path] => phrases.GetValueOrDefault(path) ?? [];

    /// <summary>The names right below a path.</summary>
    public IEnumerable<string> Sections(string path) => phrases.Keys
        .Where(key => key.StartsWith(path + ".", StringComparison.Ordinal)).Select(key => key[(path.Length + 1)..].Split('.')[0]).Distinct(StringComparer.Ordinal);

    public static Phrasebook Load(string file)
    {
        using var stream = typeof(Phrasebook).Assembly.GetManifestResourceStream(file)
            ?? throw new InvalidOperationException($"{file} is not embedded");
        using var reader = new StreamReader(stream);
        var yaml = new YamlStream();
        yaml.Load(reader);
        return new Phrasebook(yaml.Documents[0].RootNode);
    }

    private void Collect(string path, YamlNode node)
    {
        if (node is YamlSequenceNode list)
        {
            phrases.Add(path, [.. list.Select(item => ((YamlScalarNode)item).Value!)]);
            return;
        }

        foreach (var (key, child) in ((YamlMappingNode)node).Children)
        {
            var name = ((YamlScalarNode)key).Value!;
            Collect(path.Length == 0 ? name : $"{path}.{name}", child);
        }
    }
}
