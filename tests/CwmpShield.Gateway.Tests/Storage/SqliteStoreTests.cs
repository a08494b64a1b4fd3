using CwmpShield.Core.Cwmp;
using CwmpShield.Gateway.Storage;
using Microsoft.Data.Sqlite;

namespace CwmpShield.Gateway.Tests.Storage;

public sealed class SqliteStoreTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Makes_a_durable_file_that_its_owner_alone_may_read()
    {
        using var store = SqliteStore.Open(folder.File("a.db"));
        Assert.Equal("wal", store.Read(connection => Pragma(connection, "journal_mode")));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(folder.File("a.db")));
        }
    }

    [Fact]
    public async Task Writes_with_full_synchronisation()
    {
        using var store = SqliteStore.Open(folder.File("a.db"));
        Assert.Equal("2", await store.WriteAsync(transaction => Pragma(transaction.Connection!, "synchronous"), default));
    }

    [Fact]
    public void Says_why_a_file_cannot_be_opened()
    {
        var text = folder.Write("text.db", new string('x', 4096));
        Assert.Contains(text, Assert.Throws<StoreException>(() => SqliteStore.Open(text)).Message, StringComparison.Ordinal);
        var nowhere = Path.Combine(folder.File("nowhere"), "a.db");
        Assert.Contains(nowhere, Assert.Throws<StoreException>(() => SqliteStore.Open(nowhere)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Undoes_a_write_that_fails_halfway()
    {
        using var store = SqliteStore.Open(folder.File("a.db"));
        await Assert.ThrowsAsync<RegistryUnavailableException>(async () => await store.WriteAsync(
            transaction =>
            {
                transaction.Execute("INSERT INTO setting (name, value) VALUES ('a', 'b')");
                return transaction.Execute("INSERT INTO nowhere VALUES (1)");
            },
            default));
        Assert.Equal(0L, await store.WriteAsync(transaction => transaction.Scalar("SELECT count(*) FROM setting"), default));
    }

    [Fact]
    public async Task Is_unavailable_while_another_process_holds_the_lock_and_writes_nothing()
    {
        using var lab = await RegistryLab.OpenAsync();
        await lab.AddAsync();
        using (var other = new SqliteConnection($"Data Source={lab.Path};Pooling=False"))
        {
            other.Open();
            using var transaction = other.BeginTransaction();
            await Assert.ThrowsAsync<RegistryUnavailableException>(async () =>
                await lab.Registry.AddAsync(new DeviceDraft { Device = new DeviceId("00AABB", "HGW", "SN2") }, default));

            // Readers go on beside a writer.
            Assert.NotNull(await lab.Registry.FindAsync(RegistryLab.Device, default));
        }

        Assert.Null(await lab.Registry.FindAsync(new DeviceId("00AABB", "HGW", "SN2"), default));
        await lab.AddAsync(new DeviceDraft { Device = new DeviceId("00AABB", "HGW", "SN2") });
    }

    [Fact]
    public async Task Finds_a_killed_writers_half_transaction_undone()
    {
        using var lab = await RegistryLab.OpenAsync();
        await lab.AddAsync();
        using var killed = new SqliteConnection($"Data Source={lab.Path};Pooling=False");
        killed.Open();
        using var transaction = killed.BeginTransaction();
        transaction.Execute("UPDATE device SET status = 'disabled'");

        // What a killed process leaves are its files as they stand.
        foreach (var suffix in new[] { "", "-wal", "-shm" })
        {
            File.Copy(lab.Path + suffix, folder.File("copy.db" + suffix));
        }

        using var store = SqliteStore.Open(folder.File("copy.db"));
        var registry = await SqliteDeviceRegistry.OpenAsync(store, lab.Key);
        Assert.Equal(CwmpShield.Core.Identity.DeviceStatus.Active, (await registry.FindAsync(RegistryLab.Device, default))!.Device.Status);
    }

    [Fact]
    public void Applies_each_migration_once_and_in_order()
    {
        using var connection = Memory();
        Migrator.Apply(connection, [new("0001-a", "CREATE TABLE a (x)")]);
        Migrator.Apply(connection, [new("0001-a", "CREATE TABLE a (x)"), new("0002-b", "ALTER TABLE a ADD COLUMN y")]);
        Migrator.Apply(connection, [new("0001-a", "CREATE TABLE a (x)"), new("0002-b", "ALTER TABLE a ADD COLUMN y")]);
        using var command = connection.Command("SELECT group_concat(id) FROM schema_migration", []);
        Assert.Equal("1,2", command.ExecuteScalar());
    }

    [Fact]
    public void Refuses_a_changed_migration_and_a_store_of_a_newer_version()
    {
        using var connection = Memory();
        Migrator.Apply(connection, [new("0001-a", "CREATE TABLE a (x)"), new("0002-b", "CREATE TABLE b (x)")]);
        Assert.Throws<StoreException>(() => Migrator.Apply(connection, [new("0001-a", "CREATE TABLE a (y)"), new("0002-b", "CREATE TABLE b (x)")]));
        Assert.Throws<StoreException>(() => Migrator.Apply(connection, [new("0001-a", "CREATE TABLE a (x)")]));
    }

    [Fact]
    public void Leaves_nothing_of_a_migration_that_fails()
    {
        using var connection = Memory();
        Assert.ThrowsAny<SqliteException>(() => Migrator.Apply(connection, [new("0001-a", "CREATE TABLE a (x)"), new("0002-b", "CREATE TABLE a (x)")]));
        Migrator.Apply(connection, [new("0001-a", "CREATE TABLE a (x)")]);
    }

    private static SqliteConnection Memory()
    {
        SQLitePCL.Batteries_V2.Init();
        var connection = new SqliteConnection("Data Source=:memory:");
        connection.Open();
        return connection;
    }

    private static string? Pragma(SqliteConnection connection, string name)
    {
        using var command = connection.Command("PRAGMA " + name, []);
        return Convert.ToString(command.ExecuteScalar(), System.Globalization.CultureInfo.InvariantCulture);
    }
}
