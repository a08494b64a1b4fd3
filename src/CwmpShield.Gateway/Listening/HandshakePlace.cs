using System.Net;

namespace CwmpShield.Gateway.Listening;

/// <summary>A place among a listener's handshakes in progress: given back when the handshake is over, however it ends.</summary>
internal sealed class HandshakePlace : IDisposable
{
    private readonly HandshakeQuota quota;
    private readonly Action displaced;

    /// <summary>A place of <paramref name="source"/>.</summary>
    public HandshakePlace(HandshakeQuota quota, IPAddress source, Action displaced)
    {
        (this.quota, Source, this.displaced) = (quota, source, displaced);
        Node = new LinkedListNode<HandshakePlace>(this);
    }

    /// <summary>Whose place it is.</summary>
    public IPAddress Source { get; }

    /// <summary>Where it stands among the places of its address, the oldest first.</summary>
    public LinkedListNode<HandshakePlace> Node { get; }

    /// <summary>Ends the handshake: another has taken its place.</summary>
    public void Displace() => displaced();

    /// <inheritdoc/>
    public void Dispose() => quota.Leave(this);
}
