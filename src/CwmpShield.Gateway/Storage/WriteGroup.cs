using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace CwmpShield.Gateway.Storage;

/// <summary>Writes that share one transaction of the embedded store; one that fails is undone alone.</summary>
internal static class WriteGroup
{
    /// <summary>Runs and commits <paramref name="group"/>; each write's <see cref="PendingWrite.Error"/> says how it ended. Does not throw.</summary>
    public static async ValueTask RunAsync(SqliteConnection writer, StatementCache statements, IReadOnlyList<PendingWrite> group)
    {
        var started = new List<PendingWrite>(group.Count);
        try
        {
            await RunAsync(writer, statements, "BEGIN IMMEDIATE");
            foreach (var write in group)
            {
                if (write.TryStart())
                {
                    started.Add(write);
                    await RunOneAsync(writer, statements, write, isAlone: group.Count == 1);
                }
            }

            // One that was alone and failed takes the transaction with it.
            var isWanted = group.Count > 1 || started.TrueForAll(write => write.Error is null);
            await RunAsync(writer, statements, isWanted ? "COMMIT" : "ROLLBACK");
        }
        catch (Exception error)
        {
            // Nothing of the group is written.
            var reason = Reason(error);
            foreach (var write in started.Concat(group.Where(write => write.TryStart())))
            {
                write.Error ??= reason;
            }

            await GiveUpAsync(writer, statements);
        }
    }

    private static async ValueTask RunOneAsync(SqliteConnection writer, StatementCache statements, PendingWrite write, bool isAlone)
    {
        if (!isAlone)
        {
            await RunAsync(writer, statements, "SAVEPOINT one_write");
        }

        try
        {
            await write.RunAsync(new StoreCommands(writer, null, CancellationToken.None, statements));
        }
        catch (Exception error)
        {
            write.Error = Reason(error);
            if (!isAlone)
            {
                await RunAsync(writer, statements, "ROLLBACK TO one_write");
            }
        }

        if (!isAlone)
        {
            await RunAsync(writer, statements, "RELEASE one_write");
        }
    }

    /// <summary>What the caller of a write hears: an error of the engine under the store's name.</summary>
    private static Exception Reason(Exception error) => error is SqliteException ? new RegistryUnavailableException("The store cannot be written.", error) : error;

    /// <summary>Ends the transaction, unless the engine has given it up by itself.</summary>
    private static async ValueTask GiveUpAsync(SqliteConnection writer, StatementCache statements)
    {
        try
        {
            if (raw.sqlite3_get_autocommit(writer.Handle) == 0)
            {
                await RunAsync(writer, statements, "ROLLBACK");
            }
        }
        catch (SqliteException)
        {
            // The next group finds out: it cannot begin.
        }
    }

    private static async ValueTask RunAsync(SqliteConnection writer, StatementCache statements, string sql) =>
        await new StoreCommands(writer, null, CancellationToken.None, statements).ExecuteAsync(sql);
}
