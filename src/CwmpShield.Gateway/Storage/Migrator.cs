using System.Data.Common;

namespace CwmpShield.Gateway.Storage;

/// <summary>
/// Brings a store to the schema of this version by numbered scripts, each applied once, in order and in one transaction. A script
/// that changed after it was applied stops the start, and so does a store of a newer version, unless all that the newer one did was to add
/// what this one need not know: so nodes of two versions can share a store while they are upgraded. Both engines run the same scripts.
/// </summary>
internal static class Migrator
{
    private const string Table = "CREATE TABLE IF NOT EXISTS schema_migration (id INTEGER PRIMARY KEY, name TEXT NOT NULL, checksum TEXT NOT NULL)";
    private const string NeededTable = "CREATE TABLE IF NOT EXISTS schema_needed (script INTEGER PRIMARY KEY)";
    private const long LockNumber = 0x63776D70;

    /// <summary>Applies what is missing; every script, and whether it was new.</summary>
    /// <exception cref="StoreException">The store does not fit this version.</exception>
    public static Task<IReadOnlyList<MigrationState>> ApplyAsync(DbConnection connection, bool isPostgres, CancellationToken cancellationToken) =>
        ApplyAsync(connection, MigrationScript.All, isPostgres, cancellationToken);

    /// <summary>Every script of this version and of the store.</summary>
    public static Task<IReadOnlyList<MigrationState>> StatusAsync(DbConnection connection, bool isPostgres, CancellationToken cancellationToken) =>
        StatusAsync(new StoreCommands(connection, null, cancellationToken), MigrationScript.All, isPostgres);

    /// <summary>Looks whether a PostgreSQL store is of this version, and changes nothing.</summary>
    /// <exception cref="StoreException">It is not.</exception>
    public static async Task CheckAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        var commands = new StoreCommands(connection, null, cancellationToken);
        var states = await StatusAsync(commands, MigrationScript.All, isPostgres: true);
        await RefuseUnfitAsync(commands, states, isPostgres: true);
        if (states.FirstOrDefault(state => state.Standing == MigrationStanding.Pending) is { } pending)
        {
            throw new StoreException($"The store lacks migration {pending.Name}. Bring it to this version with: cwmpshield db migrate");
        }
    }

    internal static async Task<IReadOnlyList<MigrationState>> ApplyAsync(
        DbConnection connection, IReadOnlyList<MigrationScript> scripts, bool isPostgres, CancellationToken cancellationToken)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var commands = new StoreCommands(connection, transaction, cancellationToken);
        if (isPostgres)
        {
            // One node at a time; the others find everything applied.
            await commands.ScalarAsync("SELECT pg_advisory_xact_lock(@number)", ("@number", LockNumber));
        }

        await commands.ExecuteAsync(isPostgres ? Table : Table + " STRICT");
        var states = await StatusAsync(commands, scripts, isPostgres);
        await RefuseUnfitAsync(commands, states, isPostgres);
        var pending = scripts.Where(script => states.Any(state => state.Id == script.Id && state.Standing == MigrationStanding.Pending)).ToList();
        foreach (var script in pending)
        {
            await commands.ExecuteAsync(isPostgres ? PostgresDialect.Translate(script.Sql) : script.Sql);
            await commands.ExecuteAsync(
                "INSERT INTO schema_migration (id, name, checksum) VALUES (@id, @name, @checksum)",
                ("@id", script.Id),
                ("@name", script.Name),
                ("@checksum", script.Checksum));
        }

        if (pending.Exists(script => !script.IsAdditive))
        {
            await commands.ExecuteAsync(isPostgres ? NeededTable : NeededTable + " STRICT");
            await commands.ExecuteAsync("DELETE FROM schema_needed");
            await commands.ExecuteAsync(
                "INSERT INTO schema_needed (script) VALUES (@script)", ("@script", (long)scripts.Where(script => !script.IsAdditive).Max(script => script.Id)));
        }

        await transaction.CommitAsync(cancellationToken);
        return [.. states.Select(state => state.Standing == MigrationStanding.Pending ? state with { Standing = MigrationStanding.New } : state)];
    }

    private static async Task<IReadOnlyList<MigrationState>> StatusAsync(StoreCommands commands, IReadOnlyList<MigrationScript> scripts, bool isPostgres)
    {
        var applied = new Dictionary<int, (string Name, string Checksum)>();
        if (await HasTableAsync(commands, "schema_migration", isPostgres))
        {
            var rows = await commands.QueryAsync(
                "SELECT id, name, checksum FROM schema_migration", reader => (Id: (int)reader.GetInt64(0), Name: reader.GetString(1), Checksum: reader.GetString(2)));
            applied = rows.ToDictionary(row => row.Id, row => (row.Name, row.Checksum));
        }

        var known = scripts.Select(script => new MigrationState(script.Id, script.Name, StandingOf(script, applied)));
        var foreign = applied.Where(row => scripts.All(script => script.Id != row.Key))
            .Select(row => new MigrationState(row.Key, row.Value.Name, MigrationStanding.Unknown));
        return [.. known.Concat(foreign).OrderBy(state => state.Id)];
    }

    /// <summary>The newest script that a version must know to use the store; the newest of all where that was never written down.</summary>
    private static async ValueTask<long> NeededAsync(StoreCommands commands, bool isPostgres) =>
        await HasTableAsync(commands, "schema_needed", isPostgres) && await commands.ScalarAsync("SELECT MAX(script) FROM schema_needed") is long needed ? needed : long.MaxValue;

    private static async ValueTask<bool> HasTableAsync(StoreCommands commands, string table, bool isPostgres) => await commands.ScalarAsync(
        isPostgres
            ? "SELECT count(*) FROM pg_tables WHERE tablename = @table AND schemaname = current_schema()"
            : "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = @table",
        ("@table", table)) is > 0L;

    private static MigrationStanding StandingOf(MigrationScript script, Dictionary<int, (string Name, string Checksum)> applied) =>
        !applied.TryGetValue(script.Id, out var row) ? MigrationStanding.Pending
        : string.Equals(row.Checksum, script.Checksum, StringComparison.Ordinal) ? MigrationStanding.Applied
        : MigrationStanding.Changed;

    private static async ValueTask RefuseUnfitAsync(StoreCommands commands, IReadOnlyList<MigrationState> states, bool isPostgres)
    {
        var known = states.Where(state => state.Standing != MigrationStanding.Unknown).Max(state => state.Id);
        if (states.Any(state => state.Standing == MigrationStanding.Unknown) && await NeededAsync(commands, isPostgres) > known)
        {
            throw new StoreException("The store was made by a newer version of cwmpshield: run that version, or restore a backup.");
        }

        if (states.FirstOrDefault(state => state.Standing == MigrationStanding.Changed) is { } changed)
        {
            throw new StoreException($"Migration {changed.Name} differs from the one that this store was made with.");
        }
    }
}
