using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace CwmpShield.Gateway.Storage;

/// <summary>
/// Commands on one connection of the store, within its transaction where it has one. Values are named (<c>@name</c>) and never part of
/// the text; null is NULL. The SQL is what both engines understand.
/// </summary>
public sealed class StoreCommands
{
    private readonly DbConnection connection;
    private readonly DbTransaction? transaction;
    private readonly CancellationToken cancellation;
    private readonly StatementCache? kept;
    private readonly List<StoreChange> changes = [];

    internal StoreCommands(DbConnection connection, DbTransaction? transaction, CancellationToken cancellation, StatementCache? kept = null) =>
        (this.connection, this.transaction, this.cancellation, this.kept) = (connection, transaction, cancellation, kept);

    /// <summary>What was announced, in order.</summary>
    internal IReadOnlyList<StoreChange> Changes => changes;

    /// <summary>The connection, for what only one engine has; commands on it name <see cref="Transaction"/>.</summary>
    internal DbConnection Connection => connection;

    /// <summary>The transaction, null for reads.</summary>
    internal DbTransaction? Transaction => transaction;

    /// <summary>Every row, made into a value.</summary>
    public ValueTask<IReadOnlyList<T>> QueryAsync<T>(string sql, Func<DbDataReader, T> row, params ReadOnlySpan<(string Name, object? Value)> values) =>
        ReadAsync(Command(sql, values), row);

    /// <summary>The first column of the first row, null when there is none or it is NULL; whole numbers come as <see cref="long"/>.</summary>
    public ValueTask<object?> ScalarAsync(string sql, params ReadOnlySpan<(string Name, object? Value)> values) => ReadScalarAsync(Command(sql, values));

    /// <summary>Runs a command; the number of rows that it touched.</summary>
    public ValueTask<int> ExecuteAsync(string sql, params ReadOnlySpan<(string Name, object? Value)> values) => RunAsync(Command(sql, values));

    /// <summary>Statements of the embedded engine that are kept compiled; null where there are none.</summary>
    internal StatementCache? Kept => kept;

    /// <summary>Tells those who keep what they read, on every node, that a row has changed; they hear it when the transaction is committed.</summary>
    public void Announce(StoreChange change) => changes.Add(change);

    /// <summary>A command with its values, within the transaction; to be given back by <see cref="ReturnAsync"/>. One that was used before has its parameters still.</summary>
    internal DbCommand Command(string sql, ReadOnlySpan<(string Name, object? Value)> values)
    {
        var command = connection is SqliteConnection embedded && kept?.Find(embedded, sql) is { } known ? known : NewCommand(sql);
        command.Transaction = transaction;
        for (var i = 0; i < values.Length; i++)
        {
            var (name, value) = values[i];
            if (i == command.Parameters.Count)
            {
                var parameter = command.CreateParameter();
                parameter.ParameterName = name;
                command.Parameters.Add(parameter);
            }

            // The same text may come with its values in another order.
            command.Parameters[i].ParameterName = name;
            command.Parameters[i].Value = value ?? DBNull.Value;
        }

        return command;
    }

    /// <summary>Gives a command back: kept for the next time, or disposed of.</summary>
    internal ValueTask ReturnAsync(DbCommand command) =>
        command is SqliteCommand embedded && kept is not null && kept.Take(embedded) ? default : command.DisposeAsync();

    private DbCommand NewCommand(string sql)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        return command;
    }

    private async ValueTask<IReadOnlyList<T>> ReadAsync<T>(DbCommand command, Func<DbDataReader, T> row)
    {
        try
        {
            await using var reader = await command.ExecuteReaderAsync(cancellation);
            var rows = new List<T>();
            while (await reader.ReadAsync(cancellation))
            {
                rows.Add(row(reader));
            }

            return rows;
        }
        finally
        {
            await ReturnAsync(command);
        }
    }

    private async ValueTask<object?> ReadScalarAsync(DbCommand command)
    {
        try
        {
            return await command.ExecuteScalarAsync(cancellation) switch
            {
                DBNull => null,
                int number => (long)number,
                var value => value,
            };
        }
        finally
        {
            await ReturnAsync(command);
        }
    }

    private async ValueTask<int> RunAsync(DbCommand command)
    {
        try
        {
            return await command.ExecuteNonQueryAsync(cancellation);
        }
        finally
        {
            await ReturnAsync(command);
        }
    }
}
