namespace CwmpShield.Cli.Sizing;

/// <summary>
/// The figures that sizing computes with, each with the command that measured it, and the choices that are no measurements. Whoever measures
/// better figures changes them here, and the table of docs/sizing.md with them.
/// </summary>
internal static class MeasuredCosts
{
    /// <summary>Where the figures come from.</summary>
    public const string Source = "two cores of a shared, busy virtual machine, November 2026";

    /// <summary>Processor time of one session, full handshake and five exchanges, in milliseconds: <c>./bench curves registry</c>, docs/performance.md.</summary>
    public const double SessionMilliseconds = 3.7;

    /// <summary>Memory of a process that has been busy, in MiB: <c>./soak</c>, docs/reliability.md.</summary>
    public const double BaseMebibytes = 700;

    /// <summary>Memory of one session in progress, in KiB: 31 by <c>./bench curves memory</c> (plain HTTP), and about as much again for TLS and buffers, which was not measured.</summary>
    public const double SessionKibibytes = 64;

    /// <summary>Bytes that the SQLite store grows by for one order: intent, outcome, their indexes, and what drift remembers: <c>CwmpShield.Bench storm</c>, docs/reliability.md.</summary>
    public const double LedgerBytesPerOrder = 3000;

    /// <summary>A choice: how many times the average the busiest time is, because intervals of devices fall together.</summary>
    public const double Peak = 2;

    /// <summary>A choice: how busy cores may be at the busiest time.</summary>
    public const double Busy = 0.5;

    /// <summary>A choice: how busy cores may be while a fleet comes back.</summary>
    public const double StormBusy = 0.7;
}
