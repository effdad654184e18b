using DialogueMesh.Contracts.Messages;
using MassTransit;

namespace DialogueMesh.Console.Events;

/// <summary>Takes what is published about runs to those who watch; nothing else follows from it here.</summary>
internal sealed class RunFeedConsumer(RunFeeds feeds) :
    IConsumer<RunOpened>,
    IConsumer<CandidateJournalled>,
    IConsumer<DialogueAccepted>,
    IConsumer<DialogueRejected>,
    IConsumer<RunFaulted>,
    IConsumer<DatasetWritten>
{
    public Task Consume(ConsumeContext<RunOpened> context) => Pass(context.Message.RunId, context.Message);

    public Task Consume(ConsumeContext<CandidateJournalled> context) => Pass(context.Message.RunId, context.Message);

    public Task Consume(ConsumeContext<DialogueAccepted> context) => Pass(context.Message.RunId, context.Message);

    public Task Consume(ConsumeContext<DialogueRejected> context) => Pass(context.Message.RunId, context.Message);

    public Task Consume(ConsumeContext<RunFaulted> context) => Pass(context.Message.RunId, context.Message);

    public Task Consume(ConsumeContext<DatasetWritten> context) => Pass(context.Message.RunId, context.Message);

    private Task Pass(string runId, object message)
    {
        feeds.On(runId, message);
        return Task.CompletedTask;
    }
}
