using Microsoft.Data.Sqlite;

namespace CwmpShield.Gateway.Storage;

/// <summary>Writes that share one transaction of the embedded store; one that fails is undone alone.</summary>
internal static class WriteGroup
{
    private const string Savepoint = "one_write";

    /// <summary>Runs and commits <paramref name="group"/>; each write's <see cref="PendingWrite.Error"/> says how it ended. Does not throw.</summary>
    public static async Task RunAsync(SqliteConnection writer, StatementCache statements, IReadOnlyList<PendingWrite> group)
    {
        var started = new List<PendingWrite>();
        try
        {
            await using var transaction = writer.BeginTransaction();
            foreach (var write in group.Where(write => write.TryStart()))
            {
                started.Add(write);
                await RunOneAsync(transaction, statements, write, isAlone: group.Count == 1);
            }

            // One that was alone and failed takes the transaction with it.
            if (group.Count > 1 || started.TrueForAll(write => write.Error is null))
            {
                transaction.Commit();
            }
        }
        catch (Exception error)
        {
            // The engine has given up the transaction: nothing of the group is written.
            var reason = error is SqliteException ? new RegistryUnavailableException("The store cannot be written.", error) : error;
            foreach (var write in started.Concat(group.Where(write => write.TryStart())))
            {
                write.Error ??= reason;
            }
        }
    }

    private static async ValueTask RunOneAsync(SqliteTransaction transaction, StatementCache statements, PendingWrite write, bool isAlone)
    {
        if (!isAlone)
        {
            transaction.Save(Savepoint);
        }

        try
        {
            await write.RunAsync(new StoreCommands(transaction.Connection!, transaction, CancellationToken.None, statements));
        }
        catch (Exception error)
        {
            write.Error = error is SqliteException ? new RegistryUnavailableException("The store cannot be written.", error) : error;
            if (!isAlone)
            {
                transaction.Rollback(Savepoint);
            }
        }

        if (!isAlone)
        {
            transaction.Release(Savepoint);
        }
    }
}
