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

    public sealed record TimeAfter(string Slot, int MinMinutes, int MaxMinutes) : ValueSource;

    public sealed record MinutesBetween(string From, string To) : ValueSource;

    /// <param name="Min">US dollars.</param>
    /// <param name="Max">US dollars.</param>
    public sealed record Money(decimal Min, decimal Max) : ValueSource;

    /// <param name="Pattern">"?" a letter, "#" a digit, anything else itself.</param>
    public sealed record Code(string Pattern) : ValueSource;

    public sealed record Phone : ValueSource;

    public sealed record Address : ValueSource;

    public sealed record Person : ValueSource;

    public sealed record Date : ValueSource;

    public sealed record Day : ValueSource;

    /// <param name="Values">Service (or "other") to values.</param>
    public sealed record BySubject(IReadOnlyDictionary<string, IReadOnlyList<string>> Values) : ValueSource;
}
