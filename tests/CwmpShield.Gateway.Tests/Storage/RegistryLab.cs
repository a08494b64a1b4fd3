using System.Text;
using CwmpShield.Core.Cwmp;
using CwmpShield.Core.Identity;
using CwmpShield.Gateway.Storage;

namespace CwmpShield.Gateway.Tests.Storage;

/// <summary>A registry on a SQLite file of its own.</summary>
internal sealed class RegistryLab : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private RegistryLab() => Store = SqliteStore.Open(Path, TimeSpan.FromSeconds(1));

    public static DeviceId Device { get; } = new("00AABB", "HGW", "SN1");

    public string Path => folder.File("registry.db");

    public MasterKey Key { get; } = MasterKey.Create();

    public SqliteStore Store { get; private set; }

    public SqliteDeviceRegistry Registry { get; private set; } = null!;

    public static async Task<RegistryLab> OpenAsync()
    {
        var lab = new RegistryLab();
        lab.Registry = await SqliteDeviceRegistry.OpenAsync(lab.Store, lab.Key);
        return lab;
    }

    public static StoredSecret.Password Password(string text) => new(Encoding.UTF8.GetBytes(text));

    public static KeyToBind BindKey(string name, DateTimeOffset? from = null) =>
        new(name, from ?? DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(100));

    /// <summary>Adds a device, by default <see cref="Device"/> with the password <c>s3cret</c>.</summary>
    public async Task<RegisteredDevice> AddAsync(DeviceDraft? draft = null)
    {
        var added = await Registry.AddAsync(draft ?? new DeviceDraft { Device = Device, Secret = Password("s3cret") }, default);
        Assert.Equal(AddStatus.Added, added.Status);
        return added.Device!;
    }

    /// <summary>Opens the file again, as after a restart.</summary>
    public async Task ReopenAsync()
    {
        Store.Dispose();
        Store = SqliteStore.Open(Path, TimeSpan.FromSeconds(1));
        Registry = await SqliteDeviceRegistry.OpenAsync(Store, Key);
    }

    public void Dispose()
    {
        Store.Dispose();
        folder.Dispose();
    }
}
