using DialogueMesh.Contracts.Dialogues;
using DialogueMesh.Contracts.Messages;
using DialogueMesh.Llm;
using DialogueMesh.Moderation;
using MassTransit;
using MassTransit.Testing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace DialogueMesh.Tests.Moderation;

public sealed class ModerationConsumerTests
{
    private static readonly Dialogue Fine = Dialogues.Of(("I need a room.", "For how long?"), ("Two nights.", "Booked."));

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Consume_CleanDialogue_IsClearedWithItsUtterancesInOrder()
    {
        var moderator = new FixedModerator(new ModerationOutcome.Clean());

        var cleared = await OutcomeAsync<DialogueCleared>(Fine, moderator);

        Assert.Equal(("r-1", 3, 1), (cleared.RunId, cleared.Ordinal, cleared.Attempt));
        Assert.Equal(["I need a room.", "For how long?", "Two nights.", "Booked."], cleared.Utterances);
        Assert.Equal(cleared.Utterances, Assert.Single(moderator.Asked));
    }

    [Fact]
    public async Task Consume_FlaggedDialogue_IsRejectedWithItsCategories()
    {
        var rejected = await OutcomeAsync<DialogueRejected>(
            Fine, new FixedModerator(new ModerationOutcome.Flagged(["harassment", "violence"])));

        Assert.Equal(("r-1", 3, 1), (rejected.RunId, rejected.Ordinal, rejected.Attempt));
        Assert.Equal((Stage.Moderation, RejectionReason.Flagged), (rejected.Stage, rejected.Reason));
        Assert.Equal("harassment, violence", rejected.Detail);
        Assert.Equal(default, rejected.Usage);
    }

    [Fact]
    public async Task Consume_EndpointDown_StopsTheRun()
    {
        var faulted = await OutcomeAsync<RunFaulted>(
            Fine, new FixedModerator(new ModerationOutcome.Unavailable("host: 401 no. Check the API key.")));

        Assert.Equal("r-1", faulted.RunId);
        Assert.Contains("host: 401 no. Check the API key.", faulted.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Consume_BrokenForm_IsRejectedWithoutAskingTheEndpoint()
    {
        var moderator = new FixedModerator(new ModerationOutcome.Clean());

        var rejected = await OutcomeAsync<DialogueRejected>(Dialogues.UserSays("I am {name}."), moderator);

        Assert.Equal((RejectionReason.Placeholder, "turn 1, user: \"{name}\""), (rejected.Reason, rejected.Detail));
        Assert.Empty(moderator.Asked);
    }

    [Fact]
    public async Task Consume_EndpointSwitchedOff_IsClearedByThePoliciesAlone()
    {
        var moderator = new FixedModerator(new ModerationOutcome.Unavailable("not asked"));

        await OutcomeAsync<DialogueCleared>(Fine, moderator, new ModerationOptions { Endpoint = false });

        Assert.Empty(moderator.Asked);
    }

    private static async Task<T> OutcomeAsync<T>(Dialogue dialogue, IModerator moderator, ModerationOptions? options = null)
        where T : class
    {
        await using var services = new ServiceCollection()
            .AddSingleton(moderator)
            .AddModeration(options)
            .AddMassTransitTestHarness(TextWriter.Null, bus => bus.AddModeration())
            .BuildServiceProvider(validateScopes: true);
        var harness = services.GetRequiredService<ITestHarness>();
        await harness.Start();
        await harness.Bus.Publish(Dialogues.Generated(dialogue), Ct);
        Assert.True(await harness.Consumed.Any<DialogueGenerated>(Ct));
        object[] outcomes =
        [
            .. harness.Published.Select<DialogueCleared>(Ct).Select(each => each.Context.Message),
            .. harness.Published.Select<DialogueRejected>(Ct).Select(each => each.Context.Message),
            .. harness.Published.Select<RunFaulted>(Ct).Select(each => each.Context.Message),
        ];
        return Assert.IsType<T>(Assert.Single(outcomes));
    }

    private sealed class FixedModerator(ModerationOutcome outcome) : IModerator
    {
        public List<IReadOnlyList<string>> Asked { get; } = [];

        public Task<ModerationOutcome> CheckAsync(IReadOnlyList<string> utterances, CancellationToken ct)
        {
            Asked.Add(utterances);
            return Task.FromResult(outcome);
        }
    }
}
