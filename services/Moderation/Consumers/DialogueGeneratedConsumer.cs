using DialogueMesh.Contracts.Messages;
using DialogueMesh.Llm;
using DialogueMesh.Moderation.Policies;
using DialogueMesh.Moderation.Verdicts;
using MassTransit;
using Microsoft.Extensions.Logging;

namespace DialogueMesh.Moderation.Consumers;

/// <summary>Judges a candidate's form, then asks the moderation endpoint about its words.</summary>
internal sealed partial class DialogueGeneratedConsumer(IModerator moderator, ModerationOptions options, ILogger<DialogueGeneratedConsumer> log)
    : IConsumer<DialogueGenerated>
{
    public async Task Consume(ConsumeContext<DialogueGenerated> context)
    {
        var candidate = context.Message;
        var breach = StructurePolicies.FirstBreach(candidate.Dialogue);
        var moderation = breach is null && options.Endpoint
            ? await moderator.CheckAsync([.. candidate.Dialogue.Spoken().Select(each => each.Text)], context.CancellationToken)
            : null;
        var verdict = Verdict.Of(candidate, breach, moderation);
        LogVerdict(candidate.Dialogue.DialogueId, candidate.Attempt, verdict is Verdict.Clear ? "cleared" : "not cleared");
        await (verdict switch
        {
            Verdict.Clear clear => context.Publish(clear.Message),
            Verdict.Reject reject => context.Publish(reject.Message),
            Verdict.Stop stop => context.Publish(stop.Message),
            var other => throw new InvalidOperationException($"No way for {other}"),
        });
    }

    [LoggerMessage(LogLevel.Information, "Dialogue {DialogueId} attempt {Attempt}: {Verdict} by moderation")]
    private partial void LogVerdict(string dialogueId, int attempt, string verdict);
}

/// <summary>A queue of its own: other services consume the same message.</summary>
internal sealed class DialogueGeneratedConsumerDefinition : ConsumerDefinition<DialogueGeneratedConsumer>
{
    // A check mostly waits for the endpoint.
    private const int InFlight = 64;

    public DialogueGeneratedConsumerDefinition()
    {
        EndpointName = "moderation";
        Endpoint(endpoint => endpoint.PrefetchCount = InFlight);
        ConcurrentMessageLimit = InFlight;
    }
}
