using CwmpShield.Cli;
using CwmpShield.Cli.Audit;
using CwmpShield.Core.Audit;
using CwmpShield.Gateway.Auditing;
using CwmpShield.Gateway.Auditing.Verifying;
using CwmpShield.Gateway.Configuration;

using CwmpShield.Gateway.Tests.Cli;

namespace CwmpShield.Gateway.Tests.Auditing;

/// <summary>Pruning, and what it leaves to prove.</summary>
public sealed class LedgerPruneTests
{
    private static readonly DateTimeOffset Always = DateTimeOffset.UnixEpoch.AddYears(200);

    [Theory]
    [InlineData(StoreEngine.Sqlite)]
    [InlineData(StoreEngine.Postgresql)]
    public async Task Removes_up_to_a_checkpoint_and_the_rest_is_proven(StoreEngine engine)
    {
        using var lab = await LedgerLab.OpenAsync(engine);
        await lab.FillAsync();

        await PruneAsync(lab, lab.Key);

        var verified = await lab.VerifiesAsync(withFile: true);
        Assert.Equal([("edge", 42L, 42L), ("edge/cli", 1L, 1L)], verified.Chains.Select(chain => (chain.Node, chain.First, chain.Last)));
        Assert.Contains(verified.Findings.Remarks, one => one is { Node: "edge", Fault: LedgerFault.Pruned, Through: 41 });
        var record = (await lab.RowsAsync("edge/cli"))[0].Record;
        Assert.Equal(("olga", "41 records: too old"), (record.Actor, record.Detail));

        // The chain goes on behind it.
        await lab.FillAsync(3);
        Assert.Equal(7, (await lab.VerifiesAsync(withFile: true)).Records);
    }

    [Fact]
    public async Task Is_believed_only_when_its_record_is_signed_which_the_gateway_does()
    {
        using var lab = await LedgerLab.OpenAsync();
        await lab.FillAsync();
        await PruneAsync(lab, key: null);

        Assert.Contains((await lab.VerifyAsync()).Findings.Faults, one => one is { Node: "edge", Sequence: 1, Through: 41, Fault: LedgerFault.StartRemoved });

        await lab.FillAsync(1);
        await lab.VerifiesAsync(withFile: true);
    }

