using System.Data.Common;
using System.Globalization;
using System.Text;
using Microsoft.Data.Sqlite;

namespace CwmpShield.Gateway.Storage;

/// <summary>
/// Inserts many rows: one prepared statement again and again where the engine is in this process, many rows a statement where each
/// statement is a way over the network.
/// </summary>
internal static class BulkInsert
{
    private const int RowsOverNetwork = 500;

    /// <summary>
    /// Lets the embedded engine keep the pages of its indices in memory, and carry its log over to the file seldom: rows of an import hit pages
    /// all over the indices.
    /// </summary>
    public static async ValueTask PrepareAsync(StoreCommands commands)
    {
        if (commands.Connection is SqliteConnection)
        {
            await commands.ExecuteAsync("PRAGMA cache_size = -131072");
            await commands.ExecuteAsync("PRAGMA wal_autocheckpoint = 16384");
        }
    }

    /// <summary>Inserts <paramref name="rows"/> and reads what comes back, in no promised order.</summary>
    /// <param name="commands">The transaction.</param>
    /// <param name="into">Table and columns, as in <c>device_group (device_id, name)</c>.</param>
    /// <param name="tail">What follows the values: ON CONFLICT, RETURNING.</param>
    /// <param name="rows">The values of each row, as many as there are columns.</param>
    /// <param name="read">Reads a row that comes back.</param>
    public static async ValueTask<List<T>> RunAsync<T>(
        StoreCommands commands, string into, string tail, IReadOnlyList<object?[]> rows, Func<DbDataReader, T> read)
    {
        var back = new List<T>();
        var size = commands.Connection is SqliteConnection ? 1 : RowsOverNetwork;
        DbCommand? command = null;
        for (var at = 0; at < rows.Count; at += size)
        {
            // Values of another type need another statement over the network; the embedded engine takes any.
            var count = Math.Min(size, rows.Count - at);
            if (command is null || size > 1)
            {
                await ReturnAsync(commands, command);
                command = commands.Command(Text(into, tail, count, rows[at].Length), []);
            }

            Fill(command, rows, at, count);
            await using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync())
            {
                back.Add(read(reader));
            }
        }

        await ReturnAsync(commands, command);
        return back;
    }

    /// <summary>Inserts <paramref name="rows"/>.</summary>
    public static async ValueTask RunAsync(StoreCommands commands, string into, string tail, IReadOnlyList<object?[]> rows)
    {
        if (!EmbeddedInsert.TryRun(commands, into, tail, rows))
        {
            await RunAsync(commands, into, tail, rows, _ => 0);
        }
    }

    private static ValueTask ReturnAsync(StoreCommands commands, DbCommand? command) => command is null ? default : commands.ReturnAsync(command);

    private static string Text(string into, string tail, int rows, int columns)
    {
        var text = new StringBuilder("INSERT INTO ").Append(into).Append(" VALUES ");
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < columns; column++)
            {
                text.Append(column > 0 ? "," : row > 0 ? "),(" : "(").Append(CultureInfo.InvariantCulture, $"@p{(row * columns) + column}");
            }
        }

        return text.Append(") ").Append(tail).ToString();
    }

    private static void Fill(DbCommand command, IReadOnlyList<object?[]> rows, int first, int count)
    {
        var place = 0;
        for (var row = first; row < first + count; row++)
        {
            foreach (var value in rows[row])
            {
                if (place == command.Parameters.Count)
                {
                    var parameter = command.CreateParameter();
                    parameter.ParameterName = string.Create(CultureInfo.InvariantCulture, $"@p{place}");
                    command.Parameters.Add(parameter);
                }

                command.Parameters[place++].Value = value ?? DBNull.Value;
            }
        }
    }
}
