namespace CwmpShield.Bench.Peers;

/// <summary>What the gateway may cost beside the others.</summary>
/// <param name="Work">Of what.</param>
/// <param name="Beside">Beside whom.</param>
/// <param name="Most">The ratio that it may have.</param>
/// <param name="Stretch">The ratio that it should have.</param>
internal sealed record PeerTarget(string Work, string Beside, double Most, double? Stretch)
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<PeerTarget> All { get; } =
    [
        new(WorkKind.Request, Peer.Yarp, 1.5, 1.25),
        new(WorkKind.Request, Peer.ModSecurity, 1 / 15.0, null),
        new(WorkKind.Session, Peer.YarpBySession, 1.25, 1.10),
        new(WorkKind.Session, Peer.Nginx, 3.2, 2.2),
    ];
}
