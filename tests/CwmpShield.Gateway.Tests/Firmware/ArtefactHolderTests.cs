using CwmpShield.Core.Firmware.Signing;
using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.Tests.Auditing;
using CwmpShield.Gateway.Firmware;
using CwmpShield.Gateway.Storage;
using CwmpShield.Gateway.Telemetry;
using CwmpShield.Gateway.Tests.Doubles;
using CwmpShield.Gateway.Tests.Listening;
using CwmpShield.Gateway.Tests.Storage;
using CwmpShield.Gateway.Tests.Telemetry;
using Microsoft.Extensions.Logging.Abstractions;

namespace CwmpShield.Gateway.Tests.Firmware;

public sealed class ArtefactHolderTests : IDisposable
{
    private readonly MovableClock clock = new();
    private readonly ShieldMetrics metrics = new();
    private readonly TemporaryFolder state = new();
    private readonly SqliteStore store;
    private readonly ManifestLab manifest;
    private readonly PrometheusText text;

    public ArtefactHolderTests()
    {
        text = new PrometheusText(metrics);
        store = SqliteStore.Open(state.File("state.db"));
        manifest = new ManifestLab(clock.GetUtcNow());
    }

    public void Dispose()
    {
        manifest.Dispose();
        text.Dispose();
        metrics.Dispose();
        store.Dispose();
        state.Dispose();
    }

