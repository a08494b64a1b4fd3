using CwmpShield.Core.Cwmp;

namespace CwmpShield.Gateway.Forwarding;

/// <summary>What one judged answer of the ACS leads to. Closed.</summary>
internal abstract record Turnout
{
    private Turnout()
    {
    }

    /// <summary>The device may have this.</summary>
    /// <param name="Answer">What it gets.</param>
    /// <param name="Order">The order in it, null when it is none.</param>
    public sealed record Deliver(DeviceAnswer Answer, CwmpMessage? Order = null) : Turnout;

    /// <summary>The ACS is told no, and judged again.</summary>
    /// <param name="Fault">The device's fault, as bytes.</param>
    public sealed record Refuse(ReadOnlyMemory<byte> Fault) : Turnout;
}
