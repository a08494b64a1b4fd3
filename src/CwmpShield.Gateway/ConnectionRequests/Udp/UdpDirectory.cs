namespace CwmpShield.Gateway.ConnectionRequests.Udp;

/// <summary>Finds devices by the user name of their connection requests.</summary>
internal abstract class UdpDirectory
{
    /// <summary>The devices with exactly this ConnectionRequestUsername and what they may be called with; <paramref name="limit"/> at most.</summary>
    /// <exception cref="Storage.RegistryUnavailableException">The store cannot be asked.</exception>
    public abstract ValueTask<IReadOnlyList<CallTarget>> FindAsync(string user, int limit, CancellationToken cancellationToken);
}

/// <summary>The devices of the store.</summary>
internal sealed class StoredUdpDirectory(EndpointStore store) : UdpDirectory
{
    /// <inheritdoc/>
    public override ValueTask<IReadOnlyList<CallTarget>> FindAsync(string user, int limit, CancellationToken cancellationToken) =>
        store.FindByUserAsync(user, limit, cancellationToken);
}
