namespace DialogueMesh.Cli.Fetching;

/// <summary>What models fetch or data fetch asks for.</summary>
/// <param name="Kind">models or data.</param>
/// <param name="Names">At least one.</param>
/// <param name="From">Another address than the table's; only with one name.</param>
/// <param name="Sha256">What the list of the fetched files must hash to; only with one name.</param>
/// <param name="Rows">How many personas; null is all.</param>
internal sealed record FetchSettings(string Kind, IReadOnlyList<string> Names, Uri? From, string? Sha256, int? Rows);
