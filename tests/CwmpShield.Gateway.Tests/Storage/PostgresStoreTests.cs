using System.Collections.Concurrent;
using CwmpShield.Core.Identity;
using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.Storage;
using CwmpShield.Gateway.Tests.Listening;

namespace CwmpShield.Gateway.Tests.Storage;

/// <summary>A real PostgreSQL: its schema, several nodes on it, and its failing.</summary>
public sealed class PostgresStoreTests
{
    [Fact]
    public async Task Makes_the_schema_once_when_several_nodes_migrate_at_the_same_time()
    {
        var database = PostgresServer.NewDatabase();

        var nodes = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => PostgresStore.MigrateAsync(database, PostgresServer.Password, default)));

        var scripts = MigrationScript.All.Count;
        Assert.Equal(scripts, nodes.SelectMany(states => states).Count(state => state.Standing == MigrationStanding.New));
        Assert.Equal(3 * scripts, nodes.SelectMany(states => states).Count(state => state.Standing == MigrationStanding.Applied));
        using var store = PostgresStore.Open(database, PostgresServer.Password);
    }

    [Fact]
    public async Task Refuses_to_start_on_a_database_that_is_not_migrated_or_that_a_newer_version_has_changed()
    {
        var database = PostgresServer.NewDatabase();
        Assert.Contains("cwmpshield db migrate", Assert.Throws<StoreException>(() => PostgresStore.Open(database, PostgresServer.Password)).Message, StringComparison.Ordinal);
        Assert.All(await PostgresStore.StatusAsync(database, PostgresServer.Password, default), state => Assert.Equal(MigrationStanding.Pending, state.Standing));

        await PostgresStore.MigrateAsync(database, PostgresServer.Password, default);
        using var store = PostgresStore.Open(database, PostgresServer.Password);
        await store.WriteAsync(commands => commands.ExecuteAsync("INSERT INTO schema_migration (id, name, checksum) VALUES (9999, '9999-later', 'x')"), default);
        PostgresStore.Open(database, PostgresServer.Password).Dispose();
        await store.WriteAsync(commands => commands.ExecuteAsync("UPDATE schema_needed SET script = 9999"), default);

        Assert.Contains("newer version", Assert.Throws<StoreException>(() => PostgresStore.Open(database, PostgresServer.Password)).Message, StringComparison.Ordinal);
        Assert.Equal(MigrationStanding.Unknown, (await PostgresStore.StatusAsync(database, PostgresServer.Password, default))[^1].Standing);
    }

    [Fact]
    public async Task Says_why_the_server_cannot_be_used_and_shows_no_password()
    {
        var database = PostgresServer.NewDatabase();
        var error = await Assert.ThrowsAsync<StoreException>(() => PostgresStore.StatusAsync(database, "wrong-password-x", default));
        Assert.Contains("password authentication failed", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("wrong-password-x", error.ToString(), StringComparison.Ordinal);
        Assert.Throws<StoreException>(() => PostgresStore.Open("Host=127.0.0.1;Port=1;Username=x;Database=x;Timeout=2"));
        Assert.Throws<StoreException>(() => PostgresStore.Open("NoSuchKey=1"));
    }

    [Fact]
    public async Task Shows_a_change_by_one_node_at_once_to_the_caches_of_the_others()
    {
        using var lab = await RegistryLab.OpenAsync(StoreEngine.Postgresql);
        await lab.AddAsync();
        using var other = lab.OpenStore();
        var (cached, heard) = await CacheAsync(other, lab.Key);
        using var stop = new CancellationTokenSource();
        var watching = other.WatchAsync(TimeProvider.System, stop.Token);
        await ListenerHost.EventuallyAsync(() => heard.Contains(StoreChange.Everything), "listening");
        Assert.Equal(DeviceStatus.Active, (await cached.FindAsync(RegistryLab.Device, default))!.Device.Status);

        await lab.Registry.ChangeStatusAsync(RegistryLab.Device, StatusChange.Disable("test", DateTimeOffset.UnixEpoch), default);

        await ListenerHost.EventuallyAsync(() => heard.Contains(new StoreChange(StoreChange.Device, 1)), "the change");
        Assert.Equal(DeviceStatus.Disabled, (await cached.FindAsync(RegistryLab.Device, default))!.Device.Status);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => watching);
    }

    [Fact]
    public async Task Forgets_everything_when_it_cannot_listen_and_listens_again_by_itself()
    {
        using var lab = await RegistryLab.OpenAsync(StoreEngine.Postgresql);
        await lab.AddAsync();
        using var other = lab.OpenStore();
        var (cached, heard) = await CacheAsync(other, lab.Key);
        using var stop = new CancellationTokenSource();
        var watching = other.WatchAsync(TimeProvider.System, stop.Token);
        await ListenerHost.EventuallyAsync(() => heard.Contains(StoreChange.Everything), "listening");
        Assert.NotNull(await cached.FindAsync(RegistryLab.Device, default));
        heard.Clear();

        PostgresServer.Allow(lab.Database, connections: false);

        await ListenerHost.EventuallyAsync(() => heard.Contains(StoreChange.Everything), "the break");
        await Assert.ThrowsAsync<RegistryUnavailableException>(async () => await cached.FindAsync(RegistryLab.Device, default));
        await Assert.ThrowsAsync<RegistryUnavailableException>(async () =>
            await cached.ChangeStatusAsync(RegistryLab.Device, StatusChange.Disable("test", DateTimeOffset.UnixEpoch), default));

        PostgresServer.Allow(lab.Database, connections: true);
        await ListenerHost.EventuallyAsync(
            async () =>
            {
                heard.Clear();
                await ChangeAsync(lab);
                return heard.Contains(new StoreChange(StoreChange.Device, 1));
            },
            "a change after the break");
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => watching);
    }

    [Fact]
    public async Task Writes_nothing_of_a_transaction_that_is_cut_off()
    {
        using var lab = await RegistryLab.OpenAsync(StoreEngine.Postgresql);
        await Assert.ThrowsAsync<RegistryUnavailableException>(async () => await lab.Store.WriteAsync(
            async commands =>
            {
                await commands.ExecuteAsync("INSERT INTO setting (name, value) VALUES ('half', 'x')");
                PostgresServer.Cut(lab.Database);
                return await commands.ExecuteAsync("INSERT INTO setting (name, value) VALUES ('other', 'x')");
            },
            default));

        Assert.Equal(0L, await lab.Store.ReadAsync(commands => commands.ScalarAsync("SELECT count(*) FROM setting WHERE name IN ('half', 'other')"), default));
    }

    [Fact]
    public async Task Gives_a_key_to_one_device_when_two_nodes_bind_it_at_the_same_time()
    {
        using var lab = await RegistryLab.OpenAsync(StoreEngine.Postgresql);
        var first = await lab.AddAsync();
        var second = await lab.AddAsync(new DeviceDraft { Device = new("00AABB", "HGW", "SN2") });
        using var other = lab.OpenStore();
        var there = await StoredDeviceRegistry.OpenAsync(other, lab.Key);

        var rows = await Task.WhenAll(
            lab.Registry.RecordAsync(Sighting(first.Key), default).AsTask(),
            there.RecordAsync(Sighting(second.Key), default).AsTask());

        Assert.Single(rows, row => row is not null);
        Assert.Contains("k", rows.Single(row => row is not null)!.BoundKeys);
    }

    private static Sighting Sighting(long key) =>
        new() { Key = key, SeenAt = DateTimeOffset.UnixEpoch, Strength = IdentityStrength.UniqueCertificate, NewKey = RegistryLab.BindKey("k") };

    private static async Task ChangeAsync(RegistryLab lab)
    {
        try
        {
            await lab.Registry.ChangeStatusAsync(RegistryLab.Device, StatusChange.Disable("test", DateTimeOffset.UnixEpoch), default);
            await lab.Registry.ChangeStatusAsync(RegistryLab.Device, StatusChange.Enable("test", DateTimeOffset.UnixEpoch), default);
        }
        catch (RegistryUnavailableException)
        {
            // A pooled connection that was cut is found out once.
        }
    }

    private static async Task<(CachedDeviceRegistry Cached, ConcurrentQueue<StoreChange> Heard)> CacheAsync(Store store, MasterKey key)
    {
        var cached = new CachedDeviceRegistry(await StoredDeviceRegistry.OpenAsync(store, key), TimeProvider.System);
        var heard = new ConcurrentQueue<StoreChange>();
        store.Subscribe(cached.Forget);
        store.Subscribe(heard.Enqueue);
        return (cached, heard);
    }
}
