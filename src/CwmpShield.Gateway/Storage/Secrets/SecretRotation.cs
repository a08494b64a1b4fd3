namespace CwmpShield.Gateway.Storage.Secrets;

/// <summary>
/// Changes the master key of a store: from one moment on everything is sealed under the new key, then what is sealed under others is sealed
/// anew, in batches. Whoever holds both keys works on meanwhile. It may be stopped at any moment and run again.
/// </summary>
/// <param name="store">The store.</param>
/// <param name="registry">Its registry.</param>
public sealed class SecretRotation(Store store, StoredDeviceRegistry registry)
{
    private const int BatchSize = 500;

    /// <summary>The id of the key that new secrets are sealed under.</summary>
    public string CurrentKey => registry.Seal.CurrentKey;

    /// <summary>The ids of the keys that are configured here, the newest last.</summary>
    public IReadOnlyList<string> Keys => [.. registry.Seal.Ring.Keys.Select(key => key.Id)];

    /// <summary>How many secrets are sealed under each key; an empty id stands for seals of the first version, which do not say.</summary>
    public ValueTask<IReadOnlyDictionary<string, long>> CountAsync(CancellationToken cancellationToken) => store.ReadAsync(
        async commands =>
        {
            var counts = new Dictionary<string, long>(StringComparer.Ordinal);
            foreach (var table in SealedTable.All)
            {
                foreach (var (key, seals) in await table.CountAsync(commands))
                {
                    counts[key ?? ""] = counts.GetValueOrDefault(key ?? "") + seals;
                }
            }

            return (IReadOnlyDictionary<string, long>)counts;
        },
        cancellationToken);

    /// <summary>Makes a key the current one and seals under it whatever is not; how many secrets that were.</summary>
    /// <param name="keyId">The key, which must be among those that are configured, here and on every node.</param>
    /// <param name="progress">Told after each batch how many secrets were sealed anew.</param>
    /// <param name="cancellationToken">Stops between two batches.</param>
    /// <exception cref="RegistryUnavailableException">The key is not configured, a secret's key is not, or the store cannot be written.</exception>
    public async Task<long> RunAsync(string keyId, Action<long>? progress, CancellationToken cancellationToken)
    {
        registry.Seal.Use(keyId);
        await store.WriteAsync(
            commands => commands.ExecuteAsync("UPDATE setting SET value = @id WHERE name = 'secret-key-id'", ("@id", keyId)), cancellationToken);
        var done = 0L;
        long before;
        do
        {
            // A transaction that was under way when the key changed may have sealed under the old one: until a whole pass finds nothing.
            before = done;
            foreach (var table in SealedTable.All)
            {
                done = await RunAsync(table, done, progress, cancellationToken);
            }
        }
        while (done > before);
        return done;
    }

    private async Task<long> RunAsync(SealedTable table, long done, Action<long>? progress, CancellationToken cancellationToken)
    {
        SealedKey? after = new SealedKey(0, "");
        while (after is { } place)
        {
            cancellationToken.ThrowIfCancellationRequested();
            (after, var moved) = await store.WriteAsync(commands => MoveAsync(commands, table, place), CancellationToken.None);
            done += moved;
            progress?.Invoke(done);
        }

        return done;
    }

    private async ValueTask<(SealedKey? Last, int Moved)> MoveAsync(StoreCommands commands, SealedTable table, SealedKey after)
    {
        var seal = registry.Seal;
        await seal.FollowAsync(commands);
        var rows = await table.OthersAsync(commands, after, seal.CurrentHead, BatchSize);
        var moved = 0;
        foreach (var row in rows)
        {
            var (owner, purpose) = (table.OwnerOf(row.Key), table.PurposeOf(row.Key));
            moved += await table.ReplaceAsync(commands, row, seal.Close(seal.OpenBytes(row.Sealed, owner, purpose), owner, purpose)) ? 1 : 0;
        }

        return (rows.Count < BatchSize ? null : rows[^1].Key, moved);
    }
}
