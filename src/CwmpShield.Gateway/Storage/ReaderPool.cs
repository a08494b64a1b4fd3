using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace CwmpShield.Gateway.Storage;

/// <summary>Connections of the embedded store that only read, each with its statements compiled: to open one and to compile cost more than most answers.</summary>
internal sealed class ReaderPool(string connectionString) : IDisposable
{
    private const int MaxKept = 16;

    private readonly ConcurrentBag<Reader> kept = [];
    private volatile bool isDisposed;

    /// <summary>A connection for one caller, to be given back or disposed of.</summary>
    /// <exception cref="SqliteException">The file cannot be opened.</exception>
    public Reader Take() => kept.TryTake(out var reader) ? reader : Reader.Open(connectionString);

    /// <summary>Takes a connection back that has done its work without an error.</summary>
    public void Return(Reader reader)
    {
        if (isDisposed || kept.Count >= MaxKept)
        {
            reader.Dispose();
            return;
        }

        kept.Add(reader);
        if (isDisposed)
        {
            Dispose();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        isDisposed = true;
        while (kept.TryTake(out var reader))
        {
            reader.Dispose();
        }
    }

    /// <summary>A connection and its statements.</summary>
    /// <param name="Connection">The connection.</param>
    /// <param name="Statements">Its statements.</param>
    internal sealed record Reader(SqliteConnection Connection, StatementCache Statements) : IDisposable
    {
        /// <summary>Opens one.</summary>
        public static Reader Open(string connectionString)
        {
            var connection = new SqliteConnection(connectionString);
            try
            {
                connection.Open();
                return new Reader(connection, new StatementCache());
            }
            catch
            {
                connection.Dispose();
                throw;
            }
        }

        /// <inheritdoc/>
        public void Dispose()
        {
            Statements.Dispose();
            Connection.Dispose();
        }
    }
}
