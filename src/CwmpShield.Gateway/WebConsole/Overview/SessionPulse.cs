using CwmpShield.Gateway.Inspection;
using Microsoft.Extensions.Hosting;

namespace CwmpShield.Gateway.WebConsole.Overview;

/// <summary>Remembers how many sessions were in progress on this node, every five minutes of the last day.</summary>
internal sealed class SessionPulse(SessionTable sessions, TimeProvider time) : BackgroundService
{
    private const int MaxBeats = 288;
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(5);
    private readonly Lock sync = new();
    private readonly Queue<long> beats = new();

    /// <summary>What was counted, oldest first, with what there is now.</summary>
    public IReadOnlyList<long> Read()
    {
        lock (sync)
        {
            return [.. beats, sessions.All.LongCount()];
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        do
        {
            lock (sync)
            {
                beats.Enqueue(sessions.All.LongCount());
                while (beats.Count > MaxBeats)
                {
                    beats.Dequeue();
                }
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}
