using System.Collections.Concurrent;

namespace CwmpShield.Gateway.Mirror.Serving;

/// <summary>
/// What each URL has cost this node: bytes, at most four times the file's size, and transfers at one time. Counts last as long as
/// the URL, and are bounded: where there are too many, the one that ends first is forgotten.
/// </summary>
internal sealed class LinkUse(TimeProvider time)
{
    private const int Times = 4;
    private const int MaxTransfers = 4;
    private const int MaxLinks = 100_000;

    private readonly ConcurrentDictionary<long, Use> uses = new();

    /// <summary>Takes a place and the bytes that will be sent; a reason where the URL has had enough.</summary>
    /// <param name="ticket">The URL.</param>
    /// <param name="size">Size of its file.</param>
    /// <param name="length">Bytes that are asked for now.</param>
    public string TryBegin(LinkTicket ticket, long size, long length)
    {
        if (uses.Count > MaxLinks)
        {
            MakeRoom();
        }

        var use = uses.GetOrAdd(ticket.Order, _ => new Use(ticket.Expires));
        lock (use)
        {
            if (use.Transfers >= MaxTransfers)
            {
                return MirrorReason.LinkBusy;
            }

            if (use.Bytes + length > Times * size)
            {
                return MirrorReason.LinkExhausted;
            }

            use.Transfers++;
            use.Bytes += length;
            return "";
        }
    }

    /// <summary>Gives the place back, and the bytes that were not sent after all.</summary>
    public void End(LinkTicket ticket, long unsent)
    {
        if (uses.TryGetValue(ticket.Order, out var use))
        {
            lock (use)
            {
                use.Transfers--;
                use.Bytes -= unsent;
            }
        }
    }

    private void MakeRoom()
    {
        var now = time.GetUtcNow();
        var idle = uses.Where(one => one.Value.Transfers == 0).OrderBy(one => one.Value.Expires).ToList();
        foreach (var one in idle.Where((one, i) => one.Value.Expires <= now || i < MaxLinks / 10))
        {
            uses.TryRemove(one);
        }
    }

    private sealed class Use(DateTimeOffset expires)
    {
        public DateTimeOffset Expires { get; } = expires;

        public int Transfers { get; set; }

        public long Bytes { get; set; }
    }
}
