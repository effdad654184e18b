using DialogueMesh.Contracts.Runs;
using YamlDotNet.RepresentationModel;

namespace DialogueMesh.Scenario.Ontology;

/// <summary>plan.yaml: the dimensions of every plan.</summary>
/// <param name="TimeSlots">Name to [start, end); a slot that ends before it starts spans midnight.</param>
public sealed record PlanFile(
    IReadOnlyList<double> ServiceCounts,
    double GeneralShare,
    IReadOnlyDictionary<string, TimeSlot> TimeSlots,
    IReadOnlyList<Share> Resolutions,
    IReadOnlyList<string> UserEmotions,
    IReadOnlyList<string> AssistantEmotions,
    IReadOnlyList<ServiceCombination> Combinations)
{
    internal static PlanFile Read(string path)
    {
        var file = YamlFile.Load(path);
        var root = file.Root;
        return new PlanFile(
            [.. file.Sequence(file.Required(root, "service_counts")).Select(node => (double)file.Amount(node))],
            file.Decimal(file.Required(root, "general_share")) is var share and >= 0 and <= 1 ? share : throw file.Fault(root, "general_share is not between 0 and 1"),
            ReadTimeSlots(file, file.Required(root, "time_slots")),
            ReadResolutions(file, file.Required(root, "resolutions")),
            file.SomeTexts(file.Required(root, "user_emotions")),
            file.SomeTexts(file.Required(root, "assistant_emotions")),
            [.. file.Sequence(file.Required(root, "combinations")).Select(node => ReadCombination(file, node))]);
    }

    private static Dictionary<string, TimeSlot> ReadTimeSlots(YamlFile file, YamlNode node)
    {
        var slots = file.Entries(node).ToDictionary(entry => entry.Key, entry => ReadTimeSlot(file, entry.Value), StringComparer.Ordinal);
        return slots.Count > 0 ? slots : throw file.Fault(node, "the list is empty");
    }

    private static TimeSlot ReadTimeSlot(YamlFile file, YamlNode node)
    {
        var (start, end) = file.Pair(node);
        var slot = new TimeSlot(file.Time(start), file.Time(end));
        return slot.Minutes >= 5 ? slot : throw file.Fault(node, "the time slot is shorter than 5 minutes");
    }

    private static List<Share> ReadResolutions(YamlFile file, YamlNode node)
    {
        var shares = file.Entries(node).Select(entry => new Share(entry.Key, (double)file.Amount(entry.Value))).ToList();
        return shares.Sum(share => share.Weight) > 0 && shares.TrueForAll(share => share.Value is Contracts.Runs.Resolutions.Resolved or Contracts.Runs.Resolutions.Failed or Contracts.Runs.Resolutions.Escalated)
            ? shares
            : throw file.Fault(node, "resolutions are Resolved, Failed and Escalated, with shares that are not all 0");
    }

    private static ServiceCombination ReadCombination(YamlFile file, YamlNode node)
    {
        if (node is YamlScalarNode)
        {
            return new ServiceCombination(file.Text(node).Split('+'), 1);
        }

        return file.Entries(node).ToList() is [var (services, weight)]
            ? new ServiceCombination(services.Split('+'), (double)file.Amount(weight))
            : throw file.Fault(node, "a combination is services joined by '+', or these with a weight");
    }
}

/// <summary>A part of the day, [start, end), possibly over midnight.</summary>
public readonly record struct TimeSlot(TimeOnly Start, TimeOnly End)
{
    public int Minutes => (int)(End - Start).TotalMinutes;

    public bool Contains(TimeOnly time) => time.IsBetween(Start, End);
}
