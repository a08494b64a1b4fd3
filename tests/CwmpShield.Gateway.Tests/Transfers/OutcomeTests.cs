using CwmpShield.Gateway.Tests.Doubles;
using CwmpShield.Gateway.Transfers;
using Microsoft.Extensions.DependencyInjection;

namespace CwmpShield.Gateway.Tests.Transfers;

/// <summary>What comes of an order: success and failure, the version that is informed afterwards, silence, and what nobody ordered.</summary>
public sealed class OutcomeTests
{
    [Fact]
    public async Task Confirms_an_update_whose_version_comes_with_the_next_Inform()
    {
        await using var bench = await StartAsync();
        await bench.OrderAsync();
        Assert.Equal(TransferStatus.Ordered, await bench.StatusAsync());

        await bench.SessionAsync(says: TransferSoap.Complete());
        Assert.Equal(TransferStatus.Complete, await bench.StatusAsync());
        Assert.Equal(0, (await RolloutAsync(bench)).Successes);

        await bench.SessionAsync(version: "2.0");
        Assert.Equal(TransferStatus.Confirmed, await bench.StatusAsync());
        Assert.Equal((1, 1, 0), ((await RolloutAsync(bench)).Orders, (await RolloutAsync(bench)).Successes, (await RolloutAsync(bench)).Failures));
        Assert.DoesNotContain(bench.Reasons(), reason => reason.StartsWith("version-", StringComparison.Ordinal) || reason.StartsWith("transfer-", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Confirms_an_update_at_once_when_its_session_informs_the_version()
    {
        await using var bench = await StartAsync();
        await bench.OrderAsync();

        await bench.SessionAsync(version: "2.0", says: TransferSoap.Complete());

        Assert.Equal(TransferStatus.Confirmed, await bench.StatusAsync());
        await bench.Lab.CountsAsync("cwmpshield_transfers_total", "confirmed");
    }

    [Fact]
    public async Task Signals_a_device_that_informs_another_version_than_it_was_given()
    {
        await using var bench = await StartAsync();
        await bench.OrderAsync();
        await bench.SessionAsync(says: TransferSoap.Complete());
        await bench.SessionAsync();
        Assert.Equal(TransferStatus.Complete, await bench.StatusAsync());
        await bench.SessionAsync(version: "6.6.6");

        Assert.Equal(TransferStatus.Mismatch, await bench.StatusAsync());
        Assert.Equal(1, (await RolloutAsync(bench)).Failures);
        Assert.Contains(TransferReason.VersionUnexpected, bench.Reasons());
        await bench.Lab.CountsAsync("cwmpshield_transfer_signals_total", TransferReason.VersionUnexpected);
    }

    [Fact]
    public async Task Signals_a_device_that_restarts_into_the_version_that_it_had()
    {
        await using var bench = await StartAsync();
        await bench.OrderAsync();
        await bench.SessionAsync(says: TransferSoap.Complete());
        await bench.SessionAsync(events: "1 BOOT");

        Assert.Equal(TransferStatus.Mismatch, await bench.StatusAsync());
        Assert.Contains(TransferReason.VersionUnexpected, bench.Reasons());

        await bench.SessionAsync(version: "2.0");
        Assert.Equal(TransferStatus.Confirmed, await bench.StatusAsync());
        Assert.Equal((1, 1), ((int)(await RolloutAsync(bench)).Successes, (int)(await RolloutAsync(bench)).Failures));
    }

    [Fact]
    public async Task Takes_a_report_that_comes_late()
    {
        var clock = new AheadClock();
        await using var bench = await StartAsync(clock);
        await bench.OrderAsync();
        clock.Ahead = TimeSpan.FromHours(25);
        await SweepAsync(bench);
        await bench.SessionAsync(version: "2.0", says: TransferSoap.Complete());

        Assert.Equal(TransferStatus.Confirmed, await bench.StatusAsync());
        Assert.DoesNotContain(TransferReason.Unordered, bench.Reasons());
    }

    [Fact]
    public async Task Signals_once_a_device_that_leaves_the_version_that_it_was_given()
    {
        await using var bench = await StartAsync();
        await bench.OrderAsync();
        await bench.SessionAsync(version: "2.0", says: TransferSoap.Complete());
        await bench.SessionAsync(version: "2.0");
        Assert.DoesNotContain(TransferReason.VersionChanged, bench.Reasons());

        await bench.SessionAsync(version: "1.9-botnet");
        Assert.Contains(TransferReason.VersionChanged, bench.Reasons());

        await bench.SessionAsync(version: "1.9-botnet");
        Assert.DoesNotContain(TransferReason.VersionChanged, bench.Reasons());
    }

    [Fact]
    public async Task Takes_a_later_update_for_the_reason_of_another_version()
    {
        await using var bench = await StartAsync();
        await bench.OrderAsync();
        await bench.SessionAsync(version: "2.0", says: TransferSoap.Complete());
        bench.Artefacts[TransferLab.Origin + "image.bin"] = TransferLab.ArtefactOf("fw-3.0", "3.0", TransferLab.Image);
        await bench.SessionAsync(version: "2.0", orders: [id => TransferSoap.Download(id, TransferLab.Origin + "image.bin", "k3")]);
        await bench.SessionAsync(version: "3.0", says: TransferSoap.Complete("k3"));

        Assert.Equal([TransferStatus.Confirmed, TransferStatus.Superseded], (await bench.TransfersAsync()).Select(record => record.Status));
        Assert.DoesNotContain(TransferReason.VersionChanged, bench.Reasons());
    }

    [Fact]
    public async Task Counts_a_transfer_that_the_device_reports_as_failed()
    {
        await using var bench = await StartAsync();
        await bench.OrderAsync();
        await bench.SessionAsync(says: TransferSoap.Complete(fault: 9018));

        Assert.Equal((TransferStatus.Failed, 9018), ((await bench.TransfersAsync())[0].Status, (await bench.TransfersAsync())[0].Fault));
        Assert.Equal(1, (await RolloutAsync(bench)).Failures);
        Assert.Contains(TransferReason.Failed, bench.Reasons());
    }

    [Theory]
    [InlineData(true, TransferStatus.Failed)]
    [InlineData(false, TransferStatus.Complete)]
    public async Task Takes_the_devices_answer_for_the_outcome_where_it_is_one(bool fault, TransferStatus status)
    {
        await using var bench = await StartAsync();
        await bench.SessionAsync(
            orders: [id => TransferSoap.Download(id, TransferLab.Origin + "image.bin")],
            answer: id => fault ? Soap.Fault(id, 9010) : TransferSoap.Response(id, status: 0));

        Assert.Equal(status, await bench.StatusAsync());
    }

    [Fact]
    public async Task Takes_a_repeated_report_for_what_it_is()
    {
        await using var bench = await StartAsync();
        await bench.OrderAsync();
        await bench.SessionAsync(version: "2.0", says: TransferSoap.Complete());
        await bench.SessionAsync(version: "2.0", says: TransferSoap.Complete());

        Assert.Equal(TransferStatus.Confirmed, await bench.StatusAsync());
        Assert.Equal(1, (await RolloutAsync(bench)).Successes);
        Assert.DoesNotContain(TransferReason.Unordered, bench.Reasons());
    }

    [Fact]
    public async Task Signals_a_report_of_what_nobody_ordered()
    {
        await using var bench = await StartAsync();
        await bench.OrderAsync();
        await bench.SessionAsync("2", says: TransferSoap.Complete());
        await bench.SessionAsync(says: TransferSoap.Complete("other"));

        Assert.Equal(2, bench.Reasons().Count(reason => reason == TransferReason.Unordered));
        Assert.Equal(TransferStatus.Ordered, await bench.StatusAsync());
    }

    [Fact]
    public async Task Rules_know_the_transfers_of_earlier_sessions()
    {
        const string rules = """
            cwmpshield: 1
            rules:
              - id: unordered
                title: Completion of a transfer that nobody ordered
                severity: medium
                on: [TransferComplete, DUStateChangeComplete]
                where: { session: { known-transfer: false } }
                then: observe
            """;
        await using var bench = await TransferLab.StartAsync(rules: rules);
        await bench.FillAsync();
        await bench.OrderAsync();
        await bench.SessionAsync(orders: [id => TransferSoap.Upload(id, "up")]);
        bench.Reasons();

        await bench.SessionAsync(version: "2.0", says: TransferSoap.Complete());
        await bench.SessionAsync(version: "2.0", says: TransferSoap.Complete("up"));
        Assert.Empty(bench.Reasons());

        await bench.SessionAsync("2", says: TransferSoap.Complete());
        Assert.Contains("observed-by-rule", bench.Reasons());
    }

    [Theory]
    [InlineData(0, TransferStatus.Complete)]
    [InlineData(9016, TransferStatus.Failed)]
    public async Task Hears_of_deployment_units(int fault, TransferStatus status)
    {
        await using var bench = await StartAsync();
        bench.Artefacts[TransferLab.Origin + "image.bin"] = TransferLab.ArtefactOf("app", "", TransferLab.Image);
        await bench.SessionAsync(orders: [id => TransferSoap.Install(id, TransferLab.Origin + "image.bin", "https://elsewhere.example/x")]);
        await bench.SessionAsync(says: TransferSoap.UnitsComplete(fault));

        Assert.All(await bench.TransfersAsync(), record => Assert.Equal(status, record.Status));
        Assert.Equal(fault == 0 ? (1, 0) : (0, 1), ((int)(await RolloutAsync(bench, "app")).Successes, (int)(await RolloutAsync(bench, "app")).Failures));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Counts_silence_as_failure_before_the_report_and_after_it(bool reported)
    {
        var clock = new AheadClock();
        await using var bench = await StartAsync(clock);
        await bench.OrderAsync();
        if (reported)
        {
            await bench.SessionAsync(says: TransferSoap.Complete());
        }

        clock.Ahead = TimeSpan.FromHours(23);
        await SweepAsync(bench);
        Assert.Equal(reported ? TransferStatus.Complete : TransferStatus.Ordered, await bench.StatusAsync());

        clock.Ahead = TimeSpan.FromHours(25);
        await SweepAsync(bench);
        Assert.Equal(TransferStatus.TimedOut, await bench.StatusAsync());
        Assert.Equal(1, (await RolloutAsync(bench)).Failures);
        Assert.Contains(TransferReason.TimedOut, bench.Reasons());
    }

    [Fact]
    public async Task Does_not_count_the_silence_after_an_order_that_was_given_once_more()
    {
        var clock = new AheadClock();
        await using var bench = await StartAsync(clock);
        await bench.OrderAsync(key: "first");
        clock.Ahead = TimeSpan.FromHours(12);
        await bench.OrderAsync(key: "second");
        clock.Ahead = TimeSpan.FromHours(25);
        await SweepAsync(bench);

        Assert.Equal([TransferStatus.Ordered, TransferStatus.TimedOut], (await bench.TransfersAsync()).Select(record => record.Status));
        Assert.Equal(0, (await RolloutAsync(bench)).Failures);
    }

    [Fact]
    public async Task Keeps_no_more_than_the_newest_open_transfers_of_a_device()
    {
        await using var bench = await StartAsync();
        for (var i = 0; i < 5; i++)
        {
            await bench.SessionAsync(orders: [.. Enumerable.Range(0, 8).Select<int, Func<string, string>>(n => id => TransferSoap.Upload(id, $"u{n}"))]);
        }

        var records = await bench.TransfersAsync();
        Assert.Equal(32, records.Count(record => record.Status == TransferStatus.Ordered));
        Assert.Equal(40, records.Count);
    }

    private static async Task<TransferLab> StartAsync(TimeProvider? clock = null)
    {
        var bench = await TransferLab.StartAsync(clock: clock);
        await bench.FillAsync();
        return bench;
    }

    private static Task SweepAsync(TransferLab bench) => bench.Lab.Services.GetRequiredService<TransferSweep>().SweepAsync(default);

    private static async Task<Rollout> RolloutAsync(TransferLab bench, string name = "fw-2.0") => Assert.Single(await bench.Rollouts.ListAsync(name, default));

    /// <summary>The real clock, ahead by as much as the test says.</summary>
    private sealed class AheadClock : TimeProvider
    {
        public TimeSpan Ahead { get; set; }

        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + Ahead;
    }
}
