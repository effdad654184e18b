namespace DialogueMesh.Scenario.Outlines.Expansions;

/// <summary>
/// The expansions that an outline may have, which of them are chosen, and which the layout in the making has asked about: a
/// layout depends on the others in no way.
/// </summary>
internal sealed class ExpansionSet
{
    private readonly Dictionary<Expansion, int> places = [];
    private readonly bool[] chosen;
    private readonly bool[] asked;

    public ExpansionSet(IReadOnlyList<Expansion> all)
    {
        for (var i = 0; i < all.Count; i++)
        {
            // A grammar with two offers lists theirs twice.
            places.TryAdd(all[i], i);
        }

        chosen = new bool[all.Count];
        asked = new bool[all.Count];
    }

    /// <summary>Whether an expansion is chosen; asked by layouts.</summary>
    public bool Has(Expansion expansion)
    {
        if (!places.TryGetValue(expansion, out var place))
        {
            return false;
        }

        asked[place] = true;
        return chosen[place];
    }

    public int PlaceOf(Expansion expansion) => places[expansion];

    public bool IsChosen(int place) => chosen[place];

    public void Choose(int place, bool value) => chosen[place] = value;

    /// <summary>Begins a layout: nothing has been asked yet.</summary>
    public void Forget() => Array.Clear(asked);

    /// <summary>What has been asked about since, by place.</summary>
    public bool[] Asked() => [.. asked];
}
