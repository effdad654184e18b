using System.Globalization;
using YamlDotNet.RepresentationModel;

namespace DialogueMesh.Scenario.Ontology;

/// <summary>regions/&lt;region&gt;.yaml.</summary>
internal static class RegionReader
{
    private const int OneDay = 24 * 60;

    private static readonly string[] Fields = ["region", "country", "currency", "phone"];

    public static Region Read(string path)
    {
        var file = YamlFile.Load(path);
        var currency = file.Map(file.Required(file.Root, "currency"));
        var format = file.Text(currency, "format");
        var (name, country) = (file.Text(file.Root, "region"), file.Text(file.Root, "country"));
        var lists = file.Entries(file.Root).Where(entry => !Fields.Contains(entry.Key))
            .ToDictionary(entry => entry.Key, entry => ReadList(file, entry.Value), StringComparer.Ordinal);
        return new Region
        {
            Name = name,
            Country = country,
            Currency = new Currency(
                IsFormat(format) ? format : throw file.Fault(currency, "the format needs {0} for the amount, and no other braces"),
                file.Amount(file.Required(currency, "per_dollar")),
                YamlFile.Optional(currency, "level") is { } level ? file.Amount(level) : 1,
                Math.Max(1, file.Integer(file.Required(currency, "round")))),
            PhonePattern = file.Text(file.Root, "phone"),
            Lists = lists,
            Flights = ReadFlights(file, lists),
            Roads = With("road", lists).DistinctBy(item => item.Name).ToDictionary(item => item.Name, item => Whole(file, item, "road", 1), StringComparer.Ordinal),
        };
    }

    private static bool IsFormat(string format) =>
        format.Split("{0}") is { Length: > 1 } around && Array.TrueForAll(around, part => part.AsSpan().IndexOfAny('{', '}') < 0);

    private static IReadOnlyList<NamedItem> ReadList(YamlFile file, YamlNode node)
    {
        var items = file.Sequence(node).Select(item => ReadItem(file, item)).ToList();
        return items.Count > 0 ? items : throw file.Fault(node, "the list is empty");
    }

    private static Dictionary<string, Flight> ReadFlights(YamlFile file, Dictionary<string, IReadOnlyList<NamedItem>> lists)
    {
        var flights = new Dictionary<string, Flight>(StringComparer.Ordinal);
        foreach (var item in With("flight", lists))
        {
            flights[item.Name] = new Flight(Whole(file, item, "flight", 0), Whole(file, item, "ahead", -OneDay));
        }

        return flights;
    }

    private static IEnumerable<NamedItem> With(string attribute, Dictionary<string, IReadOnlyList<NamedItem>> lists) =>
        lists.Values.SelectMany(list => list).Where(item => item.Attributes.ContainsKey(attribute));

    private static int Whole(YamlFile file, NamedItem item, string attribute, int least) =>
        !item.Attributes.TryGetValue(attribute, out var text) ? 0
        : int.TryParse(text, CultureInfo.InvariantCulture, out var minutes) && minutes >= least && minutes <= OneDay ? minutes
        : throw file.Fault(file.Root, $"'{attribute}' of '{item.Name}' is '{text}', not minutes from {least} to {OneDay}");

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
