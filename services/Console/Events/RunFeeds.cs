using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using DialogueMesh.Contracts.Messages;

namespace DialogueMesh.Console.Events;

/// <summary>Hands what is published about a run on to those who watch it.</summary>
internal sealed class RunFeeds
{
    /// <summary>What a watcher may be behind: a slower one is cut off, and may ask again from where the run is then.</summary>
    private const int MostBehind = 20_000;

    private ImmutableDictionary<string, ImmutableList<Channel<object>>> feeds = ImmutableDictionary<string, ImmutableList<Channel<object>>>.Empty;

    public void On(string runId, object message)
    {
        foreach (var channel in feeds.GetValueOrDefault(runId, []))
        {
            if (!channel.Writer.TryWrite(message))
            {
                channel.Writer.TryComplete();
            }
        }
    }

    /// <summary>Begins to keep what is published from now on.</summary>
    public RunFeed Watch(string runId)
    {
        var channel = Channel.CreateBounded<object>(new BoundedChannelOptions(MostBehind) { SingleReader = true });
        ImmutableInterlocked.AddOrUpdate(ref feeds, runId, _ => [channel], (_, others) => others.Add(channel));
        return new RunFeed(channel.Reader, () => Forget(runId, channel));
    }

    private void Forget(string runId, Channel<object> channel)
    {
        ImmutableInterlocked.Update(
            ref feeds, (all, _) => all[runId].Remove(channel) is { IsEmpty: false } left ? all.SetItem(runId, left) : all.Remove(runId), 0);
    }
}

/// <summary>What is published about one run, for one watcher.</summary>
internal sealed class RunFeed(ChannelReader<object> messages, Action forget) : IDisposable
{
    /// <summary>Until the run has ended, or the watcher is too far behind.</summary>
    public async IAsyncEnumerable<object> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var message in messages.ReadAllAsync(cancellationToken))
        {
            yield return message;
            if (message is DatasetWritten)
            {
                yield break;
            }
        }
    }

    public void Dispose() => forget();
}
