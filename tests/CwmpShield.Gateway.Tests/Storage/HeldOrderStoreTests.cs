using CwmpShield.Core.Cwmp;
using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.Storage;

namespace CwmpShield.Gateway.Tests.Storage;

/// <summary>Held orders in the store: bounds, and that a release is spent once.</summary>
public abstract class HeldOrderStoreTests(StoreEngine engine) : IAsyncLifetime
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 3, 0, 0, TimeSpan.Zero);

    private RegistryLab lab = null!;

    private Store Kept => lab.Store;

    public async Task InitializeAsync() => lab = await RegistryLab.OpenAsync(engine);

    public Task DisposeAsync()
    {
        lab.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task Keeps_no_more_than_its_bounds_and_drops_the_oldest_of_the_same_device_first()
    {
        var held = new HeldOrderStore(Kept, maxPerDevice: 2, max: 3);
        await held.PassOrRecordAsync(Sighting("1", "a", 0), default);
        await held.PassOrRecordAsync(Sighting("2", "a", 1), default);
        await held.PassOrRecordAsync(Sighting("2", "b", 2), default);
        await held.PassOrRecordAsync(Sighting("2", "c", 3), default);
        Assert.Equal(["1a", "2b", "2c"], await NamesAsync(held));

        await held.PassOrRecordAsync(Sighting("3", "a", 4), default);
        Assert.Equal(["2b", "2c", "3a"], await NamesAsync(held));
    }

    [Fact]
    public async Task Keeps_released_orders_when_others_press_for_room()
    {
        var held = new HeldOrderStore(Kept, maxPerDevice: 1, max: 10);
        await held.PassOrRecordAsync(Sighting("1", "a", 0), default);
        Assert.True(await held.ReleaseAsync(1, Now.AddHours(1), "", default));

        Assert.False(await held.PassOrRecordAsync(Sighting("1", "b", 1), default));

        Assert.Equal(["1a"], await NamesAsync(held));
        Assert.True(await held.PassOrRecordAsync(Sighting("1", "a", 2), default));
    }

    [Fact]
    public async Task Spends_a_release_once_when_two_sessions_ask_at_the_same_time()
    {
        var held = new HeldOrderStore(Kept);
        await held.PassOrRecordAsync(Sighting("1", "a", 0), default);
        await held.ReleaseAsync(1, Now.AddHours(1), "", default);

        var passed = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(async () => await held.PassOrRecordAsync(Sighting("1", "a", i), default))));

        Assert.Single(passed, one => one);
    }

    [Fact]
    public async Task Forgets_the_orders_of_a_device_that_is_removed()
    {
        var registry = lab.Registry;
        await registry.AddAsync(new DeviceDraft { Device = Device("1") }, default);
        var held = new HeldOrderStore(Kept);
        await held.PassOrRecordAsync(Sighting("1", "a", 0), default);
        await held.PassOrRecordAsync(Sighting("2", "a", 0), default);

        await registry.RemoveAsync(Device("1"), default);

        Assert.Equal(["2a"], await NamesAsync(held));
        Assert.Equal(["2a"], (await held.ListAsync(0, 10, Device("2"), includesDecided: false, default)).Select(order => order.Device.SerialNumber + order.Digest));
    }

    [Fact]
    public async Task Refuses_to_decide_about_what_is_not_there_or_has_passed()
    {
        var held = new HeldOrderStore(Kept);
        Assert.False(await held.ReleaseAsync(1, Now.AddHours(1), "", default));
        await held.PassOrRecordAsync(Sighting("1", "a", 0), default);
        await held.ReleaseAsync(1, Now.AddHours(1), "", default);
        await held.PassOrRecordAsync(Sighting("1", "a", 1), default);

        Assert.False(await held.ReleaseAsync(1, Now.AddHours(1), "", default));
        Assert.False(await held.RejectAsync(1, "", default));
        Assert.Equal(HeldStatus.Passed, (await held.FindAsync(1, default))!.Status);
    }

    private static async Task<string[]> NamesAsync(HeldOrderStore held) =>
        [.. (await held.ListAsync(0, 100, null, includesDecided: true, default)).Select(order => order.Device.SerialNumber + order.Digest)];

    private static DeviceId Device(string serial) => new("00AABB", "HGW", serial);

    private static HeldSighting Sighting(string serial, string digest, int second) =>
        new(Device(serial), digest, "Reboot", ["r"], [], Now.AddSeconds(second), MayPass: true);
}

public sealed class SqliteHeldOrderStoreTests() : HeldOrderStoreTests(StoreEngine.Sqlite);

public sealed class PostgresHeldOrderStoreTests() : HeldOrderStoreTests(StoreEngine.Postgresql);
