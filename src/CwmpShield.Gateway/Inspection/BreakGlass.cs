using CwmpShield.Gateway.Telemetry;

namespace CwmpShield.Gateway.Inspection;

/// <summary>
/// Whether an operator has broken the glass: rules only record then, until an end that comes by itself. What the wire, the session and the
/// identity demand still holds.
/// </summary>
internal sealed class BreakGlass
{
    private readonly TimeProvider time;
    private volatile Broken? broken;

    /// <summary>Creates it, whole.</summary>
    public BreakGlass(ShieldMetrics metrics, TimeProvider time)
    {
        this.time = time;
        metrics.Meter.CreateObservableGauge("cwmpshield.break.glass", () => IsBroken ? 1 : 0, description: "Whether an operator has switched refusal by rules off for a time.");
    }

    /// <summary>Whether rules only record now. The end is kept by two clocks: one that is set back does not put it off.</summary>
    public bool IsBroken => broken is { } now && time.GetUtcNow() < now.Order.Until && time.GetElapsedTime(now.Begun) < now.Span;

    /// <summary>The order that is in force, null for none.</summary>
    public BreakGlassOrder? Order => broken?.Order;

    /// <summary>Breaks it.</summary>
    public void Break(BreakGlassOrder order) => broken = new Broken(order, time.GetTimestamp(), order.Until - time.GetUtcNow());

    /// <summary>Mends it.</summary>
    public void Mend() => broken = null;

    private sealed record Broken(BreakGlassOrder Order, long Begun, TimeSpan Span);
}
