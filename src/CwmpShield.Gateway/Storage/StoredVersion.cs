using System.Globalization;

namespace CwmpShield.Gateway.Storage;

/// <summary>
/// Remembers the highest version of something signed that was in force, so that an older one with a good signature is not put back.
/// Throws <see cref="RegistryUnavailableException"/> when the store cannot be asked or written.
/// </summary>
/// <param name="store">The store.</param>
/// <param name="name">What it is a version of.</param>
internal sealed class StoredVersion(Store store, string name)
{
    /// <summary>The highest version, 0 when none was in force.</summary>
    public async ValueTask<long> ReachedAsync(CancellationToken cancellationToken)
    {
        var value = await store.ReadAsync(commands => commands.ScalarAsync("SELECT value FROM setting WHERE name = @name", ("@name", name)), cancellationToken);
        return value is string text ? long.Parse(text, CultureInfo.InvariantCulture) : 0;
    }

    /// <summary>Remembers <paramref name="version"/>; a lower one changes nothing.</summary>
    public async ValueTask ReachAsync(long version, CancellationToken cancellationToken)
    {
        const string remember = """
            INSERT INTO setting (name, value) VALUES (@name, @version)
                ON CONFLICT (name) DO UPDATE SET value = excluded.value WHERE CAST(excluded.value AS BIGINT) > CAST(setting.value AS BIGINT)
            """;
        await store.WriteAsync(
            commands => commands.ExecuteAsync(remember, ("@name", name), ("@version", version.ToString(CultureInfo.InvariantCulture))), cancellationToken);
    }
}
