using DialogueMesh.Contracts.Dialogues;
using DialogueMesh.Contracts.Messages;
using DialogueMesh.Dataset.History;
using Microsoft.Extensions.Logging;

namespace DialogueMesh.Dataset;

internal static partial class DatasetLog
{
    public static void Decision(this ILogger logger, string runId, DecisionLine line)
    {
        var id = DialogueName.Of(runId, line.Ordinal);
        if (line.Accepted)
        {
            logger.Accepted(id, line.Round ?? 0, line.Cosine);
        }
        else
        {
            logger.Rejected(id, line.Attempt, line.Reason, line.Detail);
        }
    }

    [LoggerMessage(1, LogLevel.Information, "Run {RunId}: journal {File} begun, {Total} dialogues to make")]
    public static partial void Begun(this ILogger logger, string runId, string file, int total);

    [LoggerMessage(2, LogLevel.Information, "Run {RunId}: journal {File} continued, {Accepted} of {Total} dialogues accepted, {Pending} candidates to screen again")]
    public static partial void Resumed(this ILogger logger, string runId, string file, int accepted, int total, int pending);

    [LoggerMessage(3, LogLevel.Warning, "Journal {File}: the last line was cut short, {Bytes} bytes dropped; the cell is made again")]
    public static partial void TailDropped(this ILogger logger, string file, long bytes);

    [LoggerMessage(4, LogLevel.Debug, "Dialogue {DialogueId} accepted in round {Round}, nearest cosine {Cosine}")]
    public static partial void Accepted(this ILogger logger, string dialogueId, int round, double? cosine);

    [LoggerMessage(5, LogLevel.Information, "Dialogue {DialogueId} attempt {Attempt} rejected: {Reason}, {Detail}")]
    public static partial void Rejected(this ILogger logger, string dialogueId, int attempt, RejectionReason? reason, string? detail);

    [LoggerMessage(6, LogLevel.Information, "Batch: {Accepted} of {Total} accepted; rejected: {Rejections}; resolution: {Resolutions}; services per dialogue: {ServiceCounts}; {Tokens} tokens, ${Cost}")]
    public static partial void Batch(
        this ILogger logger, int accepted, int total, string rejections, string resolutions, string serviceCounts, long tokens, decimal cost);

    [LoggerMessage(7, LogLevel.Error, "Run {RunId}: {Message}")]
    public static partial void Faulted(this ILogger logger, string runId, string message);

    [LoggerMessage(8, LogLevel.Information, "Run {RunId} {Outcome}: {Accepted} dialogues written to {File}")]
    public static partial void Written(this ILogger logger, string runId, RunOutcome outcome, int accepted, string file);
}
