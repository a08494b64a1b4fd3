using System.Diagnostics.Metrics;
using System.Text;
using CwmpShield.Core.Identity;
using CwmpShield.Core.Tests.Identity;
using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.Storage;
using CwmpShield.Gateway.Storage.Secrets;
using CwmpShield.Gateway.Telemetry;

namespace CwmpShield.Gateway.Tests.Storage;

/// <summary>The master key changes while a gateway runs, on both engines.</summary>
public abstract class SecretRotationTests(StoreEngine engine) : IAsyncLifetime, IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly TestClock clock = new();
    private RegistryLab lab = null!;

    public async Task InitializeAsync() => lab = await RegistryLab.OpenAsync(engine);

    public Task DisposeAsync()
    {
        lab.Dispose();
        return Task.CompletedTask;
    }

    public void Dispose()
    {
        folder.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task A_running_gateway_follows_a_rotation_without_a_restart()
    {
        var file = folder.Write("key", lab.Key.Export());
        using var other = lab.OpenStore();
        var gateway = await StoredDeviceRegistry.OpenAsync(other, KeyRing.Read(new KeySource.InFile(file), clock));
        var row = await lab.AddAsync(new DeviceDraft { Device = RegistryLab.Device, Secret = RegistryLab.Password("s3cret"), SharedUser = "acs", SharedSecret = RegistryLab.Password("shared one") });
        await lab.AddAsync(new DeviceDraft { Device = new("00AABB", "HGW", "SN2"), Secret = RegistryLab.Password("verified"), BasicOnly = true });
        var fresh = KeyFile.Append(file);
        clock.Advance(TimeSpan.FromSeconds(2));

        var rotator = await StoredDeviceRegistry.OpenAsync(lab.Store, KeyRing.Read(new KeySource.InFile(file)));
        var rotation = new SecretRotation(lab.Store, rotator);
        Assert.Equal(5, await rotation.RunAsync(fresh, null, default));
        Assert.Equal(0, await rotation.RunAsync(fresh, null, default));
        Assert.Equal([(fresh, 5L)], (await rotation.CountAsync(default)).Select(one => (one.Key, one.Value)));

        Assert.Equal("s3cret", Text((await gateway.FindAsync(RegistryLab.Device, default))!.Secret));
        Assert.Equal("shared one", Text((await gateway.FindUserAsync("acs", null, default))!.SharedSecret));
        var verifier = (await gateway.FindAsync(new("00AABB", "HGW", "SN2"), default))!.Secret!;
        Assert.True(CredentialVerifier.Verify(new HttpCredential.Basic("u", "verified"u8.ToArray()), verifier));
        await gateway.AddAsync(new DeviceDraft { Device = new("00AABB", "HGW", "SN3"), Secret = RegistryLab.Password("s3cret") }, default);
        var counts = await rotation.CountAsync(default);
        Assert.Equal([(fresh, 6L)], counts.Select(one => (one.Key, one.Value)));

        // Fingerprints outlive the key.
        Assert.Equal((0, 2), await new SecretAudit(other, gateway).CountAsync(default));
        Assert.Equal(1, row.Key);
    }

    [Fact]
    public async Task A_node_without_the_new_key_refuses_and_writes_nothing()
    {
        await lab.AddAsync();
        var both = KeyRing.Of(lab.Key, MasterKey.Create());
        await new SecretRotation(lab.Store, await StoredDeviceRegistry.OpenAsync(lab.Store, both)).RunAsync(both.Newest.Id, null, default);
        var error = await Assert.ThrowsAsync<RegistryUnavailableException>(async () => await lab.Registry.FindAsync(RegistryLab.Device, default));
        Assert.Contains(both.Newest.Id, error.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<RegistryUnavailableException>(async () =>
            await lab.Registry.AddAsync(new DeviceDraft { Device = new("00AABB", "HGW", "SN2"), Secret = RegistryLab.Password("x") }, default));
        Assert.Equal(1L, await lab.Store.ReadAsync(commands => commands.ScalarAsync("SELECT count(*) FROM device"), default));
    }

    [Fact]
    public async Task Seals_of_the_first_version_are_counted_and_sealed_anew()
    {
        var row = await lab.AddAsync();
        var old = KeyRingTests.SealOfVersion1(lab.Key, "of version 1", row.Key, "login");
        await lab.Store.WriteAsync(commands => commands.ExecuteAsync("UPDATE device_secret SET sealed = @old", ("@old", old)), default);
        Assert.Equal("of version 1", Text((await lab.Registry.FindAsync(RegistryLab.Device, default))!.Secret));
        var rotation = new SecretRotation(lab.Store, lab.Registry);
        Assert.Equal(1, (await rotation.CountAsync(default))[""]);
        Assert.Equal(1, await rotation.RunAsync(lab.Key.Id, null, default));
        Assert.Equal("of version 1", Text((await lab.Registry.FindAsync(RegistryLab.Device, default))!.Secret));
        Assert.False((await rotation.CountAsync(default)).ContainsKey(""));
    }

    [Fact]
    public async Task Exports_how_many_devices_have_weak_and_shared_secrets()
    {
        await lab.AddAsync(new DeviceDraft { Device = RegistryLab.Device, Secret = RegistryLab.Password("admin"), Weakness = "default" });
        await lab.AddAsync(new DeviceDraft { Device = new("00AABB", "HGW", "SN2"), Secret = RegistryLab.Password("admin") });
        using var metrics = new ShieldMetrics();
        using var watch = new SecretWatch(lab.Store, lab.Registry.Seal, metrics, clock);
        var seen = new Dictionary<string, long>();
        using var listener = new MeterListener { InstrumentPublished = (instrument, to) => { if (instrument.Meter == metrics.Meter) { to.EnableMeasurementEvents(instrument); } } };
        listener.SetMeasurementEventCallback<long>((instrument, value, _, _) => seen[instrument.Name] = value);
        listener.Start();
        await watch.CountAsync(default);
        listener.RecordObservableInstruments();
        Assert.Equal((1, 2), (seen["cwmpshield.secrets.weak"], seen["cwmpshield.secrets.reused"]));
    }

    private static string Text(StoredSecret? secret) => Encoding.UTF8.GetString(((StoredSecret.Password)secret!).Utf8.Span);
}

public sealed class SqliteSecretRotationTests() : SecretRotationTests(StoreEngine.Sqlite);

public sealed class PostgresSecretRotationTests() : SecretRotationTests(StoreEngine.Postgresql);