    [Fact]
    public async Task Takes_a_signed_manifest_in_and_shows_it_in_metrics()
    {
        manifest.Write(7);
        var holder = await HoldAsync();
        clock.Advance(TimeSpan.FromMinutes(10));

        Assert.Equal(7, holder.Current.Manifest!.Manifest.Version);
        var page = Scrape.Text(text);
        Assert.Contains("cwmpshield_artefacts 1", page, StringComparison.Ordinal);
        Assert.Contains("cwmpshield_artefact_manifest_version 7", page, StringComparison.Ordinal);
        Assert.Contains("cwmpshield_artefact_manifest_age_seconds 600", page, StringComparison.Ordinal);
        Assert.Contains("cwmpshield_artefact_manifest_loads_total{outcome=\"loaded\"} 1", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refuses_everything_while_there_is_no_manifest()
    {
        var holder = await HoldAsync();

        Assert.Null(holder.Current.Manifest);
        Assert.True(holder.Current.Policy.RequiresManifest);
        Loads(SignerReason.ManifestUnavailable);
    }

    [Fact]
    public async Task Keeps_the_last_good_manifest_when_the_new_one_does_not_count()
    {
        manifest.Write(7);
        var holder = await HoldAsync();
        var good = holder.Current;

        manifest.Write(8, signed: false);
        await holder.PollAsync(default);
        Loads(SignerReason.TooFew);
        File.WriteAllText(manifest.Path, "{");
        await holder.PollAsync(default);
        File.Delete(manifest.Path);
        await holder.PollAsync(default);
        Assert.Same(good, holder.Current);

        manifest.Write(8);
        await holder.PollAsync(default);
        Assert.Equal(8, holder.Current.Manifest!.Manifest.Version);
    }

    [Fact]
    public async Task Refuses_an_older_manifest_after_a_restart_too()
    {
        manifest.Write(7);
        await HoldAsync();
        manifest.Write(6);

        Assert.Null((await HoldAsync()).Current.Manifest);
        Loads(SignerReason.ManifestOlder);
        manifest.Write(7);
        Assert.NotNull((await HoldAsync()).Current.Manifest);
    }

    [Fact]
    public async Task Refuses_other_bytes_under_the_version_in_force()
    {
        manifest.Write(7);
        var holder = await HoldAsync();
        manifest.Write(7, name: "other");
        await holder.PollAsync(default);

        Assert.NotNull(holder.Current.Find("hgw-1.3.0"));
        Loads(SignerReason.ManifestSameVersion);
    }

    [Fact]
    public async Task Refuses_a_manifest_that_has_expired_already()
    {
        manifest.Issued = clock.GetUtcNow().AddDays(-30);
        manifest.Write(7);

        Assert.Null((await HoldAsync()).Current.Manifest);
        Loads(SignerReason.ManifestExpired);
    }

    [Fact]
    public async Task Takes_the_manifest_in_once_a_clock_that_was_ahead_is_set_right()
    {
        manifest.Write(7);
        clock.Jump(TimeSpan.FromDays(400));
        var holder = await HoldAsync();
        await holder.PollAsync(default);
        Assert.Null(holder.Current.Manifest);
        Loads(SignerReason.ManifestExpired);

        clock.Jump(TimeSpan.FromDays(-400));
        await holder.PollAsync(default);
        Assert.NotNull(holder.Current.Manifest);
    }

    [Fact]
    public async Task Hears_of_withdrawals_and_of_their_end()
    {
        manifest.Write(7);
        var holder = await HoldAsync();
        var artefact = holder.Current.Find("hgw-1.3.0")!;
        var artefacts = new ArtefactStore(store);

        await artefacts.WithdrawAsync(new Withdrawal(artefact.Sha256, "bricks", clock.GetUtcNow(), "ops"), default);
        await holder.PollAsync(default);
        Assert.Equal("bricks", holder.Current.WithdrawnBecause(artefact));
        await artefacts.WithdrawAsync(new Withdrawal(artefact.Sha256, "bricks rev 2", clock.GetUtcNow(), "ops"), default);
        await holder.PollAsync(default);
        Assert.Equal("bricks rev 2", holder.Current.WithdrawnBecause(artefact));

        Assert.True(await artefacts.RestoreAsync(artefact.Sha256, default));
        Assert.False(await artefacts.RestoreAsync(artefact.Sha256, default));
        await holder.PollAsync(default);
        Assert.Null(holder.Current.WithdrawnBecause(artefact));
    }

    [Fact]
    public async Task Forgets_no_withdrawal_however_many_there_are()
    {
        manifest.Write(7);
        await store.WriteAsync(async commands =>
        {
            for (var i = 0; i < 20_001; i++)
            {
                await commands.ExecuteAsync(
                    "INSERT INTO artefact_withdrawal (artefact, reason, withdrawn_at, withdrawn_by) VALUES (@name, 'old', 0, 'ops')", ("@name", $"a-{i}"));
            }

            return true;
        }, default);
        await new ArtefactStore(store).WithdrawAsync(new Withdrawal("hgw-1.3.0", "bricks", clock.GetUtcNow(), "ops"), default);

        var holder = await HoldAsync();

        Assert.Equal("bricks", holder.Current.WithdrawnBecause(holder.Current.Find("hgw-1.3.0")!));
    }

    [Fact]
    public async Task Hears_of_withdrawals_while_the_manifest_cannot_be_read_to_its_end()
    {
        manifest.Write(7);
        using var hangs = new ManualResetEventSlim();
        var isHanging = false;
        ManifestFiles Read(string path)
        {
            if (Volatile.Read(ref isHanging))
            {
                hangs.Wait();
            }

            return ManifestFiles.Read(path);
        }

        var holder = Create(store, manifest.Options, Read);
        await holder.PollAsync(default);
        Volatile.Write(ref isHanging, true);
        var poll = holder.PollAsync(default);
        await ListenerHost.EventuallyAsync(
            () =>
            {
                clock.Advance(TimeSpan.FromSeconds(6));
                return poll.IsCompleted;
            },
            "a look that does not wait for the file");
        await new ArtefactStore(store).WithdrawAsync(new Withdrawal("hgw-1.3.0", "bricks", clock.GetUtcNow(), "ops"), default);
        await holder.PollAsync(default);

        Assert.Equal("bricks", holder.Current.WithdrawnBecause(holder.Current.Find("hgw-1.3.0")!));
        Loads(SignerReason.ManifestUnavailable);

        Volatile.Write(ref isHanging, false);
        manifest.Write(8);
        hangs.Set();
        await ListenerHost.EventuallyAsync(
            () =>
            {
                holder.PollAsync(default).GetAwaiter().GetResult();
                return holder.Current.Manifest!.Manifest.Version == 8;
            },
            "the next manifest");
    }

    [Fact]
    public async Task Waits_for_no_pipe_in_the_place_of_a_file()
    {
        manifest.Write(7);
        var holder = await HoldAsync();
        File.Delete(manifest.Path);
        using var made = System.Diagnostics.Process.Start("mkfifo", manifest.Path);
        await made.WaitForExitAsync();

        await holder.PollAsync(default);

        Assert.Equal(7, holder.Current.Manifest!.Manifest.Version);
        Loads(SignerReason.TooFew);
    }

    [Fact]
    public async Task Takes_nothing_in_that_it_cannot_remember()
    {
        manifest.Write(7);
        var closed = SqliteStore.Open(state.File("closed.db"));
        closed.Dispose();
        var holder = Create(closed, manifest.Options);
        await holder.PollAsync(default);

        Assert.Null(holder.Current.Manifest);
    }

    [Fact]
    public async Task Asks_nothing_of_a_site_without_manifest_and_keys()
    {
        var holder = Create(null, new ArtefactOptions());
        await holder.PollAsync(default);

        Assert.False(holder.Current.IsConfigured);
    }

    private void Loads(string outcome) =>
        Assert.Contains($"cwmpshield_artefact_manifest_loads_total{{outcome=\"{outcome}\"}} 1", Scrape.Text(text), StringComparison.Ordinal);

    private async Task<ArtefactHolder> HoldAsync()
    {
        var holder = Create(store, manifest.Options);
        await holder.PollAsync(default);
        return holder;
    }

    private ArtefactHolder Create(Store? with, ArtefactOptions options, Func<string, ManifestFiles>? read = null) => new(
        new GatewayOptions { Artefacts = options }, with is null ? null : new ArtefactStore(with), new ArtefactMetrics(metrics), UnreadLedger.Changes(), clock, NullLogger<ArtefactHolder>.Instance)
    {
        Read = read ?? ManifestFiles.Read,
    };
}
