namespace DialogueMesh.Dataset.Files;

/// <summary>What the system says when a file cannot be written.</summary>
internal static class DiskFault
{
    /// <summary>
    /// Whether it is that and no fault of the program. .NET reports a file beyond the file system's or the process's limit
    /// (EFBIG) as an argument that is out of range.
    /// </summary>
    public static bool Is(Exception fault) =>
        fault is IOException or UnauthorizedAccessException or ArgumentOutOfRangeException { ParamName: "value" };
}
