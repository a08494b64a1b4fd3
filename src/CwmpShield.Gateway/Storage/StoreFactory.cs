using CwmpShield.Gateway.Configuration;

namespace CwmpShield.Gateway.Storage;

/// <summary>Opens the store that the configuration names.</summary>
public static class StoreFactory
{
    /// <summary>Opens it. An SQLite file is brought to this version's schema; a PostgreSQL database must have it (<c>cwmpshield db migrate</c>).</summary>
    /// <exception cref="StoreException">It cannot be opened, or does not fit this version.</exception>
    public static Store Open(StoreOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return options.Engine == StoreEngine.Postgresql
            ? PostgresStore.Open(options.ConnectionString, Password(options))
            : SqliteStore.Open(options.Path);
    }

    /// <summary>First line of the password file, null where none is named.</summary>
    /// <exception cref="StoreException">The file cannot be read.</exception>
    public static string? Password(StoreOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.PasswordFile.Length == 0)
        {
            return null;
        }

        try
        {
            return File.ReadLines(options.PasswordFile).FirstOrDefault("");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new StoreException($"The store's password file cannot be read: {error.Message}", error);
        }
    }
}
