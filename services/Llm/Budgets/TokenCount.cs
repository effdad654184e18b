namespace DialogueMesh.Llm.Budgets;

/// <summary>Tokens of a prompt and of its answer.</summary>
public readonly record struct TokenCount(long Input, long Output)
{
    public long Total => Input + Output;

    public static TokenCount operator +(TokenCount one, TokenCount other) => new(one.Input + other.Input, one.Output + other.Output);

    public static TokenCount operator -(TokenCount one, TokenCount other) => new(one.Input - other.Input, one.Output - other.Output);
}
