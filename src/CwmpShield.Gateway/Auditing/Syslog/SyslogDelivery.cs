using System.Net.Sockets;
using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.Storage;
using CwmpShield.Gateway.Telemetry;
using Microsoft.Extensions.Logging;

namespace CwmpShield.Gateway.Auditing.Syslog;

/// <summary>
/// Serves one receiver: reads this node's chains out of the store, and sends. It holds no more than one batch, and nothing waits for it. Over TCP
/// and TLS every record goes at least once; by UDP it goes once, and nobody knows whether it came.
/// </summary>
internal sealed class SyslogDelivery(
    Store store, SyslogOptions receiver, IReadOnlyList<string> chains, SyslogTimes times, SyslogMetrics metrics, TimeProvider time, ILogger<SyslogDelivery> log)
{
    private static readonly TimeSpan EndPatience = TimeSpan.FromSeconds(3);

    private readonly SyslogSpool[] spools = [.. chains.Select(chain => new SyslogSpool(store, chain))];
    private readonly SyslogCursor[] sent = new SyslogCursor[chains.Count];
    private readonly Dictionary<long, SyslogCursor> unsaved = [];
    private readonly HashSet<string> kinds = new(receiver.Kinds, StringComparer.OrdinalIgnoreCase);
    private readonly SyslogMessage message = new(receiver);
    private readonly SyslogWindow window = new(times, time);
    private long savedAt = time.GetTimestamp();
    private volatile bool isOpened;
    private long connectedAt;
    private bool isTold;
    private int failures;

    /// <summary>The receiver's name.</summary>
    public string Name => receiver.Name;

    /// <summary>Whether it is reached.</summary>
    public bool IsUp { get; private set; }

    /// <summary>Records that are not sent yet, as last measured.</summary>
    public long BehindRecords { get; private set; }

    /// <summary>Age of the oldest of them, seconds.</summary>
    public double BehindSeconds { get; private set; }

    /// <summary>Finds where the receiver stands; a new one is served with what is written from now on.</summary>
    /// <exception cref="RegistryUnavailableException">The store cannot be written.</exception>
    public async ValueTask OpenAsync()
    {
        for (var i = 0; i < sent.Length; i++)
        {
            var at = i;
            sent[at] = await store.WriteAsync(commands => SyslogCursors.OpenAsync(commands, Name, spools[at].Node), CancellationToken.None);
        }

        isOpened = true;
    }

    /// <summary>Delivers until it is stopped; then what is sent is confirmed, where the receiver closes in time.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await ServeAsync(stopping);
            }
            catch (Exception error) when (!stopping.IsCancellationRequested)
            {
                Failed(error);
                await Task.Delay(SyslogBackoff.Of(failures, times), time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (Exception) when (stopping.IsCancellationRequested)
            {
                return;
            }
        }
    }

    /// <summary>Measures how far the receiver is behind.</summary>
    public async ValueTask MeasureAsync(CancellationToken cancellation)
    {
        if (!isOpened)
        {
            return;
        }

        var (records, oldest) = (0L, (DateTimeOffset?)null);
        for (var i = 0; i < spools.Length; i++)
        {
            var behind = await spools[i].BehindAsync(sent[i], cancellation);
            records += behind.Records;
            oldest = behind.Oldest < oldest || oldest is null ? behind.Oldest : oldest;
        }

        BehindRecords = records;
        BehindSeconds = oldest is { } at ? Math.Max(0, (time.GetUtcNow() - at).TotalSeconds) : 0;
    }

    private async Task ServeAsync(CancellationToken stopping)
    {
        // :: Step 1: behind the last record that was confirmed, by a new connection
        await OpenAsync();
        window.Clear();
        unsaved.Clear();
        await using var wire = await ConnectAsync(stopping);
        try
        {
            // :: Step 2: what there is, and then what comes
            while (!stopping.IsCancellationRequested)
            {
                if (!await SendAsync(wire, stopping))
                {
                    await Task.Delay(times.Poll, time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                }

                if (!wire.IsOpen)
                {
                    throw new IOException("The receiver has closed the connection.");
                }

                Keep(window.Confirmed());
                await SaveAsync(isDue: time.GetElapsedTime(savedAt) >= times.Save);
            }

            // :: Step 3: the node's last records; a receiver that closes when it is told of the end has read everything
            if (await EndAsync(wire))
            {
                Keep(window.ConfirmAll());
            }
        }
        finally
        {
            await SaveAsync(isDue: true);
        }
    }

    private async Task<ISyslogWire> ConnectAsync(CancellationToken stopping)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        patience.CancelAfter(times.Patience);
        ISyslogWire wire = receiver.Transport == SyslogTransport.Udp
            ? await SyslogDatagrams.OpenAsync(receiver, patience.Token)
            : await SyslogConnection.OpenAsync(receiver, patience.Token);
        (IsUp, connectedAt) = (true, time.GetTimestamp());
        return wire;
    }

    /// <summary>Sends the next batch of every chain; false where there was none.</summary>
    private async ValueTask<bool> SendAsync(ISyslogWire wire, CancellationToken stopping)
    {
        var any = false;
        for (var i = 0; i < spools.Length && !stopping.IsCancellationRequested; i++)
        {
            var before = sent[i];
            var rows = await spools[i].RecordsAsync(before, CancellationToken.None);
            Missed(before, rows);
            var messages = 0;
            foreach (var row in rows.Where(row => kinds.Count == 0 || kinds.Contains(Core.Audit.AuditKindName.Of(row.Record.Kind))))
            {
                wire.Add(message.Of(row, spools[i].Node).Span);
                messages++;
            }

            var after = rows.Count > 0 ? before with { Sequence = rows[^1].Sequence } : before;
            var checkpoints = await spools[i].CheckpointsAsync(after, CancellationToken.None);
            foreach (var checkpoint in checkpoints)
            {
                wire.Add(message.Of(checkpoint).Span);
                messages++;
            }

            after = checkpoints.Count > 0 ? after with { Checkpoint = checkpoints[^1].Sequence } : after;
            if (after == before)
            {
                continue;
            }

            any = true;
            await FlushAsync(wire, after, messages, stopping);
            sent[i] = after;
        }

        Settle();
        return any;
    }

    private async ValueTask FlushAsync(ISyslogWire wire, SyslogCursor after, int messages, CancellationToken stopping)
    {
        var bytes = 0;
        if (messages > 0)
        {
            // What is on its way when the node ends is let through, for as long as the end may take: cut off, nothing could follow it.
            using var patience = new CancellationTokenSource(times.Patience, time);
            await using var ending = stopping.UnsafeRegister(static one => ((CancellationTokenSource)one!).CancelAfter(EndPatience), patience);
            bytes = await wire.FlushAsync(patience.Token);
            metrics.Delivered(Name, messages);
        }

        if (receiver.Transport == SyslogTransport.Udp)
        {
            unsaved[after.Chain] = after;
        }
        else
        {
            window.Add(after, bytes);
        }
    }

    private async ValueTask<bool> EndAsync(ISyslogWire wire)
    {
        using var patience = new CancellationTokenSource(EndPatience, time);
        try
        {
            while (await SendAsync(wire, patience.Token))
            {
            }

            return await wire.EndAsync(patience.Token);
        }
        catch (Exception error) when (error is IOException or SocketException or OperationCanceledException)
        {
            return false;
        }
    }

    private void Keep(IEnumerable<SyslogCursor> confirmed)
    {
        foreach (var cursor in confirmed)
        {
            unsaved[cursor.Chain] = cursor;
        }
    }

    private async ValueTask SaveAsync(bool isDue)
    {
        if (!isDue || unsaved.Count == 0)
        {
            return;
        }

        savedAt = time.GetTimestamp();
        var cursors = unsaved.Values.ToArray();
        await store.WriteAsync(
            async commands =>
            {
                foreach (var cursor in cursors)
                {
                    await SyslogCursors.SaveAsync(commands, Name, cursor);
                }

                return 0;
            },
            CancellationToken.None);
        unsaved.Clear();
    }

    /// <summary>Records that are not there any more were removed before this receiver had them.</summary>
    private void Missed(SyslogCursor before, IReadOnlyList<LedgerRow> rows)
    {
        if (rows.Count > 0 && rows[0].Sequence - before.Sequence - 1 is var gone and > 0)
        {
            metrics.Missing(Name, gone);
            log.SyslogMissing(Name, before.Sequence + 1, rows[0].Sequence - 1);
        }
    }

    /// <summary>A receiver that has stayed for a while is told as served; one that comes and goes is not told each time.</summary>
    private void Settle()
    {
        if (!isTold && time.GetElapsedTime(connectedAt) >= times.Settle)
        {
            (isTold, failures) = (true, 0);
            log.SyslogUp(Name);
        }
    }

    private void Failed(Exception error)
    {
        // One line when it begins and one when it ends, however often it is tried.
        metrics.Failed(Name, SyslogBackoff.ReasonOf(error));
        if (isTold || failures == 0)
        {
            log.SyslogDown(Name, SyslogBackoff.ReasonOf(error), (error.InnerException ?? error).Message);
        }

        (IsUp, isTold) = (false, false);
        failures++;
    }
}
