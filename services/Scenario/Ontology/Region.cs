namespace DialogueMesh.Scenario.Ontology;

/// <summary>What sounds local in one region.</summary>
public sealed record Region
{
    public required string Name { get; init; }

    public required string Country { get; init; }

    public required Currency Currency { get; init; }

    /// <summary>"#" stands for a digit.</summary>
    public required string PhonePattern { get; init; }

    /// <summary>Lists of names by their key ("areas", "hotels", …).</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<NamedItem>> Lists { get; init; }

    /// <summary>How far other cities are by air, by name.</summary>
    public required IReadOnlyDictionary<string, Flight> Flights { get; init; }

    /// <summary>How many minutes other cities are away by car, by name.</summary>
    public required IReadOnlyDictionary<string, int> Roads { get; init; }
}

/// <summary>A name, with attributes that the region's file fixes (an attraction's type).</summary>
public sealed record NamedItem(string Name, IReadOnlyDictionary<string, string> Attributes);

/// <param name="Format">A composite format with {0} for the amount.</param>
/// <param name="PerDollar">Units per US dollar.</param>
/// <param name="Level">What a dollar's worth of everyday things costs here, in dollars.</param>
/// <param name="Round">Amounts are multiples of this.</param>
public sealed record Currency(string Format, decimal PerDollar, decimal Level, int Round);

/// <param name="Minutes">In the air.</param>
/// <param name="Ahead">How many minutes the other city's clocks are ahead of the region's.</param>
public sealed record Flight(int Minutes, int Ahead);
