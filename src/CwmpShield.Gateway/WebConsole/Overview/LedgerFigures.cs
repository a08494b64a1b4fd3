using CwmpShield.Core.Audit;
using CwmpShield.Gateway.Auditing;
using CwmpShield.Gateway.Storage;

namespace CwmpShield.Gateway.WebConsole.Overview;

/// <summary>What the overview draws of the ledger: tallies, and a bounded look at the newest refusals. Kept for some seconds.</summary>
internal sealed class LedgerFigures(Store store, TimeProvider time) : IDisposable
{
    private const int MaxRanks = 6;
    private const int MaxSourceRecords = 2000;
    private const string Refusals = "kind IN ('order-refused', 'order-held', 'message-refused', 'authentication-failed', 'quarantined', 'summarised')";
    private static readonly TimeSpan Life = TimeSpan.FromSeconds(10);
    private readonly SemaphoreSlim room = new(1);
    private readonly Dictionary<int, (LedgerPicture Picture, long At)> kept = [];

    /// <summary>The figures of the last <paramref name="hours"/> hours, some seconds old at most.</summary>
    public async ValueTask<LedgerPicture> ReadAsync(int hours, CancellationToken cancellationToken)
    {
        await room.WaitAsync(cancellationToken);
        try
        {
            if (!kept.TryGetValue(hours, out var one) || time.GetElapsedTime(one.At) > Life)
            {
                var from = time.GetUtcNow().AddHours(-hours);
                one = (await store.ReadAsync(commands => ReadAsync(commands, from), cancellationToken), time.GetTimestamp());
                kept[hours] = one;
            }

            return one.Picture;
        }
        finally
        {
            room.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => room.Dispose();

    private static async ValueTask<LedgerPicture> ReadAsync(StoreCommands commands, DateTimeOffset from)
    {
        (string, object?)[] values = [("@from", from.ToUnixTimeMilliseconds())];
        var hours = await commands.QueryAsync(
            "SELECT hour, kind, verdict, SUM(records) FROM ledger_tally WHERE hour > @from - 3600000 AND (verdict <> '' OR kind = 'summarised') AND kind <> 'mirror-rewrite' GROUP BY hour, kind, verdict",
            row => new HourCount(row.Time(0), AuditKindName.Parse(row.GetString(1)), row.GetString(2), Number(row.GetValue(3))),
            values);
        var sources = await commands.QueryAsync(
            $"SELECT source, COUNT(*) AS records FROM (SELECT source FROM ledger WHERE refused = 1 AND at >= @from ORDER BY at DESC, chain DESC, seq DESC LIMIT {MaxSourceRecords}) AS newest WHERE source <> '' GROUP BY source ORDER BY records DESC, source LIMIT {MaxRanks}",
            row => (row.GetString(0), row.GetInt64(1)),
            values);
        var change = await commands.QueryAsync(
            "SELECT chain, seq, body, hash FROM ledger WHERE refused = 0 AND kind NOT IN ('order-intent', 'order-outcome', 'mirror-rewrite') AND kind = 'rules-changed' ORDER BY at DESC, chain DESC, seq DESC LIMIT 1",
            LedgerSearch.Row);
        return new LedgerPicture(
            hours,
            await RanksAsync(commands, "rule", values),
            await RanksAsync(commands, "model", values),
            sources,
            change.SingleOrDefault(),
            await commands.QueryAsync(Unsigned, row => new UnsignedChain(row.GetString(0), row.TimeOrNull(1), row.Time(2))));
    }

    private static ValueTask<IReadOnlyList<(string Name, long Count)>> RanksAsync(StoreCommands commands, string column, (string, object?)[] values) => commands.QueryAsync(
        $"SELECT {column}, SUM(records) AS number FROM ledger_tally WHERE hour > @from - 3600000 AND {Refusals} AND {column} <> '' GROUP BY {column} ORDER BY number DESC, {column} LIMIT {MaxRanks}",
        row => (row.GetString(0), Number(row.GetValue(1))),
        values);

    private static long Number(object value) => Convert.ToInt64(value, System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Chains whose end no checkpoint covers: the last signature, and when the first record behind it came.</summary>
    private const string Unsigned = """
        SELECT node, signed_at, first_at FROM
          (SELECT c.node, (SELECT at FROM ledger_checkpoint WHERE chain = c.id ORDER BY seq DESC LIMIT 1) AS signed_at,
             (SELECT at FROM ledger WHERE chain = c.id AND seq > COALESCE((SELECT MAX(seq) FROM ledger_checkpoint WHERE chain = c.id), 0) ORDER BY seq LIMIT 1) AS first_at
           FROM ledger_chain c) AS chains WHERE first_at IS NOT NULL ORDER BY node LIMIT 100
        """;
}
