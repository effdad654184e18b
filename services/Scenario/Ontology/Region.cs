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
}

/// <summary>A name, with attributes that the region's file fixes (an attraction's type).</summary>
public sealed record NamedItem(string Name, IReadOnlyDictionary<string, string> Attributes);

/// <param name="Format">A composite format with {0} for the amount.</param>
/// <param name="PerDollar">Units per US dollar.</param>
/// <param name="Round">Amounts are multiples of this.</param>
public sealed record Currency(string Format, decimal PerDollar, int Round);
