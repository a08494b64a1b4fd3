namespace CwmpShield.Gateway.ConnectionRequests.Udp;

/// <summary>Finds devices by the user name of their connection requests.</summary>
internal abstract class UdpDirectory
{
    /// <summary>The devices with exactly this ConnectionRequestUsername that may be called and whose secret is known; <paramref name="limit"/> at most.</summary>
    /// <exception cref="Storage.RegistryUnavailableException">The store cannot be asked.</exception>
    public abstract ValueTask<IReadOnlyList<UdpDevice>> FindAsync(string user, int limit, CancellationToken cancellationToken);
}
