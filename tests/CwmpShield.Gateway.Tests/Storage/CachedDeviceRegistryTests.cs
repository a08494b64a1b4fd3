using CwmpShield.Core.Cwmp;
using CwmpShield.Core.Identity;
using CwmpShield.Core.Tests.Identity;
using CwmpShield.Gateway.Storage;

namespace CwmpShield.Gateway.Tests.Storage;

public sealed class CachedDeviceRegistryTests : IAsyncLifetime
{
    private readonly TestClock clock = new();
    private RegistryLab lab = null!;
    private CachedDeviceRegistry cached = null!;

    public async Task InitializeAsync()
    {
        lab = await RegistryLab.OpenAsync();
        cached = new CachedDeviceRegistry(lab.Registry, clock);
    }

    public Task DisposeAsync()
    {
        lab.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task Keeps_an_answer_for_its_life_and_no_longer()
    {
        await lab.AddAsync(new DeviceDraft { Device = RegistryLab.Device, HttpUser = "u", Key = RegistryLab.BindKey("k") });
        await FindAllAsync();
        await lab.Registry.RemoveAsync(RegistryLab.Device, default);
        clock.Advance(TimeSpan.FromSeconds(29));
        Assert.All(await FindAllAsync(), Assert.NotNull);
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.All(await FindAllAsync(), Assert.Null);
    }

    [Fact]
    public async Task Keeps_a_shared_user_for_its_life()
    {
        await lab.AddAsync(new DeviceDraft { Device = RegistryLab.Device, SharedUser = "fleet", SharedSecret = RegistryLab.Password("p") });
        var first = await cached.FindUserAsync("fleet", null, default);
        Assert.Same(first, await cached.FindUserAsync("fleet", null, default));
        clock.Advance(TimeSpan.FromSeconds(30));
        Assert.NotSame(first, await cached.FindUserAsync("fleet", null, default));
    }

    [Fact]
    public async Task Keeps_no_absence_so_that_a_new_device_may_log_in_at_once()
    {
        Assert.All(await FindAllAsync(), Assert.Null);
        Assert.Null(await cached.FindUserAsync("fleet", null, default));
        await cached.AddAsync(
            new DeviceDraft
            {
                Device = RegistryLab.Device,
                HttpUser = "u",
                Key = RegistryLab.BindKey("k"),
                SharedUser = "fleet",
                SharedSecret = RegistryLab.Password("p"),
            },
            default);
        Assert.All(await FindAllAsync(), Assert.NotNull);
        Assert.NotNull(await cached.FindUserAsync("fleet", null, default));
    }

    [Fact]
    public async Task Shows_its_own_writes_at_once()
    {
        var row = await lab.AddAsync(new DeviceDraft { Device = RegistryLab.Device, HttpUser = "u", Key = RegistryLab.BindKey("k") });
        await FindAllAsync();
        var sighting = new Sighting { Key = row.Key, SeenAt = clock.GetUtcNow(), Strength = IdentityStrength.UniqueCertificate };
        await cached.RecordAsync(sighting, default);
        Assert.All(await FindAllAsync(), found => Assert.Equal(IdentityStrength.UniqueCertificate, found!.RequiredStrength));
        Assert.Single(await cached.ListAsync(0, 10, null, default));
        Assert.True(await cached.RemoveAsync(RegistryLab.Device, default));
        Assert.All(await FindAllAsync(), Assert.Null);
        Assert.Null(await cached.RecordAsync(sighting, default));
    }

    [Fact]
    public async Task Knows_no_device_by_a_key_that_was_taken_from_it()
    {
        await lab.AddAsync(new DeviceDraft { Device = RegistryLab.Device, HttpUser = "u", Key = RegistryLab.BindKey("k") });
        Assert.All(await FindAllAsync(), Assert.NotNull);
        await new DeviceOffice(lab.Store, lab.Registry).UnbindAsync(RegistryLab.Device, "k", default);
        cached.Forget(new StoreChange(StoreChange.Device, 1));
        Assert.NotNull(await cached.FindAsync(RegistryLab.Device, default));

        Assert.Null(await cached.FindByKeyAsync("k", default));
    }

    [Fact]
    public async Task Does_not_keep_an_ambiguous_name()
    {
        await lab.AddAsync();
        await lab.AddAsync(new DeviceDraft { Device = RegistryLab.Device with { ProductClass = "CPE" } });
        var name = new DeviceName(null, null, "SN1");
        Assert.Equal(2, (await cached.FindByNameAsync(name, default)).Count);
        await lab.Registry.RemoveAsync(RegistryLab.Device, default);
        Assert.Single(await cached.FindByNameAsync(name, default));
    }

    [Fact]
    public void Holds_no_more_than_its_capacity()
    {
        var cache = new BoundedCache<int, int>(8, TimeSpan.FromMinutes(1), clock);
        for (var i = 0; i < 1000; i++)
        {
            cache.Set(i, i);
        }

        var kept = Enumerable.Range(0, 1000).Where(i => cache.TryGet(i, out _)).ToList();
        Assert.InRange(kept.Count, 1, 8);
        Assert.Contains(999, kept);
    }

    private async Task<IReadOnlyList<RegisteredDevice?>> FindAllAsync() =>
    [
        (await cached.FindAsync(RegistryLab.Device, default))?.Device,
        (await cached.FindUserAsync("u", null, default))?.Owner?.Device,
        (await cached.FindByKeyAsync("k", default))?.Device,
        (await cached.FindByNameAsync(new DeviceName(null, null, "SN1"), default)).SingleOrDefault()?.Device,
    ];
}
