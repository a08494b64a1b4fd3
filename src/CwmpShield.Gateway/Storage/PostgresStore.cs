using Npgsql;

namespace CwmpShield.Gateway.Storage;

/// <summary>
/// The store in a PostgreSQL database that several nodes share. What one node changes the others hear by LISTEN/NOTIFY, in the
/// transaction that changed it.
/// </summary>
public sealed class PostgresStore : Store
{
    private const string Channel = "cwmpshield";
    private const int MaxPool = 50;
    private const int MaxPrepared = 64;
    private const int PatienceSeconds = 5;
    private static readonly TimeSpan RetryInterval = TimeSpan.FromSeconds(1);

    private readonly NpgsqlDataSource source;

    private PostgresStore(NpgsqlDataSource source) => this.source = source;

    /// <inheritdoc/>
    public override string Engine => "postgresql";

    /// <summary>Opens the database and looks whether its schema is this version's.</summary>
    /// <param name="connectionString">Npgsql's connection string.</param>
    /// <param name="password">Password, null where the string or the server's method needs none.</param>
    /// <exception cref="StoreException">The database cannot be reached, or its schema is not this version's: <c>cwmpshield db migrate</c> brings it there.</exception>
    public static PostgresStore Open(string connectionString, string? password = null)
    {
        var database = Connect(connectionString, password);
        try
        {
            using var connection = database.OpenConnection();
            Migrator.CheckAsync(connection, CancellationToken.None).GetAwaiter().GetResult();
            return new PostgresStore(database);
        }
        catch (NpgsqlException error)
        {
            database.Dispose();
            throw Unreachable(error);
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    /// <summary>Applies the scripts that the database lacks, one node at a time; every script, and whether it was new.</summary>
    /// <exception cref="StoreException">The database cannot be reached, or does not fit this version.</exception>
    public static Task<IReadOnlyList<MigrationState>> MigrateAsync(string connectionString, string? password, CancellationToken cancellationToken) => WithAsync(
        connectionString, password, connection => Migrator.ApplyAsync(connection, isPostgres: true, cancellationToken), cancellationToken);

    /// <summary>Every script of this version and of the database, and whether it is applied.</summary>
    /// <exception cref="StoreException">The database cannot be reached.</exception>
    public static Task<IReadOnlyList<MigrationState>> StatusAsync(string connectionString, string? password, CancellationToken cancellationToken) => WithAsync(
        connectionString, password, connection => Migrator.StatusAsync(connection, isPostgres: true, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public override async ValueTask<T> ReadAsync<T>(Func<StoreCommands, ValueTask<T>> work, CancellationToken cancellationToken)
    {
        try
        {
            return await ReadOnceAsync(work, cancellationToken);
        }
        catch (PostgresException error) when (!IsOfWay(error))
        {
            throw new RegistryUnavailableException("The store cannot be read.", error);
        }
        catch (Exception error) when (IsOfEngine(error))
        {
            // A server that was away has left dead connections in the pool: nobody has to find them out one by one.
            source.Clear();
        }

        try
        {
            return await ReadOnceAsync(work, cancellationToken);
        }
        catch (Exception error) when (IsOfEngine(error))
        {
            throw new RegistryUnavailableException("The store cannot be read.", error);
        }
    }

    /// <inheritdoc/>
    public override async ValueTask<T> WriteAsync<T>(Func<StoreCommands, ValueTask<T>> work, CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = await source.OpenConnectionAsync(cancellationToken);
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            var commands = new StoreCommands(connection, transaction, cancellationToken);
            var result = await work(commands);
            foreach (var change in commands.Changes)
            {
                await commands.ScalarAsync("SELECT pg_notify(@channel, @change)", ("@channel", Channel), ("@change", change.ToString()));
            }

            // Once it is on its way nobody can take it back: whoever gives up waiting now would not know whether it is written.
            await transaction.CommitAsync(CancellationToken.None);
            Raise(commands.Changes);
            return result;
        }
        catch (Exception error) when (IsOfEngine(error))
        {
            // Not tried again: whether the commit came through is not known.
            if (IsOfWay(error))
            {
                source.Clear();
            }

            throw new RegistryUnavailableException("The store cannot be written.", error);
        }
    }

    /// <summary>Listens for what other nodes change. While it cannot, and once more when it can again, everything may have changed.</summary>
    public override async Task WatchAsync(TimeProvider time, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await ListenAsync(cancellationToken);
            }
            catch (Exception error) when (IsOfEngine(error))
            {
                Raise(StoreChange.Everything);
                await Task.Delay(RetryInterval, time, cancellationToken);
            }
        }
    }

    /// <inheritdoc/>
    public override void Dispose() => source.Dispose();

    private static NpgsqlDataSource Connect(string connectionString, string? password)
    {
        try
        {
            var settings = new NpgsqlConnectionStringBuilder(connectionString) { IncludeErrorDetail = false, PersistSecurityInfo = false };
            settings.Password = password ?? settings.Password;
            SetDefault(settings, "Timeout", PatienceSeconds);
            SetDefault(settings, "Command Timeout", PatienceSeconds);
            SetDefault(settings, "Maximum Pool Size", MaxPool);
            SetDefault(settings, "Keepalive", PatienceSeconds);

            // To plan the look-up of a device takes longer than to look it up.
            SetDefault(settings, "Max Auto Prepare", MaxPrepared);
            SetDefault(settings, "Auto Prepare Min Usages", 2);
            SetDefault(settings, "Application Name", "cwmpshield");
            return NpgsqlDataSource.Create(settings);
        }
        catch (ArgumentException error)
        {
            throw new StoreException($"The connection string of the store cannot be read: {error.Message}", error);
        }
    }

    private static void SetDefault(NpgsqlConnectionStringBuilder settings, string key, object value)
    {
        if (!settings.ShouldSerialize(key))
        {
            settings[key] = value;
        }
    }

    private static async Task<T> WithAsync<T>(
        string connectionString, string? password, Func<NpgsqlConnection, Task<T>> work, CancellationToken cancellationToken)
    {
        await using var database = Connect(connectionString, password);
        try
        {
            await using var connection = await database.OpenConnectionAsync(cancellationToken);
            return await work(connection);
        }
        catch (NpgsqlException error)
        {
            throw Unreachable(error);
        }
    }

    private static StoreException Unreachable(NpgsqlException error) =>
        new($"The PostgreSQL store cannot be used: {error.Message} {error.InnerException?.Message}".TrimEnd(), error);

    /// <summary>An error of the server or of the way to it; Npgsql reports an exhausted pool and time-outs in types of their own.</summary>
    private static bool IsOfEngine(Exception error) => error is NpgsqlException or TimeoutException or IOException or System.Net.Sockets.SocketException;

    /// <summary>Whether the way to the server is broken, and not only the statement.</summary>
    private static bool IsOfWay(Exception error) =>
        IsOfEngine(error) && error is not PostgresException { SqlState: not (PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow) };

    private async ValueTask<T> ReadOnceAsync<T>(Func<StoreCommands, ValueTask<T>> work, CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        return await work(new StoreCommands(connection, null, cancellationToken));
    }

    private async Task ListenAsync(CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        connection.Notification += (_, notice) => Raise(StoreChange.Parse(notice.Payload));
        await using (var listen = connection.CreateCommand())
        {
            listen.CommandText = "LISTEN " + Channel;
            await listen.ExecuteNonQueryAsync(cancellationToken);
        }

        Raise(StoreChange.Everything);
        while (true)
        {
            await connection.WaitAsync(cancellationToken);
        }
    }
}
