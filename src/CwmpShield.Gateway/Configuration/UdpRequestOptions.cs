namespace CwmpShield.Gateway.Configuration;

/// <summary>Connection requests over UDP, and the STUN server that keeps their way open (TR-069 Annex G). Off while <see cref="Address"/> is empty.</summary>
public sealed record UdpRequestOptions
{
    /// <summary>
    /// Address of this machine that devices ask by STUN and that connection requests leave from: a NAT lets in only what comes from
    /// there. No wildcard. Empty, the default: no UDP at all.
    /// </summary>
    public string Address { get; init; } = "";

    /// <summary>Port, 0 for any free one. The default value is 3478.</summary>
    public int Port { get; init; } = 3478;

    /// <summary>Address of this machine that ACSs send their datagrams to. Empty, the default: the gateway sends only its own.</summary>
    public string AcsAddress { get; init; } = "";

    /// <summary>Port for ACSs, 0 for any free one. The default value is 7549.</summary>
    public int AcsPort { get; init; } = 7549;

    /// <summary>
    /// Host and port that ACSs are told in place of a device's UDPConnectionRequestAddress: <c>broker.example.net:7549</c>. Required with
    /// <see cref="AcsAddress"/>; without, ACSs are told that there is none.
    /// </summary>
    public string PublicAddress { get; init; } = "";

    /// <summary>STUNUsername of the devices; empty, the default: STUN asks for no credentials.</summary>
    public string StunUser { get; init; } = "";

    /// <summary>File whose first line is STUNPassword.</summary>
    public string StunPasswordFile { get; init; } = "";

    /// <summary>STUN requests of one IPv4 address or IPv6 /64 a second, twice as many at once. The default value is 50: many devices share one address of a carrier's NAT.</summary>
    public int PerSourcePerSecond { get; init; } = 50;

    /// <summary>STUN requests of all sources a second. The default value is 20,000.</summary>
    public int AllPerSecond { get; init; } = 20_000;

    /// <summary>How far the clock of an ACS may be from the gateway's. The default value is 2 minutes.</summary>
    public TimeSpan ClockTolerance { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How often each datagram is sent to a device, because some get lost. The default value is 3.</summary>
    public int Copies { get; init; } = 3;

    /// <summary>Whether the gateway speaks UDP.</summary>
    internal bool IsOn => Address.Length > 0;

    /// <summary>Whether ACSs may send datagrams.</summary>
    internal bool TakesAcs => IsOn && AcsAddress.Length > 0;
}
