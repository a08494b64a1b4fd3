using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace CwmpShield.Gateway.Storage;

/// <summary>
/// Ends what a connection reads when nobody waits for it any more. The engine looks at no token, and forgets an interruption that comes
/// between two statements; so it asks by itself, every few thousand steps of its machine.
/// </summary>
internal readonly struct ReadStop : IDisposable
{
    private const int Steps = 4096;
    private static readonly delegate_progress Asked = static token => ((CancellationToken)token).IsCancellationRequested ? 1 : 0;

    private readonly sqlite3? database;

    private ReadStop(sqlite3? database) => this.database = database;

    /// <summary>Watches <paramref name="token"/> for an open connection, until it is disposed.</summary>
    public static ReadStop Of(SqliteConnection connection, CancellationToken token)
    {
        if (!token.CanBeCanceled)
        {
            return default;
        }

        raw.sqlite3_progress_handler(connection.Handle, Steps, Asked, token);
        return new ReadStop(connection.Handle);
    }

    /// <summary>Asks no more: the connection goes back to its pool.</summary>
    public void Dispose()
    {
        if (database is not null)
        {
            raw.sqlite3_progress_handler(database, 0, null!, null!);
        }
    }
}
