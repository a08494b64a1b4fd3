using System.Text;
using CwmpShield.Core.Cwmp;
using CwmpShield.Core.Identity;
using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.Storage;

namespace CwmpShield.Gateway.Tests.Storage;

/// <summary>A registry on a SQLite file or a PostgreSQL database of its own.</summary>
internal sealed class RegistryLab : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private readonly string? database;

    private RegistryLab(StoreEngine engine)
    {
        database = engine == StoreEngine.Postgresql ? PostgresServer.NewDatabase() : null;
        if (database is not null)
        {
            PostgresStore.MigrateAsync(database, PostgresServer.Password, default).GetAwaiter().GetResult();
        }

        Store = OpenStore();
    }

    public static DeviceId Device { get; } = new("00AABB", "HGW", "SN1");

    public string Path => folder.File("registry.db");

    public MasterKey Key { get; } = MasterKey.Create();

    public Store Store { get; private set; }

    public StoredDeviceRegistry Registry { get; private set; } = null!;

    /// <summary>The database's connection string; only on PostgreSQL.</summary>
    public string Database => database!;

    public static async Task<RegistryLab> OpenAsync(StoreEngine engine = StoreEngine.Sqlite)
    {
        var lab = new RegistryLab(engine);
        lab.Registry = await StoredDeviceRegistry.OpenAsync(lab.Store, lab.Key);
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
        Store = OpenStore();
        Registry = await StoredDeviceRegistry.OpenAsync(Store, Key);
    }

    /// <summary>Another node on the same database or file.</summary>
    public Store OpenStore() => database is null ? SqliteStore.Open(Path, TimeSpan.FromSeconds(1)) : PostgresStore.Open(database, PostgresServer.Password);

    public void Dispose()
    {
        Store.Dispose();
        folder.Dispose();
    }
}
