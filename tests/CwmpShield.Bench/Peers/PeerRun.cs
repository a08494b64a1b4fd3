namespace CwmpShield.Bench.Peers;

/// <summary>Warms the proxies up and drives them in rounds: in each, every proxy does the same work, one after the other, in a changing order.</summary>
internal sealed class PeerRun(IReadOnlyList<Peer> peers, IReadOnlyList<string> works, Workload workload, PeerPlan plan, TextWriter progress)
{
    /// <summary>Measures everything.</summary>
    public PeerResults Run()
    {
        foreach (var peer in peers)
        {
            progress.WriteLine($"warming up {peer.Name} ...");
            Warm(peer);
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

    private void Warm(Peer peer)
    {
        var isCompiled = peer.Name is not (Peer.Nginx or Peer.ModSecurity or Peer.HaProxy);
        var (blocks, share) = WarmUp.Settle(peer, isCompiled ? plan.WarmUp : 1, isCompiled ? plan.WarmUp * 6 : 1, () =>
        {
            workload.Sessions(peer, Share(peer, 400));
            workload.KeepAlive(peer, Share(peer, 2000));
            workload.Handshakes(peer, Share(peer, 80));
            workload.Resumptions(peer, Share(peer, 80));
        });
        if (isCompiled)
        {
            progress.WriteLine(FormattableString.Invariant($"  {blocks} blocks; compiling takes {share:P0} of it now{(share > WarmUp.SettledShare ? ": not settled, read its figures with care" : "")}"));
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
