using CwmpShield.Core.Cwmp;
using CwmpShield.Core.Identity;
using CwmpShield.Core.Identity.Rotation;
using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.Storage;
using CwmpShield.Gateway.Storage.Credentials;

namespace CwmpShield.Gateway.Tests.Storage;

/// <summary>What operators do with devices, on both engines.</summary>
public abstract class DeviceOfficeTests(StoreEngine engine) : IAsyncLifetime
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
    private RegistryLab lab = null!;
    private DeviceOffice office = null!;

    public async Task InitializeAsync()
    {
        lab = await RegistryLab.OpenAsync(engine);
        office = new DeviceOffice(lab.Store, lab.Registry);
    }

    public Task DisposeAsync()
    {
        lab.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task Lists_what_fits_every_part_of_a_filter()
    {
        await lab.AddAsync(new DeviceDraft { Device = new("00AABB", "HGW", "SN1"), Groups = ["a"], Model = "M1", SeenAt = Now, Secret = RegistryLab.Password("one and same") });
        await lab.AddAsync(new DeviceDraft { Device = new("00AABB", "HGW", "SN2"), Status = DeviceStatus.Quarantined, Secret = RegistryLab.Password("one and same"), HttpUser = "Us_er%" });
        await lab.AddAsync(new DeviceDraft { Device = new("00CCDD", "CPE", "SN3"), RequiredStrength = IdentityStrength.UniqueCertificate, Secret = RegistryLab.Password("admin"), Weakness = "default" });
        await lab.AddAsync(new DeviceDraft { Device = new("00CCDD", "cpé", "sn4"), Groups = ["a", "b"], SeenAt = Now.AddDays(-10) });
        Assert.Equal("SN1 SN2 SN3 sn4", await FindAsync(new()));
        Assert.Equal("SN1 sn4", await FindAsync(new() { Group = "a" }));
        Assert.Equal("sn4", await FindAsync(new() { Group = "a", Oui = "00ccdd" }));
        Assert.Equal("SN2", await FindAsync(new() { Status = DeviceStatus.Quarantined }));
        Assert.Equal("SN3", await FindAsync(new() { Strength = IdentityStrength.UniqueCertificate }));
        Assert.Equal("SN1", await FindAsync(new() { Model = "M1" }));
        Assert.Equal("SN2 SN3 sn4", await FindAsync(new() { SeenBefore = Now }));
        Assert.Equal("SN1", await FindAsync(new() { SeenAfter = Now }));
        Assert.Equal("SN3 sn4", await FindAsync(new() { Text = "CP" }));
        Assert.Equal("SN2", await FindAsync(new() { Text = "S_ER%" }));
        Assert.Equal("", await FindAsync(new() { Text = "S%" }));
        Assert.Equal("", await FindAsync(new() { Text = "\\" }));
        Assert.Equal("SN1 SN2", await FindAsync(new() { Reused = true }));
        Assert.Equal("SN3", await FindAsync(new() { Weak = true }));
        Assert.Equal("SN2", Serials(await office.ListAsync(new(), 1, 1, default)));
    }

    [Fact]
    public async Task Binds_and_unbinds_keys_and_tells_other_nodes()
    {
        var heard = 0;
        lab.Store.Subscribe(_ => heard++);
        await lab.AddAsync();
        await lab.AddAsync(new DeviceDraft { Device = new("00AABB", "HGW", "SN2") });
        Assert.Equal(BindResult.Done, await office.BindAsync(RegistryLab.Device, RegistryLab.BindKey("k1"), default));
        Assert.Equal(BindResult.Unchanged, await office.BindAsync(RegistryLab.Device, RegistryLab.BindKey("k1"), default));
        Assert.Equal(BindResult.OfAnotherDevice, await office.BindAsync(new("00AABB", "HGW", "SN2"), RegistryLab.BindKey("k1"), default));
        Assert.Equal(BindResult.NoDevice, await office.BindAsync(new("00AABB", "HGW", "SN3"), RegistryLab.BindKey("k2"), default));
        Assert.NotNull(await lab.Registry.FindByKeyAsync("k1", default));
        Assert.Equal(BindResult.Unchanged, await office.UnbindAsync(new("00AABB", "HGW", "SN2"), "k1", default));
        Assert.Equal(BindResult.NoDevice, await office.UnbindAsync(new("00AABB", "HGW", "SN3"), "k1", default));
        Assert.Equal(BindResult.Done, await office.UnbindAsync(RegistryLab.Device, "k1", default));
        Assert.Null(await lab.Registry.FindByKeyAsync("k1", default));
        Assert.Equal(2, heard);
    }

    [Fact]
    public async Task Rotates_a_password_and_keeps_the_old_one_for_its_window()
    {
        var row = await lab.AddAsync();
        Assert.NotNull(await office.RotateAsync(RegistryLab.Device, "another one", basicOnly: false, "default", Now.AddHours(1), Now, default));
        var state = await lab.Registry.CredentialAsync(row.Key, CredentialPurpose.Login, default);
        Assert.Equal(
            [(CredentialSlot.Current, "another one"), (CredentialSlot.Previous, "s3cret")],
            state.LoginsAt(Now).Select(one => (one.Slot, Text(one.Credential.Secret))));
        Assert.Equal([CredentialSlot.Current], state.LoginsAt(Now.AddHours(1)).Select(one => one.Slot));
        Assert.Equal("SN1", await FindAsync(new() { Weak = true }));
        Assert.NotNull(await office.RotateAsync(RegistryLab.Device, "s3cret", basicOnly: true, null, Now, Now, default));
        var verifier = Assert.IsType<StoredSecret.Verifier>((await lab.Registry.FindAsync(RegistryLab.Device, default))!.Secret);
        Assert.True(CredentialVerifier.Verify(new HttpCredential.Basic("u", "s3cret"u8.ToArray()), verifier));
        Assert.Equal("", await FindAsync(new() { Weak = true }));
        await lab.AddAsync(new DeviceDraft { Device = new("00AABB", "HGW", "SN2"), Secret = RegistryLab.Password("s3cret") });
        Assert.Equal("SN1 SN2", await FindAsync(new() { Reused = true }));
        Assert.Null(await office.RotateAsync(new("00AABB", "HGW", "SN3"), "x", basicOnly: false, null, Now, Now, default));
    }

    private static string Text(StoredSecret? secret) => System.Text.Encoding.UTF8.GetString(((StoredSecret.Password)secret!).Utf8.Span);

    private static string Serials(IEnumerable<RegisteredDevice> devices) => string.Join(' ', devices.Select(device => device.Device.SerialNumber));

    private async Task<string> FindAsync(DeviceFilter filter) => Serials(await office.ListAsync(filter, 0, 100, default));
}

public sealed class SqliteDeviceOfficeTests() : DeviceOfficeTests(StoreEngine.Sqlite);

public sealed class PostgresDeviceOfficeTests() : DeviceOfficeTests(StoreEngine.Postgresql);
