namespace CwmpShield.Bench.Peers;

/// <summary>Warms the proxies up and drives them in rounds: in each, every proxy does the same work, one after the other, in a changing order.</summary>
internal sealed class PeerRun(IReadOnlyList<Peer> peers, IReadOnlyList<string> works, Workload workload, PeerPlan plan, TextWriter progress)
{
    /// <summary>Below this share of its CPU time, what a process still compiles does not show.</summary>
    private const double SettledShare = 0.03;

    /// <summary>Measures everything.</summary>
    public PeerResults Run()
    {
        foreach (var peer in peers)
        {
            progress.WriteLine($"warming up {peer.Name} ...");
            WarmUp(peer);
        }

        var results = new PeerResults(peers, works);
        for (var round = 0; round < plan.Rounds; round++)
        {
            progress.WriteLine($"round {round + 1} of {plan.Rounds} ...");
            foreach (var work in works)
            {
                for (var i = 0; i < peers.Count; i++)
                {
                    var peer = peers[(i + round) % peers.Count];
                    results.Add(work, peer, Do(work, peer));
                    results.Remember(peer, peer.Process.ResidentMegabytes());
                }
            }
        }

        return results;
    }

    private void WarmUp(Peer peer)
    {
        var isCompiled = peer.Name is Peer.Gateway or Peer.Yarp or Peer.YarpBySession;
        var (least, most) = isCompiled ? (plan.WarmUp, plan.WarmUp * 6) : (1, 1);
        var (share, block) = (1.0, 0);
        for (; block < most && (block < least || share > SettledShare); block++)
        {
            var before = peer.Process.Cpu();
            workload.Sessions(peer, Share(peer, 400));
            workload.KeepAlive(peer, Share(peer, 2000));
            workload.Handshakes(peer, Share(peer, 80));
            workload.Resumptions(peer, Share(peer, 80));
            share = peer.Process.CompilerShare(before, peer.Process.Cpu());
        }

        if (isCompiled)
        {
            progress.WriteLine(FormattableString.Invariant($"  {block} blocks; compiling takes {share:P0} of it now{(share > SettledShare ? ": not settled, read its figures with care" : "")}"));
        }
    }

    private Measured Do(string work, Peer peer) => work switch
    {
        WorkKind.Request => workload.KeepAlive(peer, Share(peer, plan.Requests)),
        WorkKind.Session => workload.Sessions(peer, Share(peer, plan.Sessions)),
        WorkKind.Handshake => workload.Handshakes(peer, Share(peer, plan.Handshakes)),
        _ => workload.Resumptions(peer, Share(peer, plan.Handshakes)),
    };

    /// <summary>A multiple of forty: eight lines of five exchanges.</summary>
    private static int Share(Peer peer, int units) => Math.Max(40, (int)(units * peer.Share) / 40 * 40);
}
