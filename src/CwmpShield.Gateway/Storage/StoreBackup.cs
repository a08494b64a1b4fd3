using CwmpShield.Gateway.Storage.Secrets;
using Microsoft.Data.Sqlite;

namespace CwmpShield.Gateway.Storage;

/// <summary>
/// Copies of an SQLite store: made while the gateway runs, and put back while it does not. A PostgreSQL store has its server's own tools.
/// </summary>
public static class StoreBackup
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Writes a copy as of now, of its own and whole, readable by its owner alone.</summary>
    /// <param name="path">The store.</param>
    /// <param name="copy">The copy; there is no such file yet.</param>
    /// <exception cref="StoreException">The store is none, the copy is there already, or it cannot be written.</exception>
    public static void Write(string path, string copy)
    {
        if (!File.Exists(path))
        {
            throw new StoreException($"There is no store at '{path}'.");
        }

        Guarded(copy, () =>
        {
            // VACUUM INTO writes into a file that is there when it is empty: so its mode is set before anything is in it.
            File.Open(copy, New()).Dispose();
            try
            {
                using var connection = Open(path, SqliteOpenMode.ReadOnly);
                Run(connection, "VACUUM INTO @copy", ("@copy", copy));
                Check(copy);
            }
            catch
            {
                File.Delete(copy);
                throw;
            }
        });
    }

    /// <summary>Puts a copy in the place of a store, which is kept beside it under another name where there is one.</summary>
    /// <param name="copy">The copy.</param>
    /// <param name="path">The store's place.</param>
    /// <param name="keys">The master keys: the copy's current one must be among them.</param>
    /// <param name="now">The time, for the name of what was there.</param>
    /// <param name="cancellationToken">Stops before anything is put anywhere.</param>
    /// <returns>Where the store that was there is now; null when there was none.</returns>
    /// <exception cref="StoreException">The copy is damaged, of a newer version or sealed under another key, or a process has the store open.</exception>
    public static async Task<string?> RestoreAsync(string copy, string path, KeyRing keys, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var staged = path + ".restoring";
        if (!File.Exists(copy))
        {
            throw new StoreException($"There is no backup at '{copy}'.");
        }

        try
        {
            Guarded(copy, () =>
            {
                Stage(copy, staged);
                Check(staged);
            });
            using (var store = SqliteStore.Open(staged))
            {
                Guarded(copy, () => CheckWorkings(copy, staged));
                await StoreKeyRows.OpenAsync(store, keys, cancellationToken);
            }

            string? before = null;
            Guarded(path, () =>
            {
                before = SetAside(path, now);
                File.Move(staged, path);
            });
            return before;
        }
        finally
        {
            Remove(staged);
        }
    }

    /// <summary>Copies into a file of its own, which nobody else may read and no link leads elsewhere.</summary>
    private static void Stage(string copy, string staged)
    {
        // A pipe or a device has no length, and would be read without end.
        if (new FileInfo(copy).Length == 0)
        {
            throw new StoreException($"'{copy}' is no backup: it is empty, or no file.");
        }

        Remove(staged);
        using var from = File.OpenRead(copy);
        using var to = File.Open(staged, New());
        from.CopyTo(to);
    }

    /// <summary>Rows are data; triggers, views and virtual tables work, and would do so in every later write: only those of this version may.</summary>
    private static void CheckWorkings(string copy, string staged)
    {
        var plain = $"{staged}.plain";
        Remove(plain);
        try
        {
            SqliteStore.Open(plain).Dispose();
            if (!Workings(staged).SequenceEqual(Workings(plain), StringComparer.Ordinal))
            {
                throw new StoreException($"The backup '{copy}' has other triggers, views or virtual tables than this version makes: it was tampered with, or is of another version.");
            }
        }
        finally
        {
            Remove(plain);
        }
    }

    private static List<string> Workings(string file)
    {
        using var connection = Open(file, SqliteOpenMode.ReadOnly);
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT name || ' ' || sql FROM sqlite_schema WHERE type IN ('trigger', 'view') OR sql LIKE 'CREATE VIRTUAL%' ORDER BY name";
        using var rows = command.ExecuteReader();
        var found = new List<string>();
        while (rows.Read())
        {
            found.Add(rows.GetString(0));
        }

        return found;
    }

    private static FileStreamOptions New()
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        return options;
    }

    private static string? SetAside(string path, DateTimeOffset now)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        using (var connection = Open(path, SqliteOpenMode.ReadWrite))
        {
            // Whoever else has it open holds a shared lock on its log; without one, the log is carried over and goes away.
            Run(connection, "PRAGMA locking_mode = EXCLUSIVE");
            Run(connection, "PRAGMA journal_mode = DELETE");
        }

        var before = $"{path}.{now.UtcDateTime:yyyyMMdd-HHmmss}";
        File.Move(path, before);
        return before;
    }

    private static void Check(string file)
    {
        using var connection = Open(file, SqliteOpenMode.ReadWrite);
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA integrity_check(1)";
        if (command.ExecuteScalar() as string != "ok")
        {
            throw new StoreException($"The backup '{file}' is damaged.");
        }
    }

    private static SqliteConnection Open(string path, SqliteOpenMode mode)
    {
        SQLitePCL.Batteries_V2.Init();
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = mode, Pooling = false, DefaultTimeout = 2 }.ToString());
        connection.Open();
        return connection;
    }

    private static void Run(SqliteConnection connection, string sql, params ReadOnlySpan<(string Name, string Value)> values)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in values)
        {
            command.Parameters.AddWithValue(name, value);
        }

        command.ExecuteNonQuery();
    }

    private static void Guarded(string file, Action work)
    {
        try
        {
            work();
        }
        catch (SqliteException error) when (error.SqliteErrorCode is 5 or 6)
        {
            throw new StoreException($"'{file}' is in use: stop the gateway first.", error);
        }
        catch (Exception error) when (error is SqliteException or IOException or UnauthorizedAccessException)
        {
            throw new StoreException($"'{file}': {error.Message}", error);
        }
    }

    private static void Remove(string file)
    {
        foreach (var one in new[] { file, file + "-wal", file + "-shm" })
        {
            File.Delete(one);
        }
    }
}
