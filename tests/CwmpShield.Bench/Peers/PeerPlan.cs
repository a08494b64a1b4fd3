namespace CwmpShield.Bench.Peers;

/// <summary>How much is measured.</summary>
/// <param name="Rounds">Rounds in which every proxy gets its turn at every kind of work.</param>
/// <param name="Requests">Requests on kept connections in a round.</param>
/// <param name="Sessions">Whole sessions in a round.</param>
/// <param name="Handshakes">Handshakes of each kind in a round.</param>
/// <param name="WarmUp">Blocks of work that each .NET proxy is warmed up with at least; it goes on, up to six times as long, while the process still compiles.</param>
/// <param name="Speaking">Devices that have a certificate.</param>
/// <param name="Registered">Devices in the gateway's registry.</param>
internal sealed record PeerPlan(int Rounds, int Requests, int Sessions, int Handshakes, int WarmUp, int Speaking, int Registered)
{
    /// <summary>About ten minutes.</summary>
    public static PeerPlan Whole { get; } = new(9, 4000, 400, 320, 12, 3600, 100_000);

    /// <summary>About two minutes.</summary>
    public static PeerPlan Quick { get; } = new(3, 2400, 240, 160, 5, 1200, 100_000);
}
