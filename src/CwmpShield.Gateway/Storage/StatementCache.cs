using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace CwmpShield.Gateway.Storage;

/// <summary>
/// Commands of one connection of the embedded store that keep their compiled statements: compiling one costs more than running it. Not safe for
/// use by two callers at a time, and a command is used up before the same text is asked for again.
/// </summary>
internal sealed class StatementCache : IDisposable
{
    /// <summary>Texts that are kept; there are fewer in the code, and what comes beyond is compiled each time.</summary>
    private const int Capacity = 128;

    private readonly Dictionary<string, SqliteCommand> commands = new(StringComparer.Ordinal);
    private readonly Dictionary<string, sqlite3_stmt> inserts = new(StringComparer.Ordinal);

    /// <summary>The command of a text, with the parameters that it had when it was used last; null where there is no more room.</summary>
    public SqliteCommand? Find(SqliteConnection connection, string sql)
    {
        if (!commands.TryGetValue(sql, out var command) && commands.Count < Capacity)
        {
            command = connection.CreateCommand();
            command.CommandText = sql;
            commands.Add(sql, command);
        }

        return command;
    }

    /// <summary>Takes a command back, and forgets its values; false where it is none of its own.</summary>
    public bool Take(SqliteCommand command)
    {
        if (!commands.TryGetValue(command.CommandText, out var known) || !ReferenceEquals(known, command))
        {
            return false;
        }

        command.Transaction = null;
        foreach (SqliteParameter parameter in command.Parameters)
        {
            parameter.Value = DBNull.Value;
        }

        return true;
    }

    /// <summary>The compiled statement of an INSERT of many rows, whose values have no names. Not to be disposed of.</summary>
    /// <exception cref="SqliteException">The text cannot be compiled.</exception>
    public sqlite3_stmt Insert(SqliteConnection connection, string sql)
    {
        if (!inserts.TryGetValue(sql, out var statement))
        {
            SqliteException.ThrowExceptionForRC(raw.sqlite3_prepare_v2(connection.Handle, sql, out statement), connection.Handle);
            inserts.Add(sql, statement);
        }

        return statement;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var statement in inserts.Values)
        {
            statement.Dispose();
        }

        inserts.Clear();
        foreach (var command in commands.Values)
        {
            command.Dispose();
        }

        commands.Clear();
    }
}
