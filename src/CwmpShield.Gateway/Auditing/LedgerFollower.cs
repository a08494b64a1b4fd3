namespace CwmpShield.Gateway.Auditing;

/// <summary>Reads what is new in every chain. Places in a chain have no gaps and clocks do not always go forwards: chains are followed by place, not by time.</summary>
/// <param name="search">Finds the records.</param>
/// <param name="query">Which are wanted.</param>
public sealed class LedgerFollower(LedgerSearch search, LedgerQuery query)
{
    private const int MaxPage = 1000;
    private readonly Dictionary<string, long> seen = new(StringComparer.Ordinal);

    /// <summary>The last records that are there, oldest first; following begins behind them.</summary>
    public async Task<IReadOnlyList<LedgerRow>> LastAsync(int count, CancellationToken cancellationToken)
    {
        foreach (var tip in await search.ChainsAsync(cancellationToken))
        {
            seen[tip.Node] = tip.Sequence;
        }

        var found = await search.FindAsync(query with { OldestFirst = false, Limit = count, After = null }, cancellationToken);
        return [.. found.Where(row => row.Sequence <= seen.GetValueOrDefault(row.Record.Node)).Reverse()];
    }

    /// <summary>What has come since it was asked last, a bounded page of each chain.</summary>
    public async Task<IReadOnlyList<LedgerRow>> NewAsync(CancellationToken cancellationToken)
    {
        var rows = new List<LedgerRow>();
        foreach (var tip in await search.ChainsAsync(cancellationToken))
        {
            var after = seen.GetValueOrDefault(tip.Node);
            if (tip.Sequence > after)
            {
                var through = Math.Min(tip.Sequence, after + MaxPage);
                rows.AddRange(await search.FindAsync(tip.Node, after, through, query, cancellationToken));
                seen[tip.Node] = through;
            }
        }

        return rows;
    }
}
