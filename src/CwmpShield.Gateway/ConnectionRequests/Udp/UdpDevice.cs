using CwmpShield.Core.ConnectionRequests;

namespace CwmpShield.Gateway.ConnectionRequests.Udp;

/// <summary>A device with what it takes to call it over UDP. Printing one shows no secret.</summary>
/// <param name="Learned">Where it is.</param>
/// <param name="User">Its ConnectionRequestUsername.</param>
/// <param name="Key">Its ConnectionRequestPassword in UTF-8.</param>
internal sealed record UdpDevice(LearnedEndpoint Learned, string User, ReadOnlyMemory<byte> Key)
{
    /// <inheritdoc/>
    public override string ToString() => Learned.Device.ToString();
}
