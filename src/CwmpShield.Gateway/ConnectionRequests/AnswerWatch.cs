using System.Collections.Concurrent;
using CwmpShield.Core.ConnectionRequests;
using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CwmpShield.Gateway.ConnectionRequests;

/// <summary>
/// Waits for the Informs that calls are for, and writes what became of calls to the devices' records, many at a time: a call is not
/// held up by the disk. What is waited for is bounded; beyond that calls are made and not watched.
/// </summary>
internal sealed class AnswerWatch(
    EndpointStore store, ConnectionRequestLimits limits, ConnectionRequestMetrics metrics, TimeProvider time, ILogger<AnswerWatch> log) : BackgroundService
{
    private const int MaxWaiting = 262_144;
    private const int MaxUnwritten = 65_536;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<long, Waiting> waiting = new();
    private readonly ConcurrentQueue<CallRecord> calls = new();
    private readonly ConcurrentQueue<AnswerRecord> answers = new();

    /// <summary>A device is called from now (a timestamp of the clock) on: its Inform may come before its answer does.</summary>
    public void Calling(CallTarget target, long startedAt)
    {
        if (waiting.Count < MaxWaiting)
        {
            waiting[target.Learned.DeviceKey] = new Waiting(startedAt, target.Model);
        }
    }

    /// <summary>The call that began at <paramref name="startedAt"/> is over.</summary>
    public void Called(CallTarget target, CallOutcome outcome, long startedAt)
    {
        var word = outcome.Succeeded ? CallRecord.Taken : outcome.Reason;
        metrics.Called(target.Model, word, time.GetElapsedTime(startedAt));
        var key = target.Learned.DeviceKey;
        if (!outcome.Succeeded)
        {
            waiting.TryRemove(new KeyValuePair<long, Waiting>(key, new Waiting(startedAt, target.Model)));
        }

        if (calls.Count < MaxUnwritten)
        {
            calls.Enqueue(new CallRecord(key, time.GetUtcNow(), word));
        }
    }

    /// <summary>A device has informed because it was called.</summary>
    public void Informed(long deviceKey)
    {
        if (waiting.TryRemove(deviceKey, out var since))
        {
            Note(deviceKey, since.Model, time.GetElapsedTime(since.At));
        }
    }

    /// <summary>Gives up on devices that have not come in time, and writes what there is to write.</summary>
    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        foreach (var (key, since) in waiting)
        {
            // The same call only: the device may have been called again meanwhile.
            if (time.GetElapsedTime(since.At) > limits.AnswerTime && waiting.TryRemove(new KeyValuePair<long, Waiting>(key, since)))
            {
                Note(key, since.Model, null);
            }
        }

        while (!calls.IsEmpty || !answers.IsEmpty)
        {
            await store.RecordAsync(Take(calls), Take(answers), cancellationToken);
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await SweepSafelyAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            await SweepSafelyAsync(CancellationToken.None);
        }
    }

    private static List<T> Take<T>(ConcurrentQueue<T> queue)
    {
        const int most = 1000;
        var taken = new List<T>();
        while (taken.Count < most && queue.TryDequeue(out var one))
        {
            taken.Add(one);
        }

        return taken;
    }

    private void Note(long deviceKey, string model, TimeSpan? latency)
    {
        metrics.Followed(model, latency);
        if (answers.Count < MaxUnwritten)
        {
            answers.Enqueue(new AnswerRecord(deviceKey, latency));
        }
    }

    private async Task SweepSafelyAsync(CancellationToken cancellationToken)
    {
        try
        {
            await SweepAsync(cancellationToken);
        }
        catch (RegistryUnavailableException error)
        {
            // What was taken is lost: statistics are not worth holding calls or memory for.
            log.RecordsUnwritten(error);
        }
    }

    private sealed record Waiting(long At, string Model);
}
