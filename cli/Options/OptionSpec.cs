namespace DialogueMesh.Cli.Options;

/// <summary>An option as the user sees it.</summary>
/// <param name="Name">With underscores and without the leading dashes, as "total_generations".</param>
/// <param name="Value">What follows it in the help, as "N"; "" for a flag.</param>
/// <param name="Text">What it does, its default included.</param>
internal sealed record OptionSpec(string Name, string Value, string Text)
{
    public string Long => "--" + Name;

    /// <summary>With dashes instead of underscores; the same as <see cref="Long"/> where there are none.</summary>
    public string Dashed => "--" + Name.Replace('_', '-');

    public bool IsFlag => Value.Length == 0;

    public bool IsNamed(string token) => token == Long || token == Dashed;
}

/// <summary>Options under one heading of the help.</summary>
internal sealed record OptionGroup(string Heading, IReadOnlyList<OptionSpec> Options);

/// <summary>A verb, its options and what the help says of it.</summary>
internal sealed record VerbSpec(string Name, string Text, string Usage, IReadOnlyList<OptionGroup> Groups, IReadOnlyList<string> Examples)
{
    /// <summary>What stands in the command line without a name, one or more; null for verbs that take no such words.</summary>
    public OptionSpec? Words { get; init; }

    public IEnumerable<OptionSpec> Options => Groups.SelectMany(group => group.Options);
}
