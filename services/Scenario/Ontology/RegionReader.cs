using YamlDotNet.RepresentationModel;

namespace DialogueMesh.Scenario.Ontology;

/// <summary>regions/&lt;region&gt;.yaml.</summary>
internal static class RegionReader
{
    private static readonly string[] Fields = ["region", "country", "currency", "phone"];

    public static Region Read(string path)
    {
        var file = YamlFile.Load(path);
        var currency = file.Map(file.Required(file.Root, "currency"));
        var format = file.Text(currency, "format");
        return new Region
        {
            Name = file.Text(file.Root, "region"),
            Country = file.Text(file.Root, "country"),
            Currency = new Currency(
                IsFormat(format) ? format : throw file.Fault(currency, "the format needs {0} for the amount, and no other braces"),
                file.Amount(file.Required(currency, "per_dollar")),
                Math.Max(1, file.Integer(file.Required(currency, "round")))),
            PhonePattern = file.Text(file.Root, "phone"),
            Lists = file.Entries(file.Root).Where(entry => !Fields.Contains(entry.Key))
                .ToDictionary(entry => entry.Key, entry => ReadList(file, entry.Value), StringComparer.Ordinal),
        };
    }

    private static bool IsFormat(string format) =>
        format.Split("{0}") is { Length: > 1 } around && Array.TrueForAll(around, part => part.AsSpan().IndexOfAny('{', '}') < 0);

    private static IReadOnlyList<NamedItem> ReadList(YamlFile file, YamlNode node)
    {
        var items = file.Sequence(node).Select(item => ReadItem(file, item)).ToList();
        return items.Count > 0 ? items : throw file.Fault(node, "the list is empty");
    }

    private static NamedItem ReadItem(YamlFile file, YamlNode node)
    {
        if (node is YamlScalarNode)
        {
            return new NamedItem(file.Text(node), new Dictionary<string, string>());
        }

        var map = file.Map(node);
        return new NamedItem(
            file.Text(map, "name"),
            file.Entries(map).Where(entry => entry.Key != "name")
                .ToDictionary(entry => entry.Key, entry => file.Text(entry.Value), StringComparer.Ordinal));
    }
}
