using CwmpShield.Core.Audit;
using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.Telemetry;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CwmpShield.Gateway.Auditing;

/// <summary>
/// Takes what waits for the ledger and has it written in groups. Of a group that fails, whoever waits is told at once, and refuses; the
/// records that nobody waits for are tried again.
/// </summary>
internal sealed class LedgerWriter(Ledger ledger, LedgerChain chain, OperatorChain operators, NodeRecords node, LedgerMetrics metrics, AuditOptions options, TimeProvider time, ILogger<LedgerWriter> log)
    : IHostedService, IDisposable
{
    private const int MaxGroup = 1024;
    private const int LooksPerInterval = 4;
    private static readonly TimeSpan RetryInterval = TimeSpan.FromMilliseconds(250);

    private readonly CancellationTokenSource stopping = new();
    private readonly Queue<LedgerEntry> kept = new();
    private ITimer? clock;
    private Task writing = Task.CompletedTask;
    private DateTimeOffset? downSince;

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        metrics.Watch(() => ledger.IsUp, () => ledger.Waiting);
        clock = time.CreateTimer(_ => ledger.Look(), null, TimeSpan.Zero, options.CheckpointInterval / LooksPerInterval);
        writing = Task.Run(RunAsync, CancellationToken.None);
        return Task.CompletedTask;
    }

    /// <summary>Writes what still waits, and that the node has ended.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        clock?.Dispose();
        ledger.Complete();
        await stopping.CancelAsync();
        await writing.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <inheritdoc/>
    public void Dispose() => stopping.Dispose();

    private async Task RunAsync()
    {
        while (kept.Count > 0 || await IsDueAsync() || ledger.Waiting > 0)
        {
            ledger.Begin();
            if (await TryWriteAsync(Take()))
            {
                await operators.SignAsync();
                continue;
            }

            if (stopping.IsCancellationRequested)
            {
                log.LedgerEndsUnwritten(kept.Count);
                return;
            }

            await Task.Delay(RetryInterval, time, stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        // Behind everything that came in while the node stopped.
        if (!await TryWriteAsync([.. Take(), new LedgerEntry(node.Ended())]))
        {
            log.LedgerEndsUnwritten(kept.Count);
        }
    }

    /// <summary>What is due already is for another thread: this one may be that of a request, which has its own record now.</summary>
    private async ValueTask<bool> IsDueAsync()
    {
        var due = ledger.IsDueAsync();
        if (due.IsCompleted)
        {
            await Task.Yield();
        }

        return await due;
    }

    private List<LedgerEntry> Take()
    {
        var group = new List<LedgerEntry>();

        // Not while the kept ones fill a group: each failure would add one more, without end.
        if (kept.Count < MaxGroup && ledger.TakeLost() is var lost and > 0)
        {
            metrics.Lost(lost);
            group.Add(new LedgerEntry(node.Lost(lost)));
        }

        while (group.Count < MaxGroup && (kept.TryDequeue(out var entry) || ledger.Entries.TryRead(out entry)))
        {
            if (entry.Record is not null && entry.TryStart())
            {
                group.Add(entry);
            }
        }

        if (group.Count >= MaxGroup)
        {
            ledger.Due();
        }

        return group;
    }

    private async ValueTask<bool> TryWriteAsync(List<LedgerEntry> group)
    {
        try
        {
            await chain.WriteAsync(group);
            if (downSince is { } since)
            {
                downSince = null;
                kept.Enqueue(new LedgerEntry(node.UpAgain(since)));
                log.LedgerUp();
            }

            ledger.IsUp = true;
            return true;
        }
        catch (Exception error)
        {
            Failed(group, error);
            return false;
        }
    }

    private void Failed(List<LedgerEntry> group, Exception error)
    {
        ledger.IsUp = false;
        if (downSince is null)
        {
            downSince = time.GetUtcNow();
            log.LedgerDown(error);
        }

        foreach (var entry in group)
        {
            if (entry.Done is not null)
            {
                entry.Done.TrySetException(new LedgerUnavailableException("The ledger cannot be written.", error));
            }
            else
            {
                kept.Enqueue(entry);
            }
        }
    }
}
