namespace DialogueMesh.Scenario.Ontology;

/// <summary>How the values of a slot come about (docs/ontology.md, "Values").</summary>
public abstract record ValueSource
{
    private ValueSource()
    {
    }

    public sealed record OneOf(IReadOnlyList<string> Values) : ValueSource;

    public sealed record FromRegion(string List) : ValueSource;

    public sealed record Number(int Min, int Max, int Step) : ValueSource;

    public sealed record TimeOfDay(TimeOnly Min, TimeOnly Max) : ValueSource;

    /// <param name="Flight">Where it is a landing: the route, which tells more than the minutes do; null for other times.</param>
    /// <param name="Road">Where it is the end of a journey over land; null for other times.</param>
    public sealed record TimeAfter(string Slot, int MinMinutes, int MaxMinutes, Route? Flight, Overland? Road) : ValueSource;

    public sealed record MinutesBetween(string From, string To) : ValueSource;

    /// <param name="Min">US dollars, before the region's price level.</param>
    /// <param name="Max">US dollars, before the region's price level.</param>
    /// <param name="Fare">Where it is an air fare: what takes the range's place on a known route; null for other prices.</param>
    public sealed record Money(decimal Min, decimal Max, HourlyFare? Fare) : ValueSource;

    /// <param name="Pattern">"?" a letter, "#" a digit, anything else itself.</param>
    public sealed record Code(string Pattern) : ValueSource;

    public sealed record Phone : ValueSource;

    public sealed record Address : ValueSource;

    /// <param name="Guest">Whether it is the user's side, who may come from elsewhere.</param>
    public sealed record Person(bool Guest) : ValueSource;

    public sealed record Date : ValueSource;

    public sealed record Day : ValueSource;

    /// <summary>The region's own name, where a journey leads to it.</summary>
    public sealed record Here : ValueSource;

    /// <param name="Values">Service (or "other") to values.</param>
    public sealed record BySubject(IReadOnlyDictionary<string, IReadOnlyList<string>> Values) : ValueSource;
}

/// <summary>The slots of the same service that name the two ends of a journey.</summary>
public sealed record Route(string From, string To);

/// <summary>A journey that takes from so many to so many percent of the time by car.</summary>
public sealed record Overland(Route Route, int MinPercent, int MaxPercent);

/// <summary>An air fare in US dollars for an hour of flight.</summary>
public sealed record HourlyFare(decimal Min, decimal Max, Route Route);
