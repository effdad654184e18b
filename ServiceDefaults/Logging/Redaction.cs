namespace DialogueMesh.ServiceDefaults.Logging;

/// <summary>Keeps known secrets out of what is written. No record: its text form would show them.</summary>
public sealed class Redaction
{
    public const string Mask = "***";

    // Longest first: a secret that is part of another must not leave the rest of it behind.
    private readonly string[] secrets;

    public Redaction(params IEnumerable<string?> secrets) =>
        this.secrets =
        [
            .. secrets.OfType<string>()
                .Where(secret => secret.Length > 0)
                .SelectMany(secret => new[] { secret, Uri.EscapeDataString(secret) })
                .Distinct(StringComparer.Ordinal)
                .OrderByDescending(secret => secret.Length),
        ];

    public static Redaction None { get; } = new();

    public string Apply(string text) =>
        secrets.Aggregate(text, (current, secret) => current.Replace(secret, Mask, StringComparison.Ordinal));
}
