using System.Text;
using CwmpShield.Core.Cwmp;
using CwmpShield.Core.Identity;
using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.Storage;

namespace CwmpShield.Gateway.Tests.Storage;

/// <summary>The registry says the same on both engines.</summary>
public abstract class DeviceRegistryTests(StoreEngine engine) : IAsyncLifetime
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
    private RegistryLab lab = null!;

    private StoredDeviceRegistry Registry => lab.Registry;

    public async Task InitializeAsync() => lab = await RegistryLab.OpenAsync(engine);

    public Task DisposeAsync()
    {
        lab.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task Keeps_everything_that_was_added()
    {
        var draft = new DeviceDraft
        {
            Device = new DeviceId("00aabb", "Büro-1", "SN 1"),
            HttpUser = "8KA8WA1151100043",
            SharedUser = "fleet",
            SharedSecret = RegistryLab.Password("fleet password"),
            MigrationUntil = Now.AddDays(30),
            Status = DeviceStatus.Quarantined,
            Secret = RegistryLab.Password("s3cret"),
            Key = RegistryLab.BindKey("k1", Now),
            RequiredStrength = IdentityStrength.PasswordOverTls,
            Groups = ["north", "lab"],
            Model = "HGW-2000",
            SoftwareVersion = "1.2",
            SeenAt = Now,
        };
        var added = await lab.AddAsync(draft);
        await lab.ReopenAsync();
        var record = await Registry.FindAsync(draft.Device, default);
        Assert.Equivalent(added, record!.Device, strict: true);
        Assert.Equivalent(
            new RegisteredDevice
            {
                Key = 1,
                Device = new DeviceId("00AABB", "Büro-1", "SN 1"),
                HttpUser = "8KA8WA1151100043",
                SharedUser = "fleet",
                MigrationUntil = Now.AddDays(30),
                Status = DeviceStatus.Quarantined,
                BoundKeys = ["k1"],
                LatestKeyFrom = Now,
                RequiredStrength = IdentityStrength.PasswordOverTls,
                Groups = ["lab", "north"],
                Model = "HGW-2000",
                SoftwareVersion = "1.2",
                HasSecret = true,
                FirstSeen = Now,
                LastSeen = Now,
            },
            record.Device,
            strict: true);
        Assert.Equal("s3cret", Text(record.Secret));
        Assert.Equal("fleet password", Text((await Registry.FindUserAsync("fleet", null, default))!.SharedSecret));
    }

    [Fact]
    public async Task Finds_by_user_key_and_name()
    {
        await lab.AddAsync(new DeviceDraft { Device = RegistryLab.Device, HttpUser = "u1", Key = RegistryLab.BindKey("k1") });
        await lab.AddAsync(new DeviceDraft { Device = new("00AABB", "CPE", "SN2"), HttpUser = "u2", Key = RegistryLab.BindKey("k2") });
        Assert.Equal("SN1", (await Registry.FindUserAsync("u1", null, default))!.Owner!.Device.Device.SerialNumber);
        Assert.Equal("SN2", (await Registry.FindByKeyAsync("k2", default))!.Device.Device.SerialNumber);
        Assert.Equal("SN1", (await Registry.FindAsync(new("00aabb", "HGW", "SN1"), default))!.Device.Device.SerialNumber);
        Assert.Null(await Registry.FindAsync(new("00AABB", "hgw", "SN1"), default));
        Assert.Null(await Registry.FindUserAsync("U1", null, default));
        Assert.Null(await Registry.FindUserAsync("' OR 1=1 --", null, default));
        Assert.Null(await Registry.FindByKeyAsync("k3", default));
    }

    [Theory]
    [InlineData(null, null, "SN1", 2)]
    [InlineData("00aabb", null, "SN1", 2)]
    [InlineData("00AABB", "HGW", "SN1", 1)]
    [InlineData(null, "", "SN1", 0)]
    [InlineData("001122", null, "SN1", 0)]
    [InlineData(null, null, "SN3", 1)]
    [InlineData(null, null, "SN4", 0)]
    public async Task Finds_by_partial_name_and_tells_ambiguity(string? oui, string? productClass, string serial, int found)
    {
        await lab.AddAsync(new DeviceDraft { Device = new("00AABB", "HGW", "SN1") });
        await lab.AddAsync(new DeviceDraft { Device = new("00AABB", "CPE", "SN1") });
        await lab.AddAsync(new DeviceDraft { Device = new("00AABB", "DSL", "SN1") });
        await lab.AddAsync(new DeviceDraft { Device = new("00AABB", "", "SN3") });
        Assert.Equal(found, (await Registry.FindByNameAsync(new DeviceName(oui, productClass, serial), default)).Count);
    }

    [Fact]
    public async Task Takes_a_rows_own_user_before_a_shared_one_and_that_before_the_pattern()
    {
        await lab.AddAsync(new DeviceDraft { Device = RegistryLab.Device });
        await lab.AddAsync(new DeviceDraft { Device = new("00AABB", "HGW", "SN2"), HttpUser = "SN3" });
        var byPattern = new DeviceName(null, null, "SN1");
        Assert.Equal("SN1", (await Registry.FindUserAsync("SN1", byPattern, default))!.Owner!.Device.Device.SerialNumber);
        Assert.Equal("SN2", (await Registry.FindUserAsync("SN3", byPattern, default))!.Owner!.Device.Device.SerialNumber);
        Assert.Null(await Registry.FindUserAsync("SN2", new DeviceName(null, null, "SN2"), default));
        await lab.AddAsync(new DeviceDraft { Device = new("00AABB", "HGW", "SN4"), SharedUser = "SN1", SharedSecret = RegistryLab.Password("p") });
        Assert.Equal("p", Text((await Registry.FindUserAsync("SN1", byPattern, default))!.SharedSecret));
        await lab.AddAsync(new DeviceDraft { Device = RegistryLab.Device with { ProductClass = "CPE" } });
        Assert.Null(await Registry.FindUserAsync("SN9", byPattern, default));
    }

    [Fact]
    public async Task Refuses_to_add_what_is_there_or_taken_and_writes_nothing()
    {
        await lab.AddAsync(new DeviceDraft
        {
            Device = RegistryLab.Device,
            HttpUser = "u1",
            Key = RegistryLab.BindKey("k1"),
            SharedUser = "fleet",
            SharedSecret = RegistryLab.Password("p"),
        });
        var other = new DeviceDraft { Device = new("00AABB", "HGW", "SN2") };
        Assert.Equal(AddStatus.DeviceExists, await AddAsync(other with { Device = new("00aabb", "HGW", "SN1") }));
        Assert.Equal(AddStatus.UserTaken, await AddAsync(other with { HttpUser = "u1" }));
        Assert.Equal(AddStatus.UserTaken, await AddAsync(other with { HttpUser = "fleet" }));
        Assert.Equal(AddStatus.UserTaken, await AddAsync(other with { SharedUser = "u1", SharedSecret = RegistryLab.Password("p") }));
        Assert.Equal(AddStatus.KeyTaken, await AddAsync(other with { Key = RegistryLab.BindKey("k1") }));
        Assert.Equal(AddStatus.SharedUserUnknown, await AddAsync(other with { SharedUser = "fleet2" }));
        Assert.Equal(AddStatus.SharedSecretDiffers, await AddAsync(other with { SharedUser = "fleet", SharedSecret = RegistryLab.Password("q") }));
        Assert.Null(await Registry.FindAsync(other.Device, default));
        Assert.Null(await Registry.FindUserAsync("fleet2", null, default));
        Assert.Equal(AddStatus.Added, await AddAsync(other with { SharedUser = "fleet" }));
    }

    [Fact]
    public async Task Records_a_sighting_and_never_lowers_the_strength()
    {
        var row = await lab.AddAsync();
        var sighting = new Sighting { Key = row.Key, SeenAt = Now, Strength = IdentityStrength.UniqueCertificate, SoftwareVersion = "1.0", Model = "M", Source = "192.0.2.7" };
        await Registry.RecordAsync(sighting, default);
        var later = new Sighting { Key = row.Key, SeenAt = Now.AddDays(1), Strength = IdentityStrength.PasswordOverTls };
        var after = await Registry.RecordAsync(later, default);
        Assert.Equal(IdentityStrength.UniqueCertificate, after!.RequiredStrength);
        Assert.Equal((Now, Now.AddDays(1)), (after.FirstSeen, after.LastSeen));
        Assert.Equal(("1.0", "M", "192.0.2.7"), (after.SoftwareVersion, after.Model, after.LastSource));
    }

    [Fact]
    public async Task Remembers_the_highest_software_version_that_a_device_ever_informed()
    {
        var row = await lab.AddAsync();
        foreach (var (version, highest) in new[] { ("1.9", "1.9"), ("1.10", "1.10"), ("1.2", "1.10"), ((string?)null, "1.10") })
        {
            var after = await Registry.RecordAsync(new Sighting { Key = row.Key, SeenAt = Now, Strength = IdentityStrength.None, SoftwareVersion = version }, default);

            Assert.Equal((version ?? "1.2", highest), (after!.SoftwareVersion, after.HighestSoftwareVersion));
        }
    }

    [Fact]
    public async Task Binds_a_key_to_one_device_only_and_writes_nothing_otherwise()
    {
        var one = await lab.AddAsync();
        var two = await lab.AddAsync(new DeviceDraft { Device = new("00AABB", "HGW", "SN2") });
        var bound = await Registry.RecordAsync(Sighting(one.Key, RegistryLab.BindKey("k1", Now)), default);
        Assert.Equal(["k1"], bound!.BoundKeys);
        Assert.Null(await Registry.RecordAsync(Sighting(two.Key, RegistryLab.BindKey("k1", Now)), default));
        Assert.Null((await Registry.FindAsync(two.Device, default))!.Device.LastSeen);
        var renewed = await Registry.RecordAsync(Sighting(one.Key, RegistryLab.BindKey("k2", Now.AddDays(1))), default);
        Assert.Equal(["k1", "k2"], renewed!.BoundKeys);
        Assert.Equal(Now.AddDays(1), renewed.LatestKeyFrom);
    }

    [Fact]
    public async Task Records_nothing_of_a_device_that_is_gone() =>
        Assert.Null(await Registry.RecordAsync(Sighting(99, RegistryLab.BindKey("k1")), default));

    [Fact]
    public async Task Removes_a_device_with_all_that_hangs_on_it_and_never_reuses_its_key()
    {
        var row = await lab.AddAsync(new DeviceDraft
        {
            Device = RegistryLab.Device,
            HttpUser = "u1",
            Secret = RegistryLab.Password("p"),
            Key = RegistryLab.BindKey("k1"),
            Groups = ["lab"],
        });
        Assert.True(await Registry.RemoveAsync(RegistryLab.Device with { Oui = "00aabb" }, default));
        Assert.False(await Registry.RemoveAsync(RegistryLab.Device, default));
        Assert.Null(await Registry.FindUserAsync("u1", null, default));
        Assert.Null(await Registry.FindByKeyAsync("k1", default));
        Assert.True((await lab.AddAsync(new DeviceDraft { Device = RegistryLab.Device, HttpUser = "u1", Key = RegistryLab.BindKey("k1") })).Key > row.Key);
    }

    [Fact]
    public async Task Lists_in_pages_and_by_group()
    {
        for (var i = 0; i < 5; i++)
        {
            await lab.AddAsync(new DeviceDraft { Device = new("00AABB", "HGW", $"SN{i}"), Groups = i % 2 == 0 ? ["even"] : [] });
        }

        var first = await Registry.ListAsync(0, 2, null, default);
        var second = await Registry.ListAsync(first[^1].Key, 10, null, default);
        Assert.Equal("SN0 SN1 SN2 SN3 SN4", Serials([.. first, .. second]));
        Assert.Equal("SN0 SN2 SN4", Serials(await Registry.ListAsync(0, 10, "even", default)));
        Assert.Empty(await Registry.ListAsync(0, 10, "odd", default));
    }

    [Fact]
    public async Task Refuses_another_key_than_the_store_was_made_with()
    {
        var error = await Assert.ThrowsAsync<StoreException>(() => StoredDeviceRegistry.OpenAsync(lab.Store, MasterKey.Create()));
        Assert.Contains(lab.Key.Id, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Does_not_open_a_secret_that_was_moved_to_another_row()
    {
        await lab.AddAsync();
        await lab.AddAsync(new DeviceDraft { Device = new("00AABB", "HGW", "SN2"), Secret = RegistryLab.Password("mine") });
        await lab.Store.WriteAsync(
            commands => commands.ExecuteAsync("UPDATE device_secret SET sealed = (SELECT sealed FROM device_secret WHERE device_id = 2) WHERE device_id = 1"),
            default);
        await Assert.ThrowsAsync<RegistryUnavailableException>(async () => await Registry.FindAsync(RegistryLab.Device, default));
        Assert.Equal("mine", Text((await Registry.FindAsync(new("00AABB", "HGW", "SN2"), default))!.Secret));
    }

    [Fact]
    public async Task Keeps_an_HA1_with_its_realm_and_algorithm()
    {
        await lab.AddAsync(new DeviceDraft { Device = RegistryLab.Device, Secret = new StoredSecret.Ha1(DigestHash.Sha256, "Réalm", [1, 2, 3]) });
        var ha1 = Assert.IsType<StoredSecret.Ha1>((await Registry.FindAsync(RegistryLab.Device, default))!.Secret);
        Assert.Equal((DigestHash.Sha256, "Réalm"), (ha1.Algorithm, ha1.Realm));
        Assert.Equal([1, 2, 3], ha1.Hash.ToArray());
    }

    private static string Serials(IEnumerable<RegisteredDevice> devices) => string.Join(' ', devices.Select(device => device.Device.SerialNumber));

    private static Sighting Sighting(long key, KeyToBind newKey) =>
        new() { Key = key, SeenAt = Now, Strength = IdentityStrength.UniqueCertificate, NewKey = newKey };

    private static string Text(StoredSecret? secret) => Encoding.UTF8.GetString(Assert.IsType<StoredSecret.Password>(secret).Utf8.Span);

    private async Task<AddStatus> AddAsync(DeviceDraft draft) => (await Registry.AddAsync(draft, default)).Status;
}
