using System.Globalization;
using DialogueMesh.Contracts.Runs;
using DialogueMesh.Llm.Checking;
using Microsoft.Extensions.Logging;

namespace DialogueMesh.Cli.Embedded;

/// <summary>Asks the model before anything is written, and agrees on what it is sent.</summary>
internal static partial class Readiness
{
    /// <param name="check">Makes the call.</param>
    /// <param name="spec">What the run would send.</param>
    /// <param name="isResumed">Its dialogues so far were made by just this spec, so nothing may be left out now.</param>
    /// <param name="log">Told what is left out, and why the model cannot be used.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The spec without what the model does not take; null where the model cannot be used.</returns>
    public static async Task<RunSpec?> AgreeAsync(
        ModelCheck check, RunSpec spec, bool isResumed, ILogger log, CancellationToken cancellationToken)
    {
        switch (await check.RunAsync(spec.Model, ModelCheck.Farthest(spec), isResumed, cancellationToken))
        {
            case CheckOutcome.Ready { LeftOut: { Count: > 0 } refused } when isResumed:
                LogFault(log, $"{spec.Model} does not take {string.Join(", ", refused)} any more, which this run was started with: "
                    + "resume it with the model it had, or start anew with another --output_file");
                return null;
            case CheckOutcome.Ready(var leftOut, var usage):
                LogNotice(log, leftOut.Count == 0
                    ? string.Create(CultureInfo.InvariantCulture, $"Checked {spec.Model}: it answers by a schema and takes all parameters (${usage.Cost}).")
                    : $"{spec.Model} does not take {string.Join(", ", leftOut)}: left out, the model's own default holds.");
                return SamplingParameters.Without(spec, leftOut);
            case CheckOutcome.Unusable(var message):
                LogFault(log, message);
                return null;
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    [LoggerMessage(LogLevel.Information, "{Notice}")]
    private static partial void LogNotice(ILogger log, string notice);

    [LoggerMessage(LogLevel.Error, "{Fault}")]
    private static partial void LogFault(ILogger log, string fault);
}
