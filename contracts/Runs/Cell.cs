namespace DialogueMesh.Contracts.Runs;

/// <summary>By which column of the persona file a persona is drawn.</summary>
public enum PersonaGrouping
{
    Cluster,
    SummaryLabel,
}

/// <summary>A draw that Scenario resolves against the persona file: a group, then a persona in it.</summary>
public sealed record PersonaDraw(PersonaGrouping By, ulong Number);

/// <summary>Sampling parameters of the model call; one that is null is not sent, and the server's default holds.</summary>
public sealed record Sampling(double? Temperature, double? TopP, double? FrequencyPenalty, double? PresencePenalty)
{
    /// <summary>Whether the request's seed is sent; it names the request all the same.</summary>
    public bool SendsSeed { get; init; } = true;
}

/// <summary>What one dialogue of the run is planned to be.</summary>
public sealed record Cell
{
    /// <summary>0 ≤ ordinal &lt; N.</summary>
    public required int Ordinal { get; init; }

    public required IReadOnlyList<string> Services { get; init; }

    /// <summary>"service.category", the service being one of <see cref="Services"/> or "general".</summary>
    public required string Category { get; init; }

    public required string Region { get; init; }

    public required string TimeSlot { get; init; }

    public required string Resolution { get; init; }

    public required string UserEmotion { get; init; }

    public required string AssistantEmotion { get; init; }

    public required PersonaDraw Persona { get; init; }

    /// <summary>Uniform 64 bits that Scenario reduces to a dialogue of the seed corpus.</summary>
    public required ulong SeedDialogue { get; init; }

    /// <summary>Bounds on the number of exchanges (one user utterance and one response each).</summary>
    public required IntRange Turns { get; init; }

    public required Sampling Sampling { get; init; }
}

/// <summary>The three ways a dialogue can end.</summary>
public static class Resolutions
{
    public const string Resolved = "Resolved";
    public const string Failed = "Failed";
    public const string Escalated = "Escalated";
}
