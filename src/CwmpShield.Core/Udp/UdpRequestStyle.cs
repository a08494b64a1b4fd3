namespace CwmpShield.Core.Udp;

/// <summary>What senders write differently. A device is written to as its ACS does, because that is known to work.</summary>
/// <param name="UpperCase">The signature in upper-case digits, as the example of Annex G (lower case is as common).</param>
/// <param name="Slash">A slash before the question mark.</param>
public readonly record struct UdpRequestStyle(bool UpperCase, bool Slash)
{
    /// <summary>As the example of Annex G is written.</summary>
    public static UdpRequestStyle AnnexG => new(UpperCase: true, Slash: false);
}
