namespace DialogueMesh.Cli.Commands;

/// <summary>What the process returns.</summary>
internal static class ExitCode
{
    public const int Complete = 0;

    /// <summary>Incomplete, or a fault during the run.</summary>
    public const int Unfinished = 1;

    public const int BadInput = 2;

    /// <summary>128 and the number of SIGINT, as shells have it.</summary>
    public const int Interrupted = 130;
}
