using CwmpShield.Core.Cwmp;

namespace CwmpShield.Core.ConnectionRequests;

/// <summary>What the gateway knows of how one device is called.</summary>
public sealed record LearnedEndpoint
{
    /// <summary>Key of the device's registry row.</summary>
    public required long DeviceKey { get; init; }

    /// <summary>The device.</summary>
    public required DeviceId Device { get; init; }

    /// <summary>Where it takes HTTP connection requests; null where <see cref="Refusal"/> says why there is none.</summary>
    public DeviceEndpoint? Endpoint { get; init; }

    /// <summary>Why the last URL that it told was not learned, a <see cref="ConnectionRequestReason"/>; empty when it was.</summary>
    public string Refusal { get; init; } = ConnectionRequestReason.EndpointMissing;

    /// <summary>Where it takes UDP connection requests; null where <see cref="UdpRefusal"/> says why there is none.</summary>
    public UdpEndpoint? Udp { get; init; }

    /// <summary>Why the last UDP address that it told was not learned; empty when it was.</summary>
    public string UdpRefusal { get; init; } = ConnectionRequestReason.EndpointMissing;

    /// <summary>Generation of its broker URL: a revocation adds one, and URLs of other generations are nobody's.</summary>
    public int Generation { get; init; }

    /// <summary>When it last told anything new, null when never.</summary>
    public DateTimeOffset? LearnedAt { get; init; }
}
