namespace DialogueMesh.Simulator;

/// <summary>
/// Where the simulator's words come from. It must depend on the prompt alone. What it throws becomes a 400 with its message:
/// the same prompt would fail again, so there is nothing to retry.
/// </summary>
public delegate string ChatReply(ChatPrompt prompt);

/// <summary>What a chat completion asks for; <see cref="RequestHash"/> is 64 lower-case hexadecimal digits.</summary>
public sealed record ChatPrompt(
    string Model, string System, string User, string? SchemaName, long Seed, double Temperature, string RequestHash);
