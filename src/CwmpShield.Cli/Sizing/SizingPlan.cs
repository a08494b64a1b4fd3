namespace CwmpShield.Cli.Sizing;

/// <summary>What a fleet needs, by a formula of few terms (docs/sizing.md).</summary>
/// <param name="Devices">Devices of the fleet.</param>
/// <param name="Interval">Their periodic Inform interval.</param>
/// <param name="Orders">Orders that the ACS gives in a session, on average.</param>
/// <param name="SessionSeconds">How long a session lasts, on average: the way to the device and its own thinking make most of it.</param>
internal sealed record SizingPlan(long Devices, TimeSpan Interval, double Orders, double SessionSeconds)
{
    private const double SecondsOfDay = 86_400;

    /// <summary>Sessions in a second, on average.</summary>
    public double SessionsPerSecond => Devices / Interval.TotalSeconds;

    /// <summary>Sessions in a second at the busiest time.</summary>
    public double PeakSessionsPerSecond => SessionsPerSecond * MeasuredCosts.Peak;

    /// <summary>Cores, so that none is busier at that time than it should be.</summary>
    public int Cores => Math.Max(2, (int)Math.Ceiling(PeakSessionsPerSecond * MeasuredCosts.SessionMilliseconds / 1000 / MeasuredCosts.Busy));

    /// <summary>Sessions at one time then.</summary>
    public long ConcurrentSessions => (long)Math.Ceiling(PeakSessionsPerSecond * SessionSeconds);

    /// <summary>Memory in MiB.</summary>
    public long MemoryMebibytes => (long)Math.Ceiling(MeasuredCosts.BaseMebibytes + (ConcurrentSessions * MeasuredCosts.SessionKibibytes / 1024));

    /// <summary>Bytes that the ledger grows by in a day.</summary>
    public double LedgerBytesPerDay => SessionsPerSecond * SecondsOfDay * Orders * MeasuredCosts.LedgerBytesPerOrder;

    /// <summary>Seconds until the whole fleet has been served after an outage, at the cores' limit.</summary>
    public double StormSeconds => Devices * MeasuredCosts.SessionMilliseconds / 1000 / Cores / MeasuredCosts.StormBusy;

    /// <summary><c>Admission:SessionsPerSecond</c> that keeps to it.</summary>
    public int AdmissionPerSecond => (int)Math.Max(1, Math.Floor(Cores * MeasuredCosts.StormBusy * 1000 / MeasuredCosts.SessionMilliseconds));
}
