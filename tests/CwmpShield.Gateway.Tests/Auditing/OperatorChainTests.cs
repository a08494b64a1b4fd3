using CwmpShield.Core.Audit;
using CwmpShield.Gateway.Auditing;
using CwmpShield.Gateway.Auditing.Verifying;
using CwmpShield.Gateway.Tests.Listening;

namespace CwmpShield.Gateway.Tests.Auditing;

/// <summary>What the gateway signs of the operators' chain, and what it does not.</summary>
public sealed class OperatorChainTests
{
    private const string Chain = LedgerLab.Node + OperatorAudit.Suffix;

    [Fact]
    public async Task Signs_no_chain_that_was_rewritten_behind_its_signature()
    {
        using var lab = await OpenAsync();
        await using var node = lab.NewNode();
        await node.StartAsync();
        await WriteAsync(lab, "device-disable", "device-enable");
        await SignedAsync(lab, Chain, 2);

        await lab.ExecuteAsync("DELETE FROM ledger_checkpoint WHERE chain = (SELECT id FROM ledger_chain WHERE node = @node)", ("@node", Chain));
        await lab.ExecuteAsync("DELETE FROM ledger WHERE chain = (SELECT id FROM ledger_chain WHERE node = @node)", ("@node", Chain));
        await WriteAsync(lab, "nothing", "nothing", "nothing");
        await LookedAsync(lab, node);

        Assert.Equal(0, await LastSignedAsync(lab, Chain));
        Assert.Contains((await lab.VerifyAsync(withFile: true)).Findings.Faults, one => one.Node == Chain && one.Fault == LedgerFault.Replaced);
    }

    [Fact]
    public async Task Signs_on_where_the_chain_only_grew_and_where_another_node_signed_before()
    {
        using var lab = await OpenAsync();
        await using (var node = lab.NewNode())
        {
            await node.StartAsync();
            await WriteAsync(lab, "one", "two");
            await SignedAsync(lab, Chain, 2);
            await WriteAsync(lab, "three");
            await SignedAsync(lab, Chain, 3);
        }

        await WriteAsync(lab, "four");
        await using var next = lab.NewNode();
        await next.StartAsync();
        await SignedAsync(lab, Chain, 4);
    }

    [Fact]
    public async Task Writes_on_where_a_checkpoint_in_the_store_makes_no_sense()
    {
        using var lab = await OpenAsync();
        await using var node = lab.NewNode();
        await node.StartAsync();
        await WriteAsync(lab, "one");
        await SignedAsync(lab, Chain, 1);

        await lab.ExecuteAsync("UPDATE ledger_checkpoint SET at = 9223372036854775807 WHERE chain = (SELECT id FROM ledger_chain WHERE node = @node)", ("@node", Chain));
        await LookedAsync(lab, node);

        Assert.True(await node.WriteAsync(1) > 0);
    }

    private static async Task<LedgerLab> OpenAsync()
    {
        var lab = await LedgerLab.OpenAsync();
        lab.Options = lab.Options with { CheckpointInterval = TimeSpan.FromMilliseconds(200), Patience = TimeSpan.FromSeconds(5) };
        return lab;
    }

    private static async Task WriteAsync(LedgerLab lab, params string[] actions)
    {
        foreach (var action in actions)
        {
            await new OperatorAudit(lab.Store, LedgerLab.Node).WriteAsync(
                new AuditRecord { At = TimeProvider.System.GetUtcNow(), Kind = AuditKind.OperatorAction, Actor = "olga", Action = action }, default);
        }
    }

    /// <summary>Until the writer has signed its own chain twice, an interval apart: it has looked at the operators' chain in between.</summary>
    private static async Task LookedAsync(LedgerLab lab, LedgerNode node)
    {
        for (var i = 0; i < 3; i++)
        {
            await SignedAsync(lab, LedgerLab.Node, await node.WriteAsync(i));
        }
    }

    private static Task SignedAsync(LedgerLab lab, string chain, long sequence) =>
        ListenerHost.EventuallyAsync(async () => await LastSignedAsync(lab, chain) >= sequence, $"{chain} is signed through {sequence}");

    private static ValueTask<long> LastSignedAsync(LedgerLab lab, string chain) => lab.Store.ReadAsync(
        async commands => await commands.ScalarAsync(
            "SELECT MAX(seq) FROM ledger_checkpoint WHERE chain = (SELECT id FROM ledger_chain WHERE node = @node)", ("@node", chain)) as long? ?? 0,
        default);
}
