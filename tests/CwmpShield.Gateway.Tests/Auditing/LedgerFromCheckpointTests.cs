using CwmpShield.Cli;
using CwmpShield.Cli.Audit;
using CwmpShield.Gateway.Auditing.Verifying;
using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.Tests.Cli;

namespace CwmpShield.Gateway.Tests.Auditing;

/// <summary>A chain that is verified from a signed checkpoint on: all behind it is held to what was signed, and nothing before it is looked at.</summary>
public sealed class LedgerFromCheckpointTests
{
    private const long From = 21;

    public static TheoryData<string> Behind() =>
    [
        "records are removed", "the end is removed", "a record is put in and all behind it are chained anew", "two records change places", "a record is repeated at the end", "the checkpoint of the node's end is removed",
    ];

    [Theory]
    [InlineData(StoreEngine.Sqlite)]
    [InlineData(StoreEngine.Postgresql)]
    public async Task Finds_no_fault_and_reads_only_what_is_behind(StoreEngine engine)
    {
        using var lab = await LedgerLab.OpenAsync(engine);
        await lab.FillAsync();

        var verified = await lab.VerifyAsync(withFile: true, LedgerLab.Node, From);

        Assert.Empty(verified.Findings.Faults);
        Assert.Equal(new ChainResult(LedgerLab.Node, 22, 42, 21, 4, 42, From), Assert.Single(verified.Chains));
        Assert.DoesNotContain(verified.Findings.Remarks, one => one.Fault is LedgerFault.Tally or LedgerFault.Pruned);
    }

    [Theory]
    [MemberData(nameof(Behind))]
    public async Task Names_what_was_done_behind_the_checkpoint(string way)
    {
        using var lab = await LedgerLab.OpenAsync();
        await lab.FillAsync();
        await Tampering.Ways[way].Do(lab);

        var faults = (await lab.VerifyAsync(withFile: false, LedgerLab.Node, 11)).Findings.Faults.Select(one => (one.Sequence, one.Through, one.Fault)).ToList();

        Assert.All(Tampering.Ways[way].Named, named => Assert.Contains(named, faults));
    }

    [Theory]
    [InlineData("a body is changed")]
    [InlineData("records are removed")]
    [InlineData("a device is renamed beside the body")]
    public async Task Sees_nothing_of_what_was_done_before_it_and_says_so(string way)
    {
        using var lab = await LedgerLab.OpenAsync();
        await lab.FillAsync();
        await Tampering.Ways[way].Do(lab);

        Assert.True((await lab.VerifyAsync(withFile: true, LedgerLab.Node, 31)).IsGood);
        Assert.False((await lab.VerifyAsync()).IsGood);
    }

    [Fact]
    public async Task Finds_the_first_record_behind_it_changed_or_gone()
    {
        using var lab = await LedgerLab.OpenAsync();
        await lab.FillAsync();
        await lab.ExecuteAsync("UPDATE ledger SET body = @body WHERE seq = 22", ("@body", (await lab.RowsAsync())[0].Body));
        Assert.Contains((await lab.VerifyAsync(withFile: false, LedgerLab.Node, From)).Findings.Faults, one => one is { Sequence: 22, Fault: LedgerFault.Changed });

        await lab.ExecuteAsync("DELETE FROM ledger WHERE seq BETWEEN 22 AND 24");
        Assert.Contains((await lab.VerifyAsync(withFile: false, LedgerLab.Node, From)).Findings.Faults, one => one is { Sequence: 22, Through: 24, Fault: LedgerFault.Removed });
    }

    [Fact]
    public async Task Finds_a_chain_that_was_rewritten_whole()
    {
        using var lab = await LedgerLab.OpenAsync();
        await lab.FillAsync();
        await lab.RewriteAsync(1, records => records.Select(one => one with { Trace = "00" }));

        Assert.Contains((await lab.VerifyAsync(withFile: false, LedgerLab.Node, From)).Findings.Faults, one => one is { Sequence: 22, Fault: LedgerFault.Changed });
    }

