using System.Security.Cryptography;

namespace CwmpShield.Gateway.Storage.Secrets;

/// <summary>
/// The keys of a store: which master key is its current one, and the two of its own that make fingerprints and verifiers. Those are sealed
/// under the master key and outlive it, because what they made cannot be made anew.
/// </summary>
internal static class StoreKeyRows
{
    private const int KeyLength = 32;
    private const string Current = "SELECT value FROM setting WHERE name = 'secret-key-id'";

    /// <summary>The purpose in the seal of a key of the store's own: its name.</summary>
    public static string Purpose(string name) => name;

    /// <summary>Opens the secrets of a store. The newest key that it is opened with first is its current one, until a rotation.</summary>
    /// <exception cref="StoreException">The store's current key is not among <paramref name="ring"/>.</exception>
    public static async Task<SecretSeal> OpenAsync(Store store, KeyRing ring, CancellationToken cancellationToken)
    {
        var seal = new SecretSeal(ring);
        return await store.WriteAsync(
            async commands =>
            {
                await commands.ExecuteAsync("INSERT INTO setting (name, value) VALUES ('secret-key-id', @id) ON CONFLICT (name) DO NOTHING", ("@id", ring.Newest.Id));
                var current = (string)(await commands.ScalarAsync(Current))!;
                if (ring.Find(current) is null)
                {
                    var known = string.Join(", ", ring.Keys.Select(key => key.Id));
                    throw new StoreException($"The store's secrets are sealed under the key {current}, and the configuration has {known}. Put the key of that id back as a line of Store:KeyFile (or what stands in its place); without it the stored secrets are lost.");
                }

                seal.Use(current);
                seal.SetKeys(await KeyAsync(commands, seal, "verifier"), await KeyAsync(commands, seal, "fingerprint"));
                return seal;
            },
            cancellationToken);
    }

    /// <summary>Makes new seals with the store's current key, whichever node has changed it; to be called in each transaction that seals.</summary>
    /// <exception cref="RegistryUnavailableException">This node does not have that key.</exception>
    public static async ValueTask FollowAsync(this SecretSeal seal, StoreCommands commands)
    {
        if (await commands.ScalarAsync(Current) is string current)
        {
            seal.Use(current);
        }
    }

    /// <summary>A key of the store's own, made when it is first asked for; to be called in a transaction.</summary>
    public static async ValueTask<byte[]> KeyAsync(StoreCommands commands, SecretSeal seal, string name)
    {
        var made = RandomNumberGenerator.GetBytes(KeyLength);
        await commands.ExecuteAsync(
            "INSERT INTO store_key (name, sealed) VALUES (@name, @sealed) ON CONFLICT (name) DO NOTHING",
            ("@name", name),
            ("@sealed", seal.Close(made, 0, Purpose(name))));
        var kept = (byte[])(await commands.ScalarAsync("SELECT sealed FROM store_key WHERE name = @name", ("@name", name)))!;
        return seal.OpenBytes(kept, 0, Purpose(name));
    }
}
