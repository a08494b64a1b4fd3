using Microsoft.Data.Sqlite;

namespace CwmpShield.Gateway.Storage;

/// <summary>
/// The embedded store: one SQLite file in WAL mode with synchronous=FULL. Readers run beside one writer; a write is one
/// transaction, whole or not at all. Errors of the engine come out as <see cref="RegistryUnavailableException"/>.
/// </summary>
public sealed class SqliteStore : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly string connectionString;
    private readonly TimeSpan patience;
    private readonly SqliteConnection writer;
    private readonly SemaphoreSlim writing = new(1, 1);

    static SqliteStore() => SQLitePCL.Batteries_V2.Init();

    private SqliteStore(string connectionString, SqliteConnection writer, TimeSpan patience)
    {
        this.connectionString = connectionString;
        this.writer = writer;
        this.patience = patience;
    }

    /// <summary>Opens the file, makes it when it is missing (readable by its owner alone), and brings its schema up to date.</summary>
    /// <param name="path">The file; its directory must exist.</param>
    /// <param name="patience">How long a locked file is waited for, whole seconds; null for 2 seconds.</param>
    /// <exception cref="StoreException">The file is no store, cannot be opened, or is of a newer version.</exception>
    public static SqliteStore Open(string path, TimeSpan? patience = null)
    {
        var wait = patience ?? TimeSpan.FromSeconds(2);
        var settings = new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = SqliteOpenMode.ReadWrite,
            ForeignKeys = true,
            DefaultTimeout = (int)Math.Ceiling(wait.TotalSeconds),
        }.ToString();
        var connection = new SqliteConnection(settings);
        try
        {
            CreateIfMissing(path);
            connection.Open();
            using var pragmas = connection.CreateCommand();
            pragmas.CommandText = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;";
            pragmas.ExecuteNonQuery();
            Migrator.Apply(connection);
            return new SqliteStore(settings, connection, wait);
        }
        catch (Exception error) when (error is SqliteException or IOException or UnauthorizedAccessException)
        {
            connection.Dispose();
            throw new StoreException($"The store '{path}' cannot be opened: {error.Message}", error);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Runs <paramref name="work"/> on a connection of its own, beside any writer.</summary>
    public T Read<T>(Func<SqliteConnection, T> work)
    {
        try
        {
            using var connection = new SqliteConnection(connectionString);
            connection.Open();
            return work(connection);
        }
        catch (SqliteException error)
        {
            throw new RegistryUnavailableException("The store cannot be read.", error);
        }
    }

    /// <summary>Runs <paramref name="work"/> in a transaction that is committed when it returns and undone when it throws.</summary>
    public async ValueTask<T> WriteAsync<T>(Func<SqliteTransaction, T> work, CancellationToken cancellationToken)
    {
        if (!await writing.WaitAsync(patience, cancellationToken))
        {
            throw new RegistryUnavailableException("The store has been busy for too long.");
        }

        try
        {
            using var transaction = writer.BeginTransaction();
            var result = work(transaction);
            transaction.Commit();
            return result;
        }
        catch (SqliteException error)
        {
            throw new RegistryUnavailableException("The store cannot be written.", error);
        }
        finally
        {
            writing.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        writer.Dispose();
        writing.Dispose();
        using var pooled = new SqliteConnection(connectionString);
        SqliteConnection.ClearPool(pooled);
    }

    private static void CreateIfMissing(string path)
    {
        if (File.Exists(path))
        {
            return;
        }

        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        File.Open(path, options).Dispose();
    }
}
