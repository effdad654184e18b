namespace DialogueMesh.Simulator;

/// <summary>
/// Where the simulator's words come from. It must depend on the prompt alone. What it throws becomes a 400 with its message:
/// the same prompt would fail again, so there is nothing to retry.
/// </summary>
public delegate string ChatReply(ChatPrompt prompt);

/// <summary>What a chat completion asks for; <see cref="RequestHash"/> is 64 lower-case hexadecimal digits.</summary>
public sealed record ChatPrompt(
    string Model, string System, string User, string? SchemaName, long Seed, double Temperature, string RequestHash)
{
    /// <summary>The last message that is the user's own.</summary>
    public string Question { get; init; } = User;

    /// <summary>The JSON schema that the answer must be of.</summary>
    public string? Schema { get; init; }

    /// <summary>Whether the answer must be JSON of no given schema.</summary>
    public bool Json { get; init; }

    /// <summary>Whether the answer is to leave out the values that it should say: a fault on purpose.</summary>
    public bool Vague { get; init; }
}