    [Fact]
    public async Task Finds_an_end_that_was_cut_off_at_the_checkpoint_itself()
    {
        using var lab = await LedgerLab.OpenAsync();
        await lab.FillAsync();
        await lab.ExecuteAsync("DELETE FROM ledger WHERE seq > 21");

        Assert.Contains((await lab.VerifyAsync(withFile: false, LedgerLab.Node, From)).Findings.Faults, one => one is { Sequence: 22, Through: 42, Fault: LedgerFault.TailRemoved });
        await lab.ExecuteAsync("DELETE FROM ledger_checkpoint WHERE seq > 21");
        Assert.True((await lab.VerifyAsync(withFile: false, LedgerLab.Node, From)).IsGood);
        Assert.False((await lab.VerifyAsync(withFile: true, LedgerLab.Node, From)).IsGood);
    }

    [Theory]
    [InlineData("DELETE FROM ledger_checkpoint WHERE seq = 21", LedgerFault.CheckpointRemoved)]
    [InlineData("UPDATE ledger_checkpoint SET at = at + 1 WHERE seq = 21", LedgerFault.CheckpointForged)]
    public async Task Refuses_to_begin_where_no_good_checkpoint_stands_but_takes_one_that_is_kept_elsewhere(string sql, string fault)
    {
        using var lab = await LedgerLab.OpenAsync();
        await lab.FillAsync();
        await lab.ExecuteAsync(sql);

        var verified = await lab.VerifyAsync(withFile: false, LedgerLab.Node, From);
        Assert.Equal(0, verified.Records);
        Assert.Contains(verified.Findings.Faults, one => one.Sequence == From && one.Fault == fault);
        Assert.Contains(verified.Findings.Faults, one => one is { Sequence: From, Fault: LedgerFault.CheckpointRemoved });
        Assert.Equal(21, (await lab.VerifyAsync(withFile: true, LedgerLab.Node, From)).Records);
    }

    [Theory]
    [InlineData(20)]
    [InlineData(43)]
    [InlineData(long.MaxValue)]
    public async Task Refuses_a_place_that_was_never_signed(long from)
    {
        using var lab = await LedgerLab.OpenAsync();
        await lab.FillAsync();

        var fault = Assert.Single((await lab.VerifyAsync(withFile: true, LedgerLab.Node, from)).Findings.Faults);

        Assert.Equal((from, LedgerFault.CheckpointRemoved), (fault.Sequence, fault.Fault));
    }

    [Fact]
    public async Task Says_at_the_command_line_what_was_not_verified()
    {
        using var lab = await LedgerLab.OpenAsync();
        await lab.FillAsync();

        var (code, output, _) = await AuditAsync(lab, "--node", LedgerLab.Node, "--from-checkpoint", "21");
        Assert.Equal(ExitCode.Ok, code);
        Assert.Contains("edge: records 22 to 42", output, StringComparison.Ordinal);
        Assert.Contains("edge: NOT verified is what is before: records up to 21", output, StringComparison.Ordinal);

        (code, output, _) = await AuditAsync(lab, "--node", LedgerLab.Node, "--from-checkpoint", "20");
        Assert.Equal(ExitCode.Findings, code);
        Assert.Contains("checkpoint-removed: there is no good checkpoint of this record", output, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Findings, (await AuditAsync(lab, "--node", "other", "--from-checkpoint", "21")).Code);
        Assert.Equal(ExitCode.Usage, (await AuditAsync(lab, "--from-checkpoint", "21")).Code);
        Assert.Equal(ExitCode.Usage, (await AuditAsync(lab, "--node", LedgerLab.Node, "--from-checkpoint", "0")).Code);
    }

    private static Task<(int Code, string Output, string Error)> AuditAsync(LedgerLab lab, params string[] arguments) =>
        CommandLine.RunAsync(AuditCommand.Create(), ["verify", "--store", lab.Registry.Path, "--key", lab.KeyFile, .. arguments]);
}
