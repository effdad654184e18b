using DialogueMesh.Contracts.Blueprints;

namespace DialogueMesh.Simulator.Voice;

/// <summary>Reads an act as the outline prompt writes it: "ACT service", "ACT service-slot", "ACT service-slot=value".</summary>
internal static class ActLine
{
    public static PlannedAct Parse(string line)
    {
        var blank = line.IndexOf(' ', StringComparison.Ordinal);
        if (blank <= 0)
        {
            throw new FormatException($"'{line}' is no dialogue act");
        }

        var rest = line[(blank + 1)..];
        var equals = rest.IndexOf('=', StringComparison.Ordinal);
        var name = equals < 0 ? rest : rest[..equals];
        var dash = name.IndexOf('-', StringComparison.Ordinal);
        return new PlannedAct
        {
            Act = line[..blank],
            Service = dash < 0 ? name : name[..dash],
            Slot = dash < 0 ? null : name[(dash + 1)..],
            Value = equals < 0 ? null : rest[(equals + 1)..],
        };
    }
}
