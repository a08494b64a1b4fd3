using CwmpShield.Core.Audit;
using CwmpShield.Gateway.Auditing;
using CwmpShield.Gateway.Storage;
using CwmpShield.Gateway.Storage.Secrets;
using Microsoft.Data.Sqlite;

namespace CwmpShield.Gateway.Tests.Storage;

public sealed class StoreBackupTests : IAsyncLifetime, IDisposable
{
    private readonly TemporaryFolder folder = new();
    private RegistryLab lab = null!;

    public async Task InitializeAsync()
    {
        lab = await RegistryLab.OpenAsync();
        await lab.Registry.AddAsync(new DeviceDraft { Device = RegistryLab.Device, Secret = RegistryLab.Password("correct horse 7") }, default);
        await new OperatorAudit(lab.Store, "gw").WriteAsync(new AuditRecord { At = DateTimeOffset.UnixEpoch, Kind = AuditKind.OperatorAction, Action = "device-add" }, default);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose()
    {
        lab.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task Copies_a_store_in_use_and_puts_it_back_with_secrets_and_ledger()
    {
        var copy = folder.File("copy.db");
        StoreBackup.Write(lab.Path, copy);
        await new OperatorAudit(lab.Store, "gw").WriteAsync(new AuditRecord { At = DateTimeOffset.UnixEpoch, Kind = AuditKind.OperatorAction, Action = "later" }, default);

        var restored = folder.File("restored.db");
        Assert.Null(await StoreBackup.RestoreAsync(copy, restored, KeyRing.Of(lab.Key), DateTimeOffset.UnixEpoch, default));

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(copy));
        using var store = SqliteStore.Open(restored);
        var registry = await StoredDeviceRegistry.OpenAsync(store, lab.Key);
        var record = await registry.FindAsync(RegistryLab.Device, default);
        Assert.NotNull(record);
        Assert.NotEmpty(await new DeviceOffice(store, registry).SecretsAsync(record.Device.Key, default));
        var rows = await new LedgerSearch(store).FindAsync(new LedgerQuery(), default);
        Assert.Equal("device-add", Assert.Single(rows).Record.Action);
    }

    [Fact]
    public async Task Keeps_what_was_there()
    {
        var copy = folder.File("copy.db");
        StoreBackup.Write(lab.Path, copy);
        var target = folder.File("target.db");
        SqliteStore.Open(target).Dispose();

        var before = await StoreBackup.RestoreAsync(copy, target, KeyRing.Of(lab.Key), DateTimeOffset.UnixEpoch, default);

        Assert.Equal(target + ".19700101-000000", before);
        Assert.True(File.Exists(before));
        Assert.DoesNotContain(Directory.GetFiles(Path.GetDirectoryName(target)!), file => file.EndsWith(".restoring", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Refuses_a_store_that_is_open_and_changes_nothing()
    {
        var copy = folder.File("copy.db");
        StoreBackup.Write(lab.Path, copy);

        var problem = await Assert.ThrowsAsync<StoreException>(() => StoreBackup.RestoreAsync(copy, lab.Path, KeyRing.Of(lab.Key), DateTimeOffset.UnixEpoch, default));

        Assert.Contains("stop the gateway", problem.Message, StringComparison.Ordinal);
        Assert.NotNull(await lab.Registry.FindAsync(RegistryLab.Device, default));
    }

    [Fact]
    public async Task Refuses_copies_that_are_damaged_or_sealed_under_another_key()
    {
        var copy = folder.File("copy.db");
        StoreBackup.Write(lab.Path, copy);
        var target = folder.File("target.db");

        var sealing = await Assert.ThrowsAsync<StoreException>(() => StoreBackup.RestoreAsync(copy, target, KeyRing.Of(MasterKey.Create()), DateTimeOffset.UnixEpoch, default));
        Assert.Contains("sealed under the key", sealing.Message, StringComparison.Ordinal);

        var bytes = await File.ReadAllBytesAsync(copy);
        bytes.AsSpan(bytes.Length / 2, 5000).Fill(0x5A);
        await File.WriteAllBytesAsync(copy, bytes);
        await Assert.ThrowsAsync<StoreException>(() => StoreBackup.RestoreAsync(copy, target, KeyRing.Of(lab.Key), DateTimeOffset.UnixEpoch, default));
        Assert.Empty(Directory.GetFiles(Path.GetDirectoryName(target)!, "target*"));
        Assert.Throws<StoreException>(() => StoreBackup.Write(lab.Path, copy));
        Assert.Throws<StoreException>(() => StoreBackup.Write(folder.File("nothing.db"), folder.File("b.db")));
    }

    [Theory]
    [InlineData("CREATE TRIGGER quiet AFTER INSERT ON ledger BEGIN DELETE FROM ledger WHERE seq = new.seq; END")]
    [InlineData("CREATE VIEW device_names AS SELECT serial_number FROM device")]
    [InlineData("CREATE VIRTUAL TABLE words USING fts5(word)")]
    [InlineData("DROP TRIGGER held_order_of_removed_device")]
    [InlineData("DROP TRIGGER held_order_of_removed_device; CREATE TRIGGER held_order_of_removed_device AFTER INSERT ON ledger BEGIN DELETE FROM ledger; END")]
    public async Task Refuses_a_copy_with_workings_of_its_own(string sql)
    {
        var copy = folder.File("copy.db");
        StoreBackup.Write(lab.Path, copy);
        await using (var connection = new SqliteConnection($"Data Source={copy};Pooling=False"))
        {
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
            command.CommandText = sql;
            await command.ExecuteNonQueryAsync();
        }

        var target = folder.File("target.db");
        var problem = await Assert.ThrowsAsync<StoreException>(() => StoreBackup.RestoreAsync(copy, target, KeyRing.Of(lab.Key), DateTimeOffset.UnixEpoch, default));

        Assert.Contains("triggers", problem.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(Path.GetDirectoryName(target)!, "target*"));
    }

    [Fact]
    public async Task Takes_what_is_in_a_file_only_and_gives_nobody_else_the_store()
    {
        var copy = folder.File("copy.db");
        StoreBackup.Write(lab.Path, copy);
        File.SetUnixFileMode(copy, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        var (target, victim) = (folder.File("target.db"), folder.File("victim"));
        await File.WriteAllTextAsync(victim, "mine");
        File.CreateSymbolicLink(target + ".restoring", victim);

        await StoreBackup.RestoreAsync(copy, target, KeyRing.Of(lab.Key), DateTimeOffset.UnixEpoch, default);

        Assert.Equal("mine", await File.ReadAllTextAsync(victim));
        Assert.Null(File.ResolveLinkTarget(target, returnFinalTarget: true));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(target));
        var pipe = folder.File("pipe");
        using (var made = System.Diagnostics.Process.Start("mkfifo", pipe))
        {
            await made.WaitForExitAsync();
        }

        var restoring = Task.Run(() => StoreBackup.RestoreAsync(pipe, folder.File("other.db"), KeyRing.Of(lab.Key), DateTimeOffset.UnixEpoch, default));
        await Assert.ThrowsAsync<StoreException>(() => restoring.WaitAsync(TimeSpan.FromSeconds(90)));
    }

    [Fact]
    public async Task Goes_on_with_a_store_to_which_a_newer_version_only_added()
    {
        await using var connection = new SqliteConnection($"Data Source={folder.File("newer.db")}");
        await connection.OpenAsync();
        await Migrator.ApplyAsync(connection, [.. MigrationScript.All, new MigrationScript("9998-more", "-- additive\nCREATE TABLE more (id INTEGER PRIMARY KEY) STRICT;")], isPostgres: false, default);

        var states = await Migrator.ApplyAsync(connection, isPostgres: false, default);

        Assert.Equal(MigrationStanding.Unknown, states[^1].Standing);
        await Migrator.ApplyAsync(
            connection,
            [
                .. MigrationScript.All, new MigrationScript("9998-more", "-- additive\nCREATE TABLE more (id INTEGER PRIMARY KEY) STRICT;"),
                new MigrationScript("9999-other", "DROP TABLE more;"),
            ],
            isPostgres: false,
            default);
        await Assert.ThrowsAsync<StoreException>(() => Migrator.ApplyAsync(connection, isPostgres: false, default));
    }
}
