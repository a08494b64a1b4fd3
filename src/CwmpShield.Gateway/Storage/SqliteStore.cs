using Microsoft.Data.Sqlite;

namespace CwmpShield.Gateway.Storage;

/// <summary>
/// The embedded store: one SQLite file in WAL mode with synchronous=FULL. Readers run beside one writer. Writes that come at the same
/// time share one commit, each whole or not at all: a disk's patience is for a commit, not for a row.
/// </summary>
public sealed class SqliteStore : Store
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private static readonly TimeSpan WatchInterval = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Thousands of records of the ledger a second hit pages all over its indices: 32 MiB of them stay in memory. The log is carried over to the file
    /// by <see cref="WalCarrier"/>, and by commits where it does not keep up.
    /// </summary>
    private const string Pages = "PRAGMA cache_size = -32768; PRAGMA wal_autocheckpoint = 16384;";

    private readonly string connectionString;
    private readonly TimeSpan patience;
    private readonly SqliteConnection writing;
    private readonly WalCarrier carrier;
    private readonly SqliteWriter writer;
    private readonly ReaderPool readers;
    private int isDisposed;

    static SqliteStore() => SQLitePCL.Batteries_V2.Init();

    private SqliteStore(string connectionString, SqliteConnection connection, TimeSpan patience)
    {
        (this.connectionString, writing, this.patience) = (connectionString, connection, patience);
        carrier = new WalCarrier(connectionString);
        writer = new SqliteWriter(connection, carrier, Raise);
        readers = new ReaderPool(connectionString);
    }

    /// <inheritdoc/>
    public override string Engine => "sqlite";

    /// <summary>Opens the file, makes it when it is missing (readable by its owner alone), and brings its schema up to date.</summary>
    /// <param name="path">The file; its directory must exist.</param>
    /// <param name="patience">How long a locked file is waited for, whole seconds; null for 2 seconds.</param>
    /// <exception cref="StoreException">The file is no store, cannot be opened, or is of a newer version.</exception>
    public static SqliteStore Open(string path, TimeSpan? patience = null)
    {
        var wait = patience ?? TimeSpan.FromSeconds(2);
        var (connection, settings) = Connect(path, wait);
        try
        {
            Migrator.ApplyAsync(connection, isPostgres: false, CancellationToken.None).GetAwaiter().GetResult();
            return new SqliteStore(settings, connection, wait);
        }
        catch (Exception error)
        {
            connection.Dispose();
            throw error is SqliteException ? Unusable(path, error) : error;
        }
    }

    /// <summary>Applies the scripts that the file lacks; every script, and whether it was new.</summary>
    /// <exception cref="StoreException">The file is no store, cannot be opened, or does not fit this version.</exception>
    public static Task<IReadOnlyList<MigrationState>> MigrateAsync(string path, CancellationToken cancellationToken) =>
        WithAsync(path, connection => Migrator.ApplyAsync(connection, isPostgres: false, cancellationToken));

    /// <summary>Every script of this version and of the file, and whether it is applied.</summary>
    /// <exception cref="StoreException">There is no such file, or it is no store.</exception>
    public static Task<IReadOnlyList<MigrationState>> StatusAsync(string path, CancellationToken cancellationToken) => File.Exists(path)
        ? WithAsync(path, connection => Migrator.StatusAsync(connection, isPostgres: false, cancellationToken))
        : throw new StoreException($"There is no store at '{path}'.");

    /// <inheritdoc/>
    public override async ValueTask<T> ReadAsync<T>(Func<StoreCommands, ValueTask<T>> work, CancellationToken cancellationToken)
    {
        try
        {
            return await ReadAsync(readers.Take(), work, cancellationToken);
        }
        catch (SqliteException error) when (error.SqliteErrorCode == SQLitePCL.raw.SQLITE_INTERRUPT && cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException("The read was given up.", error, cancellationToken);
        }
        catch (SqliteException error)
        {
            throw new RegistryUnavailableException("The store cannot be read.", error);
        }
    }

    /// <inheritdoc/>
    public override ValueTask<T> WriteAsync<T>(Func<StoreCommands, ValueTask<T>> work, CancellationToken cancellationToken) => WriteAsync(work, isUrgent: true, cancellationToken);

    /// <inheritdoc/>
    public override ValueTask<T> WriteSoonAsync<T>(Func<StoreCommands, ValueTask<T>> work, CancellationToken cancellationToken) => WriteAsync(work, isUrgent: false, cancellationToken);

    /// <summary>Looks at SQLite's own counter of changes by other connections, the command line's for instance; the writer's has none of its own.</summary>
    public override async Task WatchAsync(TimeProvider time, CancellationToken cancellationToken)
    {
        long? seen = null;
        using var timer = new PeriodicTimer(WatchInterval, time);
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            var now = await VersionAsync(cancellationToken);
            if (now != seen && seen is not null)
            {
                Raise(StoreChange.Everything);
            }

            seen = now ?? seen;
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        if (Interlocked.Exchange(ref isDisposed, 1) != 0)
        {
            return;
        }

        writer.Dispose();
        carrier.Dispose();
        readers.Dispose();
        writing.Dispose();
        using var pooled = new SqliteConnection(connectionString);
        SqliteConnection.ClearPool(pooled);
    }

    private static StoreException Unusable(string path, Exception error) => new($"The store '{path}' cannot be opened: {error.Message}", error);

    private static async Task<T> WithAsync<T>(string path, Func<SqliteConnection, Task<T>> work)
    {
        await using var connection = Connect(path, TimeSpan.FromSeconds(2)).Connection;
        try
        {
            return await work(connection);
        }
        catch (SqliteException error)
        {
            throw Unusable(path, error);
        }
    }

    private static (SqliteConnection Connection, string Settings) Connect(string path, TimeSpan patience)
    {
        var settings = new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = SqliteOpenMode.ReadWrite,
            ForeignKeys = true,
            DefaultTimeout = (int)Math.Ceiling(patience.TotalSeconds),
        }.ToString();
        var connection = new SqliteConnection(settings);
        try
        {
            CreateIfMissing(path);
            connection.Open();
            using var pragmas = connection.CreateCommand();
            pragmas.CommandText = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA temp_store = MEMORY; PRAGMA busy_timeout = 200;" + Pages;
            pragmas.ExecuteNonQuery();
            return (connection, settings);
        }
        catch (Exception error) when (error is SqliteException or IOException or UnauthorizedAccessException)
        {
            connection.Dispose();
            throw Unusable(path, error);
        }
    }

    /// <summary>Reads; a connection whose work has failed may be in the middle of something, and is not used again.</summary>
    private async ValueTask<T> ReadAsync<T>(ReaderPool.Reader reader, Func<StoreCommands, ValueTask<T>> work, CancellationToken cancellationToken)
    {
        try
        {
            T read;
            using (ReadStop.Of(reader.Connection, cancellationToken))
            {
                read = await work(new StoreCommands(reader.Connection, null, cancellationToken, reader.Statements));
            }

            readers.Return(reader);
            return read;
        }
        catch
        {
            reader.Dispose();
            throw;
        }
    }

    private async ValueTask<T> WriteAsync<T>(Func<StoreCommands, ValueTask<T>> work, bool isUrgent, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var write = new PendingWrite<T>(work);
        if (!writer.TryAdd(write, isUrgent))
        {
            throw new RegistryUnavailableException("The store has more to write than it can.");
        }

        try
        {
            return await write.Completion.WaitAsync(patience, cancellationToken);
        }
        catch (TimeoutException) when (write.TryAbandon())
        {
            throw new RegistryUnavailableException("The store has been busy for too long.");
        }
        catch (OperationCanceledException) when (write.TryAbandon())
        {
            throw;
        }
        catch (Exception error) when (error is TimeoutException or OperationCanceledException)
        {
            // It has begun: only its end tells whether it is written.
            return await write.Completion;
        }
    }

    private async ValueTask<long?> VersionAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await WriteAsync(async commands => (long?)await commands.ScalarAsync("PRAGMA data_version"), cancellationToken);
        }
        catch (RegistryUnavailableException)
        {
            return null;
        }
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
