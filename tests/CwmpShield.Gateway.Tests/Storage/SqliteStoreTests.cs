using CwmpShield.Core.Cwmp;
using CwmpShield.Gateway.Storage;
using Microsoft.Data.Sqlite;

namespace CwmpShield.Gateway.Tests.Storage;

public sealed class SqliteStoreTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Makes_a_durable_file_that_its_owner_alone_may_read()
    {
        using var store = SqliteStore.Open(folder.File("a.db"));
        Assert.Equal("wal", await store.ReadAsync(commands => PragmaAsync(commands, "journal_mode"), default));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(folder.File("a.db")));
        }
    }

    [Fact]
    public async Task Writes_with_full_synchronisation()
    {
        using var store = SqliteStore.Open(folder.File("a.db"));
        Assert.Equal("2", await store.WriteAsync(commands => PragmaAsync(commands, "synchronous"), default));
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
            async commands =>
            {
                await commands.ExecuteAsync("INSERT INTO setting (name, value) VALUES ('a', 'b')");
                return await commands.ExecuteAsync("INSERT INTO nowhere VALUES (1)");
            },
            default));
        Assert.Equal(0L, await store.ReadAsync(commands => commands.ScalarAsync("SELECT count(*) FROM setting"), default));
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
        await new StoreCommands(killed, transaction, default).ExecuteAsync("UPDATE device SET status = 'disabled'");

        // What a killed process leaves are its files as they stand.
        foreach (var suffix in new[] { "", "-wal", "-shm" })
        {
            File.Copy(lab.Path + suffix, folder.File("copy.db" + suffix));
        }

        using var store = SqliteStore.Open(folder.File("copy.db"));
        var registry = await StoredDeviceRegistry.OpenAsync(store, lab.Key);
        Assert.Equal(CwmpShield.Core.Identity.DeviceStatus.Active, (await registry.FindAsync(RegistryLab.Device, default))!.Device.Status);
    }

    [Fact]
    public async Task Applies_each_migration_once_and_in_order()
    {
        using var connection = Memory();
        await ApplyAsync(connection, ("0001-a", "CREATE TABLE a (x)"));
        var states = await ApplyAsync(connection, ("0001-a", "CREATE TABLE a (x)"), ("0002-b", "ALTER TABLE a ADD COLUMN y"));
        Assert.Equal([MigrationStanding.Applied, MigrationStanding.New], states.Select(state => state.Standing));
        await ApplyAsync(connection, ("0001-a", "CREATE TABLE a (x)"), ("0002-b", "ALTER TABLE a ADD COLUMN y"));
        Assert.Equal("1,2", await new StoreCommands(connection, null, default).ScalarAsync("SELECT group_concat(id) FROM schema_migration"));
    }

    [Fact]
    public async Task Refuses_a_changed_migration_and_a_store_of_a_newer_version()
    {
        using var connection = Memory();
        await ApplyAsync(connection, ("0001-a", "CREATE TABLE a (x)"), ("0002-b", "CREATE TABLE b (x)"));
        await Assert.ThrowsAsync<StoreException>(() => ApplyAsync(connection, ("0001-a", "CREATE TABLE a (y)"), ("0002-b", "CREATE TABLE b (x)")));
        await Assert.ThrowsAsync<StoreException>(() => ApplyAsync(connection, ("0001-a", "CREATE TABLE a (x)")));
    }

    [Fact]
    public async Task Leaves_nothing_of_a_migration_that_fails()
    {
        using var connection = Memory();
        await Assert.ThrowsAnyAsync<SqliteException>(() => ApplyAsync(connection, ("0001-a", "CREATE TABLE a (x)"), ("0002-b", "CREATE TABLE a (x)")));
        await ApplyAsync(connection, ("0001-a", "CREATE TABLE a (x)"));
    }

    [Fact]
    public async Task Commits_writes_that_come_together_and_undoes_only_the_one_that_fails()
    {
        using var store = SqliteStore.Open(folder.File("a.db"));
        var writes = Enumerable.Range(0, 200).Select(i => Task.Run(async () =>
        {
            try
            {
                return await store.WriteAsync(
                    async commands =>
                    {
                        await commands.ExecuteAsync("INSERT INTO setting (name, value) VALUES (@name, 'x')", ("@name", $"n{i}"));
                        return i % 10 == 3 ? throw new InvalidOperationException("test") : i % 10 == 4 ? await commands.ExecuteAsync("INSERT INTO nowhere VALUES (1)") : i;
                    },
                    default);
            }
            catch (Exception error) when (error is InvalidOperationException or RegistryUnavailableException)
            {
                return -1;
            }
        })).ToList();

        var written = (await Task.WhenAll(writes)).Where(i => i >= 0).Select(i => $"n{i}").Order(StringComparer.Ordinal);

        var kept = await store.ReadAsync(commands => commands.QueryAsync("SELECT name FROM setting WHERE name LIKE 'n%'", reader => reader.GetString(0)), default);
        Assert.Equal(160, kept.Count);
        Assert.Equal(written, kept.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Tells_of_a_change_by_another_process_and_of_its_own()
    {
        using var lab = await RegistryLab.OpenAsync();
        await lab.AddAsync();
        var heard = new System.Collections.Concurrent.ConcurrentQueue<StoreChange>();
        lab.Store.Subscribe(heard.Enqueue);
        using var stop = new CancellationTokenSource();
        var watching = lab.Store.WatchAsync(TimeProvider.System, stop.Token);
        using var other = lab.OpenStore();
        var there = await StoredDeviceRegistry.OpenAsync(other, lab.Key);

        await Listening.ListenerHost.EventuallyAsync(
            async () =>
            {
                await there.ChangeStatusAsync(RegistryLab.Device, StatusChange.Quarantine("test", DateTimeOffset.UnixEpoch), default);
                await there.ChangeStatusAsync(RegistryLab.Device, StatusChange.Release("test", DateTimeOffset.UnixEpoch), default);
                return heard.Contains(StoreChange.Everything);
            },
            "the other process's change");
        await lab.Registry.ChangeStatusAsync(RegistryLab.Device, StatusChange.Quarantine("test", DateTimeOffset.UnixEpoch), default);

        Assert.Contains(new StoreChange(StoreChange.Device, 1), heard);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => watching);
    }

    [Fact]
    public async Task Does_not_take_its_own_changes_for_those_of_another_process()
    {
        using var store = SqliteStore.Open(folder.File("a.db"));
        var heard = new System.Collections.Concurrent.ConcurrentQueue<StoreChange>();
        store.Subscribe(heard.Enqueue);
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(3));
        var watching = store.WatchAsync(TimeProvider.System, stop.Token);
        for (var i = 0; !stop.IsCancellationRequested; i++)
        {
            await WriteAsync(store, $"own{i}");
            await Task.Delay(20);
        }

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => watching);
        Assert.DoesNotContain(StoreChange.Everything, heard);
    }

    [Fact]
    public async Task Writes_what_nobody_waits_for_with_the_next_write_or_a_moment_later()
    {
        using var store = SqliteStore.Open(folder.File("a.db"));
        var first = store.WriteSoonAsync(commands => commands.ExecuteAsync(Insert, ("@name", "soon1")), default).AsTask();
        var second = store.WriteSoonAsync(commands => commands.ExecuteAsync(Insert, ("@name", "soon2")), default).AsTask();
        await WriteAsync(store, "now");
        Assert.Equal((1, 1), (await first, await second));
        Assert.Equal("now soon1 soon2", await NamesAsync(store));

        Assert.Equal(1, await store.WriteSoonAsync(commands => commands.ExecuteAsync(Insert, ("@name", "soon3")), default));
        Assert.Equal("now soon1 soon2 soon3", await NamesAsync(store));
    }

    [Fact]
    public async Task Writes_what_still_waits_when_it_is_closed()
    {
        Task<int> last;
        using (var store = SqliteStore.Open(folder.File("a.db")))
        {
            last = store.WriteSoonAsync(commands => commands.ExecuteAsync(Insert, ("@name", "last")), default).AsTask();
        }

        Assert.Equal(1, await last);
        using var again = SqliteStore.Open(folder.File("a.db"));
        Assert.Equal("last", await NamesAsync(again));
    }

    [Fact]
    public async Task Carries_its_log_over_to_the_file_while_it_is_written()
    {
        var path = folder.File("a.db");
        using var store = SqliteStore.Open(path);
        var before = new FileInfo(path).Length;
        await Listening.ListenerHost.EventuallyAsync(
            async () =>
            {
                for (var i = 0; i < 200; i++)
                {
                    await WriteAsync(store, $"{Guid.NewGuid()}");
                }

                return new FileInfo(path).Length > before;
            },
            "the log in the file");
    }

    [Fact]
    public async Task Inserts_rows_of_every_kind_of_value()
    {
        using var store = SqliteStore.Open(folder.File("a.db"));
        var texts = new[] { "", "a", "ÄÖ€😀", new string('x', 5000) };
        await store.WriteAsync(
            async commands =>
            {
                await commands.ExecuteAsync("CREATE TABLE t (n INTEGER, x TEXT NOT NULL, b BLOB, missing TEXT)");
                await BulkInsert.RunAsync(commands, "t (n, x, b, missing)", "", [.. texts.Select((text, i) => new object?[] { (long)i, text, new byte[i], null })]);
                return 0;
            },
            default);
        var back = await store.ReadAsync(
            commands => commands.QueryAsync("SELECT n, x, b, missing FROM t ORDER BY n", row => (row.GetInt64(0), row.GetString(1), row.GetFieldValue<byte[]>(2).Length, row.IsDBNull(3))), default);
        Assert.Equal(texts.Select((text, i) => ((long)i, text, i, true)), back);
    }

    private const string Insert = "INSERT INTO setting (name, value) VALUES (@name, 'test')";

    private static async Task WriteAsync(SqliteStore store, string name) =>
        await store.WriteAsync(commands => commands.ExecuteAsync(Insert, ("@name", name)), default);

    private static async Task<string> NamesAsync(SqliteStore store) => string.Join(
        ' ', await store.ReadAsync(commands => commands.QueryAsync("SELECT name FROM setting WHERE value = 'test' ORDER BY name", row => row.GetString(0)), default));

    private static Task<IReadOnlyList<MigrationState>> ApplyAsync(SqliteConnection connection, params (string Name, string Sql)[] scripts) =>
        Migrator.ApplyAsync(connection, [.. scripts.Select(script => new MigrationScript(script.Name, script.Sql))], isPostgres: false, default);

    private static SqliteConnection Memory()
    {
        SQLitePCL.Batteries_V2.Init();
        var connection = new SqliteConnection("Data Source=:memory:");
        connection.Open();
        return connection;
    }

    private static async ValueTask<string?> PragmaAsync(StoreCommands commands, string name) =>
        Convert.ToString(await commands.ScalarAsync("PRAGMA " + name), System.Globalization.CultureInfo.InvariantCulture);

    [Fact]
    public async Task Stops_a_read_that_nobody_waits_for_any_more()
    {
        using var lab = await RegistryLab.OpenAsync();
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        const string endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n";
        var reading = Task.Run(async () => await lab.Store.ReadAsync(commands => commands.ScalarAsync(endless), stop.Token));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading.WaitAsync(TimeSpan.FromSeconds(90)));

        Assert.Equal(1L, await lab.Store.ReadAsync(commands => commands.ScalarAsync("SELECT 1"), default));
    }
}
