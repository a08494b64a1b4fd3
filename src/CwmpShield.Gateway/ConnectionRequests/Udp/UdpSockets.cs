using System.Net;

namespace CwmpShield.Gateway.ConnectionRequests.Udp;

/// <summary>The open sockets.</summary>
/// <param name="Stun">Devices' socket.</param>
/// <param name="Acs">ACSs' socket, null where they send none.</param>
internal sealed record UdpSockets(StunDoor Stun, AcsDoor? Acs)
{
    /// <summary>Whether <paramref name="endpoint"/> is one of the two.</summary>
    public bool IsOwn(IPEndPoint endpoint) => endpoint.Equals(Stun.Endpoint) || (Acs is not null && endpoint.Equals(Acs.Endpoint));
}
