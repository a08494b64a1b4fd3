using Microsoft.Data.Sqlite;

namespace CwmpShield.Gateway.Storage;

/// <summary>Writes that share one transaction of the embedded store; one that fails is undone alone.</summary>
internal static class WriteGroup
{
    private const string Savepoint = "one_write";

    /// <summary>Runs and commits <paramref name="group"/>; each write's <see cref="PendingWrite.Error"/> says how it ended. Does not throw.</summary>
    public static async Task RunAsync(SqliteConnection writer, IReadOnlyList<PendingWrite> group)
    {
        var started = new List<PendingWrite>();
        try
        {
            await using var transaction = writer.BeginTransaction();
            foreach (var write in group.Where(write => write.TryStart()))
            {
                started.Add(write);
                await RunOneAsync(transaction, write);
            }

            transaction.Commit();
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

    private static async ValueTask RunOneAsync(SqliteTransaction transaction, PendingWrite write)
    {
        transaction.Save(Savepoint);
        try
        {
            await write.RunAsync(new StoreCommands(transaction.Connection!, transaction, CancellationToken.None));
        }
        catch (Exception error)
        {
            write.Error = error is SqliteException ? new RegistryUnavailableException("The store cannot be written.", error) : error;
            transaction.Rollback(Savepoint);
        }

        transaction.Release(Savepoint);
    }
}