    [Fact]
    public async Task Its_signature_leaves_the_machine_with_the_gateways_own()
    {
        using var lab = await LedgerLab.OpenAsync();
        await lab.FillAsync();
        await PruneAsync(lab, lab.Key);

        await lab.FillAsync(1);

        Assert.Contains(await File.ReadAllLinesAsync(lab.Options.CheckpointFile), line => line.Contains("\"node\":\"edge/cli\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Is_not_believed_without_its_record_or_with_another_checkpoint()
    {
        using var lab = await LedgerLab.OpenAsync();
        await lab.FillAsync();
        await PruneAsync(lab, lab.Key);
        await lab.ExecuteAsync("DELETE FROM ledger_checkpoint WHERE seq = 41");
        Assert.Contains((await lab.VerifyAsync()).Findings.Faults, one => one.Fault == LedgerFault.StartRemoved);

        await lab.ExecuteAsync("DELETE FROM ledger WHERE chain = (SELECT id FROM ledger_chain WHERE node = 'edge/cli')");
        var faults = (await lab.VerifyAsync()).Findings.Faults;
        Assert.Contains(faults, one => one is { Node: "edge", Fault: LedgerFault.StartRemoved });
        Assert.Contains(faults, one => one is { Node: "edge/cli", Fault: LedgerFault.TailRemoved });
    }

    [Fact]
    public async Task Stopped_it_goes_on_where_it_was()
    {
        using var lab = await LedgerLab.OpenAsync();
        await using (var node = lab.NewNode())
        {
            await node.StartAsync();
            await Task.WhenAll(Enumerable.Range(0, 5000).Select(i => node.WriteAsync(i).AsTask()));
        }

        using var stop = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => PruneAsync(lab, lab.Key, _ => stop.Cancel(), stop.Token));
        var verified = await lab.VerifiesAsync();
        Assert.InRange(verified.Chains[0].First, 2001, 4001);
        Assert.Contains(verified.Findings.Remarks, one => one.Detail.Contains("run it again", StringComparison.Ordinal));

        await PruneAsync(lab, lab.Key);
        Assert.Equal(1, (await lab.VerifiesAsync(withFile: true)).Chains[0].Records);
    }

    [Fact]
    public async Task Leaves_the_records_of_prunes_that_prove_a_beginning()
    {
        using var lab = await LedgerLab.OpenAsync();
        await lab.FillAsync();
        await PruneAsync(lab, lab.Key);
        var operators = new OperatorAudit(lab.Store, LedgerLab.Node, lab.Key);
        for (var i = 0; i < 5; i++)
        {
            await operators.WriteAsync(new AuditRecord { At = TimeProvider.System.GetUtcNow(), Kind = AuditKind.OperatorAction, Actor = "olga", Action = "device-add" }, default);
        }

        await PruneAsync(lab, lab.Key);

        var verified = await lab.VerifiesAsync();
        Assert.Equal(1, verified.Chains.Single(chain => chain.Node == "edge/cli").First);
    }

    [Fact]
    public async Task Never_removes_what_is_behind_the_last_good_checkpoint()
    {
        using var lab = await LedgerLab.OpenAsync();
        await lab.FillAsync();
        await lab.ExecuteAsync("UPDATE ledger_checkpoint SET signature = 'x' WHERE seq > 11");

        var plan = Assert.Single(await PlanAsync(lab));

        Assert.Equal((1, 11), (plan.First, plan.Through));
    }

    [Fact]
    public async Task The_verbs_prune_verify_search_and_show()
    {
        using var lab = await LedgerLab.OpenAsync();
        await lab.FillAsync();
        string[] store = ["--store", lab.Registry.Path];
        var dry = await CommandLine.RunAsync(AuditCommand.Create(), ["prune", "--before", "2100-01-01", "--reason", "old", "--dry-run", "--key", lab.KeyFile, .. store]);
        Assert.Contains("edge: 41 records, 1 to 41", dry.Output, StringComparison.Ordinal);

        var good = await CommandLine.RunAsync(AuditCommand.Create(), ["verify", "--key", lab.KeyFile, "--checkpoints", lab.Options.CheckpointFile, .. store]);
        Assert.True(good.Code == ExitCode.Ok, good.Output + good.Error);
        var found = await CommandLine.RunAsync(AuditCommand.Create(), ["search", "--device", "00D09E-HGW-1*", "--refused", "--json", .. store]);
        Assert.Equal(3, found.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        var byMac = await CommandLine.RunAsync(AuditCommand.Create(), ["search", "--mac", "00112233445566778899aabbccddeeff", "--limit", "5", .. store]);
        Assert.Contains("--after ", byMac.Output, StringComparison.Ordinal);
        var tail = await CommandLine.RunAsync(AuditCommand.Create(), ["tail", "-n", "2", .. store]);
        Assert.Contains("node-ended", tail.Output, StringComparison.Ordinal);
        var shown = await CommandLine.RunAsync(AuditCommand.Create(), ["show", "edge", "10", .. store]);
        Assert.Contains("Device.ManagementServer.URL = https://acs.example.net/", shown.Output, StringComparison.Ordinal);
        Assert.Contains("record 11, signed", shown.Output, StringComparison.Ordinal);

        await lab.ExecuteAsync("UPDATE ledger SET actor = 'nobody' WHERE seq = 30");
        var bad = await CommandLine.RunAsync(AuditCommand.Create(), ["verify", "--key", lab.KeyFile, "--json", .. store]);
        Assert.Equal(ExitCode.Findings, bad.Code);
        Assert.Contains("\"fault\":\"column-changed\"", bad.Output, StringComparison.Ordinal);
    }

    private static async Task<IReadOnlyList<PrunePlan>> PlanAsync(LedgerLab lab)
    {
        using var trust = new LedgerTrust();
        trust.Add(lab.Key.PublicKey);
        return await new LedgerPrune(lab.Store, new OperatorAudit(lab.Store, LedgerLab.Node, lab.Key), trust, TimeProvider.System).PlanAsync(Always, default);
    }

    private static async Task PruneAsync(LedgerLab lab, LedgerKey? key, Action<long>? progress = null, CancellationToken stop = default)
    {
        using var trust = new LedgerTrust();
        trust.Add(lab.Key.PublicKey);
        var prune = new LedgerPrune(lab.Store, new OperatorAudit(lab.Store, LedgerLab.Node, key), trust, TimeProvider.System);
        foreach (var plan in await prune.PlanAsync(Always, default))
        {
            await prune.RunAsync(plan, "too old", "olga", progress, stop);
        }
    }
}
