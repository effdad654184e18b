using DialogueMesh.Cli.Embedded.Handover;
using DialogueMesh.Contracts.Messages;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Xunit;

namespace DialogueMesh.Tests.Cli.Handover;

public sealed class HandoverSerializationTests
{
    [Fact]
    public async Task Publish_TwoConsumers_BothGetTheSendersObject()
    {
        var seen = new Seen(expected: 2);
        var message = Rejected(ordinal: 7);

        await OnBusAsync(seen, bus => bus.Publish(message));

        Assert.Equal(2, seen.Messages.Count);
        Assert.All(seen.Messages, received => Assert.Same(message, received));
    }

    [Fact]
    public async Task Publish_ConsumerThrows_FaultReachesWhoConsumesFaultsOfAnyRunMessage()
    {
        var seen = new Seen(expected: 1);
        var message = Rejected(ordinal: -1);

        await OnBusAsync(seen, bus => bus.Publish(message));

        var fault = Assert.IsAssignableFrom<Fault<IRunMessage>>(Assert.Single(seen.Messages));
        Assert.Same(message, fault.Message);
        Assert.Contains("an ordinal below 0", fault.Exceptions[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Deserialize_BodyFromElsewhere_SaysSo() =>
        Assert.Throws<System.Runtime.Serialization.SerializationException>(
            () => new HandoverSerialization().Deserialize(new BytesMessageBody([1]), new MassTransit.Serialization.DictionarySendHeaders(null)));

    private static DialogueRejected Rejected(int ordinal) => new()
    {
        RunId = "run",
        Ordinal = ordinal,
        Attempt = 0,
        Stage = Stage.Generation,
        Reason = RejectionReason.EmptyTurn,
        Detail = "turn 3",
    };

    private static async Task OnBusAsync(Seen seen, Func<IBus, Task> act)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Services.AddLogging().AddSingleton(seen).AddMassTransit(bus =>
        {
            bus.DisableUsageTelemetry();
            bus.AddConsumer<First>();
            bus.AddConsumer<Second>();
            bus.AddConsumer<Faults>();
            bus.UsingInMemory((context, transport) =>
            {
                transport.HandOver();
                transport.ConfigureEndpoints(context);
            });
        });
        builder.Services.AddOptions<MassTransitHostOptions>().Configure(options => options.WaitUntilStarted = true);
        using var host = builder.Build();
        await host.StartAsync(TestContext.Current.CancellationToken);
        await act(host.Services.GetRequiredService<IBus>());
        await seen.All.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        await host.StopAsync(TestContext.Current.CancellationToken);
    }

    private sealed class Seen(int expected)
    {
        private readonly TaskCompletionSource all = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public List<object> Messages { get; } = [];

        public Task All => all.Task;

        public void Add(object message)
        {
            lock (Messages)
            {
                Messages.Add(message);
                if (Messages.Count == expected)
                {
                    all.SetResult();
                }
            }
        }
    }

    private sealed class First(Seen seen) : IConsumer<DialogueRejected>
    {
        public Task Consume(ConsumeContext<DialogueRejected> context)
        {
            if (context.Message.Ordinal < 0)
            {
                throw new InvalidOperationException("an ordinal below 0");
            }

            seen.Add(context.Message);
            return Task.CompletedTask;
        }
    }

    private sealed class Second(Seen seen) : IConsumer<DialogueRejected>
    {
        public Task Consume(ConsumeContext<DialogueRejected> context)
        {
            if (context.Message.Ordinal >= 0)
            {
                seen.Add(context.Message);
            }

            return Task.CompletedTask;
        }
    }

    private sealed class Faults(Seen seen) : IConsumer<Fault<IRunMessage>>
    {
        public Task Consume(ConsumeContext<Fault<IRunMessage>> context)
        {
            seen.Add(context.Message);
            return Task.CompletedTask;
        }
    }
}
