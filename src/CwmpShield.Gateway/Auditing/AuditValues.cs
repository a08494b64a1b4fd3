using CwmpShield.Core.Audit;
using CwmpShield.Gateway.Storage;
using CwmpShield.Gateway.Storage.Secrets;

namespace CwmpShield.Gateway.Auditing;

/// <summary>The key of the values' hashes. It is the store's own: it outlives every master key.</summary>
public static class AuditValues
{
    private const string Key = "audit-values";

    /// <summary>Opens it; it is made the first time.</summary>
    /// <exception cref="RegistryUnavailableException">The store cannot be read.</exception>
    public static ValueTask<AuditRedaction> OpenAsync(Store store, StoredDeviceRegistry registry, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(registry);
        return OpenAsync(store, registry.Seal, cancellationToken);
    }

    /// <summary>Opens it with a seal.</summary>
    internal static async ValueTask<AuditRedaction> OpenAsync(Store store, SecretSeal seal, CancellationToken cancellationToken) =>
        new(await store.WriteAsync(commands => StoreKeyRows.KeyAsync(commands, seal, Key), cancellationToken));
}
