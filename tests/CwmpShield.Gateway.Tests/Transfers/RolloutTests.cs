using CwmpShield.Core.Cwmp;
using CwmpShield.Core.Firmware;
using CwmpShield.Core.Identity;
using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.Storage;
using CwmpShield.Gateway.Tests.Doubles;
using CwmpShield.Gateway.Tests.Storage;
using CwmpShield.Gateway.Transfers;
using Microsoft.Extensions.DependencyInjection;

namespace CwmpShield.Gateway.Tests.Transfers;

/// <summary>Rings: who is given an artefact first, when it goes on, and when it stops.</summary>
public sealed class RolloutTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 26, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Halts_when_too_large_a_share_of_devices_fails_until_an_operator_resumes()
    {
        await using var bench = await TransferLab.StartAsync();
        bench.Artefacts[TransferLab.Origin + "image.bin"] =
            TransferLab.ArtefactOf("fw-2.0", "2.0", TransferLab.Image, new RolloutRing { Name = "canary", Percent = 100, MaxFailurePercent = 50 });
        await bench.FillAsync();
        foreach (var serial in new[] { "1", "2" })
        {
            await bench.OrderAsync(serial);
            await bench.SessionAsync(serial, says: TransferSoap.Complete(fault: 9018));
        }

        await bench.OrderAsync("3");
        Assert.Equal("", bench.Order.Method);
        Assert.Contains(ArtefactReason.Halted, bench.Acs.Server.Received.Last().Body, StringComparison.Ordinal);
        Assert.Contains(TransferReason.RolloutHalted, bench.Reasons());
        var halted = Assert.Single(await bench.Rollouts.ListAsync("fw-2.0", default));
        Assert.Equal((true, TransferReason.RolloutHalted, 2, 0), (halted.IsHalted, halted.Reason, halted.Failures, halted.Successes));

        Assert.Equal(1, await bench.Rollouts.ResumeAsync("fw-2.0", "CHG-1", TimeProvider.System.GetUtcNow(), default));
        await bench.OrderAsync("3");
        Assert.Equal("Download", bench.Order.Method);
        Assert.Equal(0, Assert.Single(await bench.Rollouts.ListAsync("", default)).Failures);
    }

    [Fact]
    public async Task Keeps_to_the_ring_until_enough_devices_report_success()
    {
        await using var bench = await TransferLab.StartAsync();
        var registry = bench.Lab.Services.GetRequiredService<IDeviceRegistry>();
        await registry.AddAsync(new DeviceDraft { Device = new DeviceId(Lab.Oui, Lab.ProductClass, "lab"), Groups = ["canary"] }, default);
        bench.Artefacts[TransferLab.Origin + "image.bin"] =
            TransferLab.ArtefactOf("fw-2.0", "2.0", TransferLab.Image, new RolloutRing { Name = "canary", Groups = ["canary"], Successes = 1 });
        await bench.FillAsync();

        await bench.OrderAsync("1");
        Assert.Equal("", bench.Order.Method);
        Assert.Contains(ArtefactReason.NotInRing, bench.Acs.Server.Received.Last().Body, StringComparison.Ordinal);

        await bench.OrderAsync("lab");
        Assert.Equal("Download", bench.Order.Method);
        await bench.SessionAsync("lab", "2.0", TransferSoap.Complete());

        await bench.OrderAsync("1");
        Assert.Equal("Download", bench.Order.Method);
    }

    [Fact]
    public async Task Hears_nobody_on_a_devices_transfers_who_has_not_proven_to_be_it()
    {
        await using var bench = await TransferLab.StartAsync(gateway: plain => plain with
        {
            Listeners =
            [
                .. plain.Listeners,
                plain.Listeners[0] with
                {
                    Name = "cutover",
                    ClientCertificates = ClientCertificatePolicy.Allow,
                    Identity = new ListenerIdentityOptions { Mode = IdentityMode.Observe },
                },
                plain.Listeners[0] with
                {
                    Name = "shared",
                    ClientCertificates = ClientCertificatePolicy.Allow,
                    Identity = new ListenerIdentityOptions { Require = IdentityRequirement.Credential, Challenge = HttpChallenge.Basic },
                },
            ],
        });
        await bench.Lab.Services.GetRequiredService<IDeviceRegistry>().AddAsync(
            new DeviceDraft
            {
                Device = new DeviceId(Lab.Oui, Lab.ProductClass, "9"),
                SharedUser = "fleet",
                SharedSecret = CredentialLab.Password("fleet"),
                MigrationUntil = TimeProvider.System.GetUtcNow().AddDays(1),
            },
            default);
        await bench.FillAsync();
        await bench.OrderAsync("1");
        bench.Reasons();

        await StrangerAsync(bench, "cutover", "1", "2.0", TransferSoap.Complete(fault: 9018));
        Assert.Equal(TransferStatus.Ordered, await bench.StatusAsync("1"));
        Assert.Contains(TransferReason.Unordered, bench.Reasons());

        // What is given to nobody in particular counts for nothing either.
        bench.Acs.Order(id => TransferSoap.Download(id, TransferLab.Origin + "image.bin", "k2"));
        await StrangerAsync(bench, "shared", "9", "1.0");
        await StrangerAsync(bench, "shared", "9", "1.0", TransferSoap.Complete("k2", fault: 9018));
        Assert.Equal(TransferStatus.Failed, await bench.StatusAsync("9"));
        var rollout = Assert.Single(await bench.Rollouts.ListAsync("fw-2.0", default));
        Assert.Equal((2, 0, 0), (rollout.Orders, rollout.Successes, rollout.Failures));

        await bench.SessionAsync("1", "2.0", TransferSoap.Complete());
        Assert.Equal(1, Assert.Single(await bench.Rollouts.ListAsync("fw-2.0", default)).Successes);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Counts_each_device_once_in_either_store(bool postgres)
    {
        using var folder = new TemporaryFolder();
        using var store = await OpenAsync(postgres, folder);
        var (ledger, rollouts) = (new TransferLedger(store), new RolloutStore(store));
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal(false, await EndAsync(ledger, "1", TransferStatus.Failed, false, 10));
        }

        Assert.Equal(1, (await OneAsync(rollouts)).Failures);
        Assert.Equal("", await rollouts.RefusalAsync(Artefact(), Device("9"), default));
        Assert.Equal(true, await EndAsync(ledger, "2", TransferStatus.TimedOut, false, 10));
        Assert.Equal(ArtefactReason.Halted, await rollouts.RefusalAsync(Artefact(), Device("9"), default));

        Assert.Equal(1, await rollouts.ResumeAsync("fw", "CHG", Now.AddMinutes(1), default));
        Assert.Equal("", await rollouts.RefusalAsync(Artefact(), Device("9"), default));
        Assert.Equal(0, await rollouts.ResumeAsync("fw", "CHG", Now, default));
        Assert.Equal(false, await EndAsync(ledger, "1", TransferStatus.Failed, false, 10, Now.AddMinutes(2)));
        Assert.Equal((1, false), ((await OneAsync(rollouts)).Failures, (await OneAsync(rollouts)).IsHalted));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task One_device_alone_neither_halts_a_rollout_nor_opens_its_ring(bool postgres)
    {
        using var folder = new TemporaryFolder();
        using var store = await OpenAsync(postgres, folder);
        var (ledger, rollouts) = (new TransferLedger(store), new RolloutStore(store));

        // Silent until it was given up, and a fault after that; a version that is not the one it was given, and then it is; there and back again.
        TransferStatus[][] lives =
        [
            [TransferStatus.TimedOut, TransferStatus.Failed], [TransferStatus.Mismatch, TransferStatus.Confirmed, TransferStatus.Superseded],
            [TransferStatus.Confirmed, TransferStatus.Superseded], [TransferStatus.TimedOut, TransferStatus.Complete], [TransferStatus.Failed],
        ];
        foreach (var life in lives)
        {
            var record = await OpenOneAsync(ledger, "1", 10);
            foreach (var status in life)
            {
                bool? isSuccess = status == TransferStatus.Superseded ? null : status is TransferStatus.Confirmed or TransferStatus.Complete;
                Assert.Equal(false, await ledger.EndAsync(record, status, 0, isSuccess, Now, default));
                record = record with { Status = status };
            }
        }

        var rollout = await OneAsync(rollouts);
        Assert.Equal((1, 1, false), (rollout.Failures, rollout.Successes, rollout.IsHalted));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_failure_counts_anew_after_a_resumption_whatever_became_of_the_one_before(bool postgres)
    {
        using var folder = new TemporaryFolder();
        using var store = await OpenAsync(postgres, folder);
        var (ledger, rollouts) = (new TransferLedger(store), new RolloutStore(store));
        var record = await OpenOneAsync(ledger, "1", 10);
        await ledger.EndAsync(record, TransferStatus.Mismatch, 0, false, Now, default);
        Assert.Equal(true, await EndAsync(ledger, "2", TransferStatus.Failed, false, 10));
        Assert.Equal(1, await rollouts.ResumeAsync("fw", "CHG", Now.AddMinutes(1), default));
        await ledger.EndAsync(record with { Status = TransferStatus.Mismatch }, TransferStatus.Confirmed, 0, true, Now.AddMinutes(2), default);

        Assert.Equal(false, await EndAsync(ledger, "1", TransferStatus.Failed, false, 10, Now.AddMinutes(3)));

        Assert.Equal(1, (await OneAsync(rollouts)).Failures);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_operator_halts_even_what_was_never_ordered(bool postgres)
    {
        using var folder = new TemporaryFolder();
        using var store = await OpenAsync(postgres, folder);
        var rollouts = new RolloutStore(store);

        Assert.True(await rollouts.HaltAsync("fw", "SEC-1", Now, default));
        Assert.False(await rollouts.HaltAsync("fw", "SEC-2", Now, default));

        Assert.Equal(ArtefactReason.Halted, await rollouts.RefusalAsync(Artefact(), Device("1"), default));
        Assert.Equal(("operator", "SEC-1"), ((await OneAsync(rollouts)).Reason, (await OneAsync(rollouts)).Ticket));
        Assert.Equal(ArtefactReason.Halted, await rollouts.RefusalAsync(Artefact() with { Sha256 = new string('b', 64) }, Device("1"), default));
        Assert.Equal("", await rollouts.RefusalAsync(Artefact() with { Name = "other" }, Device("1"), default));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task One_outcome_of_two_that_come_together_counts(bool postgres)
    {
        using var folder = new TemporaryFolder();
        using var store = await OpenAsync(postgres, folder);
        var ledger = new TransferLedger(store);
        var record = await OpenOneAsync(ledger, "1", 100);

        var both = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => ledger.EndAsync(record, i % 2 == 0 ? TransferStatus.Failed : TransferStatus.Confirmed, 0, i % 2 != 0, Now, default).AsTask()));

        Assert.Single(both, ended => ended is not null);
        var rollout = await OneAsync(new RolloutStore(store));
        Assert.Equal(1, rollout.Failures + rollout.Successes);
    }

    [Fact]
    public async Task Forgets_old_outcomes_and_keeps_what_is_open_or_confirmed()
    {
        using var folder = new TemporaryFolder();
        using var store = await OpenAsync(false, folder);
        var ledger = new TransferLedger(store);
        await EndAsync(ledger, "1", TransferStatus.Failed, false, 100);
        await EndAsync(ledger, "1", TransferStatus.Confirmed, true, 100);
        await OpenOneAsync(ledger, "1", 100);

        Assert.Equal(1, await ledger.ForgetAsync(Now.AddDays(1), Now, default));
        Assert.Equal([TransferStatus.Ordered, TransferStatus.Confirmed], (await ledger.OfDeviceAsync(Device("1").Device!, Now, default)).Select(record => record.Status));
    }

    /// <summary>Somebody else's session in the name of device 1, by the listener where nobody proves anything.</summary>
    private static async Task StrangerAsync(TransferLab bench, string door, string serial, string version, string? says = null)
    {
        await using var stranger = await ScriptedDevice.ConnectAsync(bench.Lab.Door(door), certificate: null, serial, tls: true);
        stranger.Headers = CredentialLab.Basic("fleet", "fleet");
        Assert.Equal("InformResponse", (await stranger.PostAsync(Soap.Inform(serial).Replace(">1.0<", $">{version}<", StringComparison.Ordinal))).Method);
        if (says is not null)
        {
            Assert.Equal("TransferCompleteResponse", (await stranger.PostAsync(says)).Method);
        }

        for (var next = await stranger.EmptyAsync(); next.Method.Length > 0;)
        {
            next = await stranger.PostAsync(TransferSoap.Response(next.Id, next.Method));
        }

        await bench.Lab.QuietAsync();
    }

    private static async Task<Store> OpenAsync(bool postgres, TemporaryFolder folder)
    {
        if (!postgres)
        {
            return SqliteStore.Open(folder.File("store.db"));
        }

        var database = PostgresServer.NewDatabase();
        await PostgresStore.MigrateAsync(database, PostgresServer.Password, default);
        return PostgresStore.Open(database, PostgresServer.Password);
    }

    private static async Task<bool?> EndAsync(TransferLedger ledger, string serial, TransferStatus status, bool isSuccess, int limit, DateTimeOffset? at = null) =>
        await ledger.EndAsync(await OpenOneAsync(ledger, serial, limit), status, 0, isSuccess, at ?? Now, default);

    private static async Task<TransferRecord> OpenOneAsync(TransferLedger ledger, string serial, int limit)
    {
        var record = new TransferRecord
        {
            Device = Device(serial).Device!,
            Rpc = "Download",
            Artefact = "fw",
            Sha256 = Artefact().Sha256,
            IsFirmware = true,
            OrderedAt = Now,
            ExpiresAt = Now.AddDays(1),
        };
        return record with { Number = Assert.Single(await ledger.OpenAsync([(record, limit)], default)) };
    }

    private static async Task<Rollout> OneAsync(RolloutStore rollouts) => Assert.Single(await rollouts.ListAsync("fw", default));

    private static Artefact Artefact() => TransferLab.ArtefactOf("fw", "2.0", [1]);

    private static DeviceTraits Device(string serial) => new() { Device = new DeviceId(Lab.Oui, Lab.ProductClass, serial) };
}
