namespace DialogueMesh.Contracts.Dialogues;

/// <summary>A dialogue's id: its run's, and its place in the plan.</summary>
public static class DialogueName
{
    public static string Of(string runId, int ordinal) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{runId}-{ordinal:D6}");
}
