using CwmpShield.Core.Audit;
using CwmpShield.Gateway.Auditing;
using CwmpShield.Gateway.Auditing.Verifying;
using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.Storage;
using CwmpShield.Gateway.Tests.Listening;
using CwmpShield.Gateway.Tests.Storage;

namespace CwmpShield.Gateway.Tests.Auditing;

/// <summary>
/// A ledger on a store of its own. <see cref="FillAsync"/> gives it the chain of node <c>edge</c>: record 1 says that the node began, 42 that
/// it ended, checkpoints sign 1, 11, 21, 31, 41 and 42.
/// </summary>
internal sealed class LedgerLab : IDisposable
{
    public const string Node = "edge";

    private readonly TemporaryFolder folder = new();
    private readonly RegistryLab registry;

    private LedgerLab(RegistryLab registry)
    {
        this.registry = registry;
        Key = LedgerKey.Open(KeyFile, "");
        Options = new AuditOptions
        {
            Node = Node, KeyFile = KeyFile, CheckpointRecords = 10, CheckpointInterval = TimeSpan.FromDays(1), CheckpointFile = folder.File("checkpoints.jsonl"), Patience = TimeSpan.FromSeconds(20),
        };
    }

    public Store Store => registry.Store;

    public RegistryLab Registry => registry;

    public LedgerKey Key { get; }

    public string KeyFile => folder.File("key.pem");

    public AuditOptions Options { get; set; }

    public static async Task<LedgerLab> OpenAsync(StoreEngine engine = StoreEngine.Sqlite) => new(await RegistryLab.OpenAsync(engine));

    public LedgerNode NewNode(TimeProvider? clock = null) => new(Store, Key, Options, clock);

    public async Task FillAsync(int records = 40)
    {
        await using var node = NewNode();
        var first = (await new LedgerSearch(Store).ChainsAsync(default)).SingleOrDefault(tip => tip.Node == Node)?.Sequence ?? 0;
        await node.StartAsync();
        await ListenerHost.EventuallyAsync(
            async () => (await new LedgerSearch(Store).ChainsAsync(default)).Any(tip => tip.Node == Node && tip.Sequence > first), "the record that the node began");
        for (var i = 1; i <= records; i++)
        {
            await node.WriteAsync(i);
        }
    }

    /// <summary>What verification finds with the node's key.</summary>
    public async Task<LedgerVerification> VerifyAsync(bool withFile = false, string node = "", long from = 0)
    {
        using var trust = new LedgerTrust();
        trust.Add(Key.PublicKey);
        var findings = new LedgerFindings();
        var elsewhere = withFile ? KnownCheckpoints.Read(File.ReadLines(Options.CheckpointFile), trust, findings) : null;
        return await new LedgerVerifier(Store, trust).VerifyAsync(node, from, elsewhere, findings, null, default);
    }

    /// <summary>Nothing is wrong.</summary>
    public async Task<LedgerVerification> VerifiesAsync(bool withFile = false)
    {
        var verified = await VerifyAsync(withFile);
        Assert.True(verified.IsGood, string.Join('\n', verified.Findings.Faults));
        return verified;
    }

    public ValueTask<int> ExecuteAsync(string sql, params (string, object?)[] values) => Store.WriteAsync(commands => commands.ExecuteAsync(sql, values), default);

    public async Task<IReadOnlyList<LedgerRow>> RowsAsync(string node = Node) => await new LedgerSearch(Store).FindAsync(node, 0, long.MaxValue, new LedgerQuery(), default);

    /// <summary>Replaces a chain from a place on by other records, chained as they must be.</summary>
    public Task RewriteAsync(long from, Func<IEnumerable<AuditRecord>, IEnumerable<AuditRecord>> change) => Store.WriteAsync(
        async commands =>
        {
            var rows = await commands.QueryAsync(
                "SELECT chain, seq, body, hash FROM ledger ORDER BY seq",
                row => new LedgerRow(row.GetInt64(0), row.GetInt64(1), AuditJsonReader.Read(row.GetFieldValue<byte[]>(2))!, row.GetFieldValue<byte[]>(2), row.GetFieldValue<byte[]>(3)));
            var before = rows.LastOrDefault(row => row.Sequence < from);
            var tip = new LedgerTip(rows[0].Chain, Node, from - 1, before?.Hash ?? AuditChain.Origin.ToArray());
            await commands.ExecuteAsync("DELETE FROM ledger WHERE seq >= @from", ("@from", from));
            foreach (var record in change(rows.Where(row => row.Sequence >= from).Select(row => row.Record)))
            {
                var row = tip.Next(record, new System.Buffers.ArrayBufferWriter<byte>());
                await LedgerRows.AppendAsync(commands, [row]);
                tip = tip.With(row);
            }

            return 0;
        },
        default).AsTask();

    public void Dispose()
    {
        Key.Dispose();
        registry.Dispose();
        folder.Dispose();
    }
}
