namespace CwmpShield.Bench.Peers;

/// <summary>One of the proxies that are measured side by side.</summary>
/// <param name="Name">What the table calls it.</param>
/// <param name="Process">Its processes.</param>
/// <param name="Port">Where devices connect.</param>
/// <param name="Share">How much of a round's work it does: one that costs much does less, so that rounds stay short.</param>
internal sealed record Peer(string Name, PeerProcess Process, int Port, double Share = 1) : IDisposable
{
    public const string Gateway = "CwmpShield, everything on";
    public const string Yarp = "YARP, pooled upstream";
    public const string YarpBySession = "YARP, upstream by session";
    public const string Nginx = "nginx";
    public const string ModSecurity = "nginx + ModSecurity + CRS";
    public const string HaProxy = "HAProxy";

    /// <summary>Port of its management listener; 0 where it has none.</summary>
    public int Management { get; init; }

    /// <inheritdoc/>
    public void Dispose() => Process.Dispose();
}
