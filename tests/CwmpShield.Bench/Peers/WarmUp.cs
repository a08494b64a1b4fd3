namespace CwmpShield.Bench.Peers;

/// <summary>
/// Works a .NET process warm: by what its compiler still does, not by the clock, which says nothing on a busy machine. A process that still
/// compiles costs several times as much.
/// </summary>
internal static class WarmUp
{
    /// <summary>Below this share of its CPU time, what a process still compiles does not show.</summary>
    public const double SettledShare = 0.03;

    /// <summary>Has blocks of work done: at least some, and more while the process compiles.</summary>
    /// <returns>How many there were, and the share of the compiler in the last.</returns>
    public static (int Blocks, double Share) Settle(Peer peer, int least, int most, Action block)
    {
        var (share, blocks) = (1.0, 0);
        for (; blocks < most && (blocks < least || share > SettledShare); blocks++)
        {
            var before = peer.Process.Cpu();
            block();
            share = peer.Process.CompilerShare(before, peer.Process.Cpu());
        }

        return (blocks, share);
    }
}
