using DialogueMesh.Contracts.Messages;

namespace DialogueMesh.Contracts.Runs;

/// <summary>What is known of a run.</summary>
/// <param name="Opened">What its journal says is done.</param>
/// <param name="Written">How it ended; null while it goes on.</param>
public sealed record RunReport(RunOpened Opened, DatasetWritten? Written);
