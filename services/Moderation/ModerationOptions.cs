namespace DialogueMesh.Moderation;

public sealed class ModerationOptions
{
    public const string Section = "Moderation";

    /// <summary>Whether texts are sent to the moderation endpoint; without it the structure policies alone decide.</summary>
    public bool Endpoint { get; init; } = true;
}
