using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Data.Sqlite;

namespace CwmpShield.Gateway.Storage;

/// <summary>
/// Brings a store to the schema of this version by numbered scripts, each applied once, in order and in one transaction. A script
/// that changed after it was applied, or a store of a newer version, stops the start.
/// </summary>
internal static class Migrator
{
    private const string Prefix = "CwmpShield.Gateway.Storage.Migrations.";

    /// <summary>Applies what is missing.</summary>
    /// <exception cref="StoreException">The store does not fit this version.</exception>
    public static void Apply(SqliteConnection connection) => Apply(connection, Scripts());

    internal static void Apply(SqliteConnection connection, IReadOnlyList<Script> scripts)
    {
        using var transaction = connection.BeginTransaction();
        Execute(transaction, "CREATE TABLE IF NOT EXISTS schema_migration (id INTEGER PRIMARY KEY, name TEXT NOT NULL, checksum TEXT NOT NULL) STRICT");
        var applied = Applied(transaction);
        if (applied.Keys.Except(scripts.Select(script => script.Id)).Any())
        {
            throw new StoreException("The store was made by a newer version of cwmpshield: run that version, or restore a backup.");
        }

        foreach (var script in scripts)
        {
            if (!applied.TryGetValue(script.Id, out var checksum))
            {
                Execute(transaction, script.Sql);
                Execute(
                    transaction,
                    "INSERT INTO schema_migration (id, name, checksum) VALUES ($id, $name, $checksum)",
                    ("$id", script.Id),
                    ("$name", script.Name),
                    ("$checksum", script.Checksum));
            }
            else if (!string.Equals(checksum, script.Checksum, StringComparison.Ordinal))
            {
                throw new StoreException($"Migration {script.Name} differs from the one that this store was made with.");
            }
        }

        transaction.Commit();
    }

    private static Dictionary<int, string> Applied(SqliteTransaction transaction)
    {
        using var command = transaction.Connection!.CreateCommand();
        command.CommandText = "SELECT id, checksum FROM schema_migration";
        using var reader = command.ExecuteReader();
        var applied = new Dictionary<int, string>();
        while (reader.Read())
        {
            applied.Add(reader.GetInt32(0), reader.GetString(1));
        }

        return applied;
    }

    private static void Execute(SqliteTransaction transaction, string sql, params ReadOnlySpan<(string Name, object Value)> values)
    {
        using var command = transaction.Connection!.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in values)
        {
            command.Parameters.AddWithValue(name, value);
        }

        command.ExecuteNonQuery();
    }

    private static List<Script> Scripts()
    {
        var assembly = typeof(Migrator).Assembly;
        var scripts = new List<Script>();
        foreach (var resource in assembly.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!, Encoding.UTF8);
            scripts.Add(new Script(resource[Prefix.Length..^".sql".Length], reader.ReadToEnd()));
        }

        return scripts;
    }

    /// <summary>One numbered script.</summary>
    /// <param name="Name">File name without its ending; it begins with the number.</param>
    /// <param name="Sql">What it does.</param>
    internal sealed record Script(string Name, string Sql)
    {
        /// <summary>The number.</summary>
        public int Id { get; } = int.Parse(Name.AsSpan(0, 4), CultureInfo.InvariantCulture);

        /// <summary>SHA-256 of the text.</summary>
        public string Checksum { get; } = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Sql)));
    }
}
