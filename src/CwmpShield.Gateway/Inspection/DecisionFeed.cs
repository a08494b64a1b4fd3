using System.Collections.Immutable;
using System.Threading.Channels;

namespace CwmpShield.Gateway.Inspection;

/// <summary>
/// Shows every judgement to those who watch, in process. A watcher that does not keep up loses the oldest events; it never
/// slows a session down.
/// </summary>
public sealed class DecisionFeed
{
    private ImmutableArray<Channel<DecisionEvent>> watchers = [];

    /// <summary>Whether anybody watches; an event need not be made where nobody does.</summary>
    public bool IsWatched => !watchers.IsEmpty;

    /// <summary>Starts watching from now on.</summary>
    /// <param name="capacity">Events kept for this watcher at most.</param>
    public ChannelReader<DecisionEvent> Watch(int capacity = 1024)
    {
        var channel = Channel.CreateBounded<DecisionEvent>(new BoundedChannelOptions(capacity) { FullMode = BoundedChannelFullMode.DropOldest });
        ImmutableInterlocked.Update(ref watchers, (all, added) => all.Add(added), channel);
        return channel.Reader;
    }

    /// <summary>Stops watching; the reader ends after what it still holds.</summary>
    public void Leave(ChannelReader<DecisionEvent> reader)
    {
        if (watchers.FirstOrDefault(watcher => watcher.Reader == reader) is { } leaving)
        {
            ImmutableInterlocked.Update(ref watchers, (all, gone) => all.Remove(gone), leaving);
            leaving.Writer.TryComplete();
        }
    }

    /// <summary>Shows an event to every watcher.</summary>
    public void Publish(DecisionEvent judged)
    {
        foreach (var watcher in watchers)
        {
            watcher.Writer.TryWrite(judged);
        }
    }
}
