namespace CwmpShield.Core.Udp;

/// <summary>What became of a request.</summary>
/// <param name="Length">Bytes of the answer; 0 for silence.</param>
/// <param name="Port">Port of the source that it goes to.</param>
/// <param name="Reason">Why there is none, or why it is an error; empty when the device was told its address.</param>
public readonly record struct StunAnswer(int Length, ushort Port, string Reason)
{
    internal static StunAnswer None(string reason) => new(0, 0, reason);
}
