using YamlDotNet.RepresentationModel;

namespace DialogueMesh.Simulator.Voice;

/// <summary>What is said apart from the ontology's phrases: voice.yaml, by path ("user.thanks.Failed").</summary>
internal sealed class Phrasebook
{
    private readonly Dictionary<string, IReadOnlyList<string>> phrases = new(StringComparer.Ordinal);

    private Phrasebook(YamlNode root) => Collect("", root);

    public static Phrasebook Default { get; } = Load();

    /// <summary>The phrases at a path; empty when there are none.</summary>
    public IReadOnlyList<string> this[string path] => phrases.GetValueOrDefault(path) ?? [];

    private static Phrasebook Load()
    {
        using var stream = typeof(Phrasebook).Assembly.GetManifestResourceStream("voice.yaml")
            ?? throw new InvalidOperationException("voice.yaml is not embedded");
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
