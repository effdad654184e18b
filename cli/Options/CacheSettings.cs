namespace DialogueMesh.Cli.Options;

internal enum CacheAction
{
    Stats,
    Prune,
}

/// <summary>What cache asks for.</summary>
/// <param name="File">The cache.</param>
/// <param name="Days">Answers older than this are pruned; 0 is all.</param>
internal sealed record CacheSettings(CacheAction Action, string File, int Days);
