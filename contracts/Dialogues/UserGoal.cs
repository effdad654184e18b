namespace DialogueMesh.Contracts.Dialogues;

/// <summary>What the user wants from the dialogue and what comes of it.</summary>
public sealed record UserGoal
{
    /// <summary>One sentence.</summary>
    public required string Description { get; init; }

    /// <summary>In the order in which the dialogue takes them up.</summary>
    public required IReadOnlyList<TaskGoal> Tasks { get; init; }
}

/// <summary>One task of a goal.</summary>
public sealed record TaskGoal
{
    public required string Service { get; init; }

    /// <summary>Without the service.</summary>
    public required string Category { get; init; }

    public required string Intent { get; init; }

    /// <summary>Whether this is the task that the dialogue's scenario category names.</summary>
    public required bool Primary { get; init; }

    /// <summary>Slot to the value that the user wants in the end.</summary>
    public required IReadOnlyDictionary<string, string> Constraints { get; init; }

    /// <summary>Slots that the user wants to be told.</summary>
    public required IReadOnlyList<string> Requests { get; init; }

    /// <summary>A resolution.</summary>
    public required string Outcome { get; init; }

    /// <summary>Why it failed or was handed over; absent when resolved.</summary>
    public string? Obstacle { get; init; }
}
