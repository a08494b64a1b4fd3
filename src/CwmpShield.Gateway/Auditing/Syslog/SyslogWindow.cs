namespace CwmpShield.Gateway.Auditing.Syslog;

/// <summary>
/// What was sent and may still be lost: TCP says that bytes were taken by a machine, never that they were read. What is younger than some
/// time, or among the last bytes sent, counts as unconfirmed, and is sent again by the next connection.
/// </summary>
internal sealed class SyslogWindow(SyslogTimes times, TimeProvider time)
{
    private static readonly TimeSpan Grain = TimeSpan.FromMilliseconds(100);

    private readonly Queue<Sent> unconfirmed = new();
    private Sent? last;
    private long total;

    /// <summary>Something was sent, and a chain stands at <paramref name="cursor"/>.</summary>
    public void Add(SyslogCursor cursor, int bytes)
    {
        total += bytes;
        var now = time.GetTimestamp();

        // One entry for what goes within a moment: the queue is bounded by time, not by records.
        if (last is not null && last.Cursor.Chain == cursor.Chain && time.GetElapsedTime(last.Begun, now) < Grain)
        {
            (last.Cursor, last.At, last.End) = (cursor, now, total);
            return;
        }

        last = new Sent { Cursor = cursor, Begun = now, At = now, End = total };
        unconfirmed.Enqueue(last);
    }

    /// <summary>The cursors that are confirmed since this was asked last, the furthest of each chain last.</summary>
    public IEnumerable<SyslogCursor> Confirmed()
    {
        while (unconfirmed.TryPeek(out var oldest) && time.GetElapsedTime(oldest.At) >= times.Window && total - oldest.End >= times.WindowBytes)
        {
            yield return unconfirmed.Dequeue().Cursor;
        }
    }

    /// <summary>Everything is confirmed: the receiver has said so by its own end.</summary>
    public IEnumerable<SyslogCursor> ConfirmAll()
    {
        while (unconfirmed.TryDequeue(out var oldest))
        {
            yield return oldest.Cursor;
        }

        last = null;
    }

    /// <summary>A new connection begins.</summary>
    public void Clear()
    {
        unconfirmed.Clear();
        (last, total) = (null, 0);
    }

    private sealed class Sent
    {
        public required SyslogCursor Cursor { get; set; }

        public long Begun { get; init; }

        public long At { get; set; }

        public long End { get; set; }
    }
}
