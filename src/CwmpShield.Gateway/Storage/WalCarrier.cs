using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace CwmpShield.Gateway.Storage;

/// <summary>
/// Carries the embedded store's write-ahead log over to its file beside the writer: done by a commit, as the engine does it by itself, it
/// holds up everybody who waits for one. Where this does not keep up, the engine still does it (<c>wal_autocheckpoint</c>).
/// </summary>
internal sealed class WalCarrier(string connectionString) : IDisposable
{
    private const int CommitsBetween = 512;
    private const int RowsBetween = 4096;

    /// <summary>A pass carries what was there when it began; the log begins anew when nothing is left behind a pass.</summary>
    private const int Passes = 4;

    private readonly SqliteConnection connection = new(connectionString);
    private readonly SemaphoreSlim turn = new(1, 1);
    private int commits;
    private int carriedRows;

    /// <summary>A group was committed; for the writer, one at a time.</summary>
    public void Committed(SqliteConnection writer)
    {
        var rows = raw.sqlite3_total_changes(writer.Handle);
        if ((++commits >= CommitsBetween || rows - carriedRows >= RowsBetween) && turn.Wait(0))
        {
            (commits, carriedRows) = (0, rows);
            ThreadPool.UnsafeQueueUserWorkItem(static carrier => carrier.Carry(), this, preferLocal: false);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        turn.Wait();
        connection.Dispose();
        turn.Dispose();
    }

    private void Carry()
    {
        try
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA wal_checkpoint(PASSIVE)";
            for (var pass = 0; pass < Passes; pass++)
            {
                using var result = command.ExecuteReader();
                if (!result.Read() || result.GetInt64(1) == result.GetInt64(2))
                {
                    break;
                }
            }
        }
        catch (SqliteException)
        {
            // Locked, full or gone: the commits say so to those who write.
        }
        finally
        {
            turn.Release();
        }
    }
}
