using System.Runtime.CompilerServices;
using CwmpShield.Gateway.Auditing;
using CwmpShield.Gateway.Storage;

namespace CwmpShield.Gateway.Reporting;

/// <summary>Records of the ledger one after the other, the oldest first; a page of them is in memory at a time.</summary>
internal sealed class LedgerPages(Store store)
{
    private const int Page = 1000;

    /// <summary>Every record that the query asks for.</summary>
    public async IAsyncEnumerable<LedgerRow> ReadAsync(LedgerQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var search = new LedgerSearch(store);
        var next = query with { OldestFirst = true, Limit = Page };
        while (true)
        {
            var page = await search.FindAsync(next, cancellationToken);
            foreach (var row in page)
            {
                yield return row;
            }

            if (page.Count < Page)
            {
                yield break;
            }

            next = next with { After = LedgerPlace.Of(page[^1]) };
        }
    }
}
