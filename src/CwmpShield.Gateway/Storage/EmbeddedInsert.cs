using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace CwmpShield.Gateway.Storage;

/// <summary>
/// Inserts rows by the embedded engine's own calls. The records of the ledger come by thousands a second, and what stands between a value and
/// the engine otherwise (a parameter found by its name, a reader for rows that there are not) takes as long as the insertion.
/// </summary>
internal static class EmbeddedInsert
{
    private const int OnStack = 512;

    /// <summary>Inserts; false where the store is not the embedded one.</summary>
    /// <exception cref="SqliteException">A row cannot be inserted.</exception>
    public static bool TryRun(StoreCommands commands, string into, string tail, IReadOnlyList<object?[]> rows)
    {
        if (commands is not { Connection: SqliteConnection connection, Kept: { } kept } || rows.Count == 0)
        {
            return false;
        }

        var places = string.Join(',', Enumerable.Repeat('?', rows[0].Length));
        var statement = kept.Insert(connection, $"INSERT INTO {into} VALUES ({places}) {tail}");
        for (var i = 0; i < rows.Count; i++)
        {
            try
            {
                Bind(statement, rows[i]);
                Check(raw.sqlite3_step(statement), connection);
            }
            finally
            {
                raw.sqlite3_reset(statement);
            }
        }

        raw.sqlite3_clear_bindings(statement);
        return true;
    }

    private static void Bind(sqlite3_stmt statement, object?[] row)
    {
        for (var i = 0; i < row.Length; i++)
        {
            var result = row[i] switch
            {
                null => raw.sqlite3_bind_null(statement, i + 1),
                long number => raw.sqlite3_bind_int64(statement, i + 1, number),
                int number => raw.sqlite3_bind_int64(statement, i + 1, number),
                string text => Bind(statement, i + 1, text),
                byte[] bytes => raw.sqlite3_bind_blob(statement, i + 1, bytes),
                var other => throw new ArgumentException($"A column takes no {other.GetType().Name}.", nameof(row)),
            };
            if (result != raw.SQLITE_OK)
            {
                throw new SqliteException("A value cannot be bound.", result);
            }
        }
    }

    private static int Bind(sqlite3_stmt statement, int place, string text)
    {
        if (text.Length == 0)
        {
            // Of an empty span there is no address, and no address is NULL.
            return raw.sqlite3_bind_text(statement, place, utf8z.FromSpan("\0"u8));
        }

        Span<byte> room = stackalloc byte[OnStack];
        return Encoding.UTF8.TryGetBytes(text, room, out var written)
            ? raw.sqlite3_bind_text(statement, place, room[..written])
            : raw.sqlite3_bind_text(statement, place, Encoding.UTF8.GetBytes(text).AsSpan());
    }

    private static void Check(int result, SqliteConnection connection)
    {
        if (result is not raw.SQLITE_DONE and not raw.SQLITE_ROW)
        {
            SqliteException.ThrowExceptionForRC(result, connection.Handle);
        }
    }
}
