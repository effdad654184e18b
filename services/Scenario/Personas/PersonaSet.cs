using DialogueMesh.Contracts.Dialogues;
using DialogueMesh.Contracts.Runs;

namespace DialogueMesh.Scenario.Personas;

/// <summary>The personas of a file, at least one, in its order, and their groups.</summary>
public sealed class PersonaSet
{
    private readonly IReadOnlyList<Persona>[] clusters;
    private readonly IReadOnlyList<Persona>[] labels;

    /// <param name="personas">At least one.</param>
    /// <param name="sha256">Of the file's bytes, lower-case hexadecimal.</param>
    /// <param name="skipped">Rows of the file without a persona's text.</param>
    public PersonaSet(IReadOnlyList<Persona> personas, string sha256, int skipped)
    {
        ArgumentOutOfRangeException.ThrowIfZero(personas.Count);
        Personas = personas;
        Sha256 = sha256;
        Skipped = skipped;
        clusters = [.. personas
            .Where(p => p.ClusterLabel >= 0)
            .GroupBy(p => p.ClusterLabel)
            .OrderBy(g => g.Key)
            .Select(g => (IReadOnlyList<Persona>)[.. g])];
        labels = [.. personas
            .SelectMany(p => p.SummaryLabels.Distinct(StringComparer.Ordinal).Select(label => (label, p)))
            .GroupBy(e => e.label, e => e.p, StringComparer.Ordinal)
            .OrderBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => (IReadOnlyList<Persona>)[.. g])];
    }

    public IReadOnlyList<Persona> Personas { get; }

    public string Sha256 { get; }

    public int Skipped { get; }

    /// <summary>
    /// The group number modulo the groups (clusters ascending without noise; summary labels in ordinal order), and in it the
    /// persona that the rest of the number names. All personas are one group where none has such a label.
    /// </summary>
    public Persona Draw(PersonaDraw draw)
    {
        var groups = draw.By == PersonaGrouping.Cluster ? clusters : labels;
        if (groups.Length == 0)
        {
            return Personas[(int)(draw.Number % (ulong)Personas.Count)];
        }

        var (rest, group) = Math.DivRem(draw.Number, (ulong)groups.Length);
        var members = groups[group];
        return members[(int)(rest % (ulong)members.Count)];
    }
}
