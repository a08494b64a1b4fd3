namespace CwmpShield.Gateway.Storage;

/// <summary>
/// Remembers the highest version of a signed rule set that was in force. Throws <see cref="RegistryUnavailableException"/> when the
/// store cannot be asked or written.
/// </summary>
/// <param name="store">The store.</param>
public sealed class RuleVersionMemory(Store store)
{
    private readonly StoredVersion version = new(store, "rules-version");

    /// <summary>The highest version, 0 when none was in force.</summary>
    public ValueTask<long> ReachedAsync(CancellationToken cancellationToken) => version.ReachedAsync(cancellationToken);

    /// <summary>Remembers <paramref name="reached"/>; a lower one changes nothing.</summary>
    public ValueTask ReachAsync(long reached, CancellationToken cancellationToken) => version.ReachAsync(reached, cancellationToken);
}
