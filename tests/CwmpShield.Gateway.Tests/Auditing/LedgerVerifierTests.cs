using CwmpShield.Core.Audit;
using CwmpShield.Gateway.Auditing;
using CwmpShield.Gateway.Auditing.Verifying;
using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.Tests.Doubles;

namespace CwmpShield.Gateway.Tests.Auditing;

/// <summary>What verification finds, and what it does not complain about.</summary>
public sealed class LedgerVerifierTests
{
    public static TheoryData<StoreEngine, string> Ways()
    {
        var data = new TheoryData<StoreEngine, string>();
        foreach (var way in Tampering.Ways.Keys)
        {
            data.Add(StoreEngine.Sqlite, way);
            data.Add(StoreEngine.Postgresql, way);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Names_what_was_done(StoreEngine engine, string way)
    {
        using var lab = await LedgerLab.OpenAsync(engine);
        await lab.FillAsync();
        await lab.VerifiesAsync(withFile: true);
        var tampering = Tampering.Ways[way];

        await tampering.Do(lab);

        if (tampering.WithFile)
        {
            Assert.DoesNotContain((await lab.VerifyAsync()).Findings.Faults, one => tampering.Named.Contains((one.Sequence, one.Through, one.Fault)));
        }

        var faults = (await lab.VerifyAsync(tampering.WithFile)).Findings.Faults.Select(one => (one.Sequence, one.Through, one.Fault)).ToList();
        Assert.All(tampering.Named, named => Assert.Contains(named, faults));
    }

    [Theory]
    [InlineData("a hash is changed")]
    [InlineData("a device is renamed beside the body")]
    [InlineData("records are removed")]
    [InlineData("a body is changed")]
    public async Task Names_nothing_else(string way)
    {
        using var lab = await LedgerLab.OpenAsync();
        await lab.FillAsync();
        await Tampering.Ways[way].Do(lab);

        var faults = (await lab.VerifyAsync()).Findings.Faults;

        Assert.Equal(Tampering.Ways[way].Named.Select(one => one.First), faults.Select(one => one.Sequence).Distinct());
    }

    [Theory]
    [InlineData("at", "at + 1")]
    [InlineData("at", "9223372036854775807")]
    [InlineData("at", "-9223372036854775808")]
    [InlineData("kind", "'drift'")]
    [InlineData("refused", "1 - refused")]
    [InlineData("device", "''")]
    [InlineData("model", "'x'")]
    [InlineData("session", "'x'")]
    [InlineData("source", "'x'")]
    [InlineData("message", "''")]
    [InlineData("verdict", "'observe'")]
    [InlineData("rule", "'x'")]
    [InlineData("reason", "'x'")]
    [InlineData("actor", "'x'")]
    public async Task Finds_a_changed_column(string column, string value)
    {
        using var lab = await LedgerLab.OpenAsync();
        await lab.FillAsync(10);
        await lab.ExecuteAsync($"UPDATE ledger SET {column} = {value} WHERE seq = 4");

        var faults = (await lab.VerifyAsync()).Findings.Faults;

        Assert.Contains(faults, one => one is { Sequence: 4, Fault: LedgerFault.Column } && one.Detail.Contains($"column {column} ", StringComparison.Ordinal));
        Assert.All(faults, one => Assert.Equal(4, one.Sequence));
    }

    [Fact]
    public async Task Finds_no_fault_in_a_chain_of_several_runs_and_remarks_an_end_that_is_missing()
    {
        using var lab = await LedgerLab.OpenAsync();
        await lab.FillAsync(3);
        await using (var crashed = lab.NewNode())
        {
            await crashed.StartAsync();
            await crashed.WriteAsync(1);

            // A second process of this name stands for one that begins after the first was killed.
            await lab.FillAsync(3);
        }

        var verified = await lab.VerifiesAsync(withFile: true);
        Assert.Contains(verified.Findings.Remarks, one => one.Fault == LedgerFault.UncleanEnd);
        Assert.DoesNotContain(verified.Findings.Remarks, one => one.Fault == LedgerFault.Tally);
    }

    [Fact]
    public async Task Remarks_a_clock_that_goes_backwards_and_goes_on_signing()
    {
        using var lab = await LedgerLab.OpenAsync();
        lab.Options = lab.Options with { CheckpointInterval = TimeSpan.FromMinutes(1), CheckpointRecords = 1000 };
        var clock = new MovableClock();
        await using (var node = lab.NewNode(clock))
        {
            await node.StartAsync();
            await node.WriteAsync(1, clock.GetUtcNow());
            clock.Jump(TimeSpan.FromHours(-5));
            await node.WriteAsync(2, clock.GetUtcNow());
            Assert.Equal(3, (await lab.VerifiesAsync()).Chains[0].Proven);
        }

        Assert.Contains((await lab.VerifiesAsync()).Findings.Remarks, one => one is { Sequence: 3, Fault: LedgerFault.Clock });
    }

    [Theory]
    [InlineData(StoreEngine.Sqlite)]
    [InlineData(StoreEngine.Postgresql)]
    public async Task Finds_no_fault_while_the_gateway_writes(StoreEngine engine)
    {
        using var lab = await LedgerLab.OpenAsync(engine);
        await using var node = lab.NewNode();
        await node.StartAsync();
        await node.WriteAsync(0);
        await Listening.ListenerHost.EventuallyAsync(() => File.Exists(lab.Options.CheckpointFile), "the first checkpoint");
        using var stop = new CancellationTokenSource();
        var writing = Task.Run(async () =>
        {
            for (var i = 0; !stop.IsCancellationRequested; i++)
            {
                await node.WriteAsync(i);
            }
        });
        for (var i = 0; i < 30; i++)
        {
            await lab.VerifiesAsync(withFile: true);
        }

        await stop.CancelAsync();
        await writing;
    }

    [Fact]
    public async Task Remarks_counts_that_are_not_those_of_the_records()
    {
        using var lab = await LedgerLab.OpenAsync();
        await lab.FillAsync(5);
        await lab.ExecuteAsync("UPDATE ledger_tally SET records = records + 1 WHERE kind = 'order-refused'");

        var verified = await lab.VerifiesAsync();

        Assert.Contains(verified.Findings.Remarks, one => one.Fault == LedgerFault.Tally);
    }

    [Fact]
    public async Task Names_a_thousand_faults_and_counts_the_rest()
    {
        using var lab = await LedgerLab.OpenAsync();
        await using (var node = lab.NewNode())
        {
            await node.StartAsync();
            await Task.WhenAll(Enumerable.Range(0, 1200).Select(i => node.WriteAsync(i).AsTask()));
        }

        await lab.ExecuteAsync("UPDATE ledger SET source = 'x' WHERE seq > 1");

        var findings = (await lab.VerifyAsync()).Findings;
        Assert.Equal((1000, 1201), (findings.Faults.Count, findings.FaultCount));
    }

    [Fact]
    public async Task Reads_checkpoints_out_of_a_syslog_file_and_believes_only_trusted_keys()
    {
        using var lab = await LedgerLab.OpenAsync();
        await lab.FillAsync(3);
        var lines = File.ReadLines(lab.Options.CheckpointFile).Select(line => $"<110>1 2026-11-26T21:00:00Z edge cwmpshield - checkpoint - {line}").Append("<110>1 - - other {\"node\":1}").ToList();
        using var other = LedgerKey.Create();
        lines.Add(LedgerCheckpoints.Line(other.Sign(new LedgerTip(1, "edge", 99, new byte[32]), TimeProvider.System.GetUtcNow())));
        using var trust = new LedgerTrust();
        trust.Add(lab.Key.PublicKey);
        var findings = new LedgerFindings();

        var known = KnownCheckpoints.Read(lines, trust, findings);

        Assert.Equal(2, known.Count);
        Assert.Equal([(99L, LedgerFault.KeyUnknown)], findings.Faults.Select(one => (one.Sequence, one.Fault)));
    }

    [Theory]
    [InlineData(StoreEngine.Sqlite)]
    [InlineData(StoreEngine.Postgresql)]
    public async Task Takes_every_text_that_a_stranger_can_send(StoreEngine engine)
    {
        using var lab = await LedgerLab.OpenAsync(engine);
        string[] texts = ["\0", "\uD800", "a\uDC00b\0", new('x', 300), new string('x', 255) + "\U0001F600", "'; DROP TABLE ledger; --", "\r\n\u001b[2J\u2028<script>", "\u00e9\u4e2d"];
        await using (var node = lab.NewNode())
        {
            await node.StartAsync();
            foreach (var text in texts)
            {
                await node.Ledger.WriteAsync(LedgerNode.Record(3) with { Device = text, Model = text, Session = text, Source = text, Message = text, Rules = [text], Reasons = [text], Actor = text, Subject = text });
            }
        }

        Assert.Equal(texts.Length + 2, (await lab.VerifiesAsync()).Records);
    }
}
