using System.Runtime.InteropServices;

namespace CwmpShield.Bench.Peers;

/// <summary>What one proxy's share of a round cost.</summary>
/// <param name="Units">Requests, sessions or handshakes that came to their right end.</param>
/// <param name="CpuSeconds">CPU time of the proxy's processes.</param>
/// <param name="Milliseconds">How long each took, as the device saw it, in order.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Measured(int Units, double CpuSeconds, double[] Milliseconds)
{
    /// <summary>CPU time of one, in microseconds.</summary>
    public double Cpu => CpuSeconds * 1e6 / Units;

    /// <summary>The time that a share of <paramref name="quantile"/> did not take longer than.</summary>
    public double Quantile(double quantile) => Milliseconds[Math.Min(Milliseconds.Length - 1, (int)(Milliseconds.Length * quantile))];
}
