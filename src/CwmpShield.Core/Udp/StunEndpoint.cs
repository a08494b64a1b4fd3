namespace CwmpShield.Core.Udp;

/// <summary>An address of 4 or 16 bytes, and a port.</summary>
/// <param name="address">The bytes of the address, as on the wire.</param>
/// <param name="port">The port.</param>
public readonly ref struct StunEndpoint(ReadOnlySpan<byte> address, ushort port)
{
    /// <summary>The bytes of the address.</summary>
    public ReadOnlySpan<byte> Address { get; } = address;

    /// <summary>The port.</summary>
    public ushort Port { get; } = port;
}
