using System.Diagnostics;

namespace CwmpShield.Gateway.Telemetry;

/// <summary>
/// Takes no trace from a request and gives none to another host: a device that chose its own number could make its exchange look like
/// another's, and decide what is sampled.
/// </summary>
internal sealed class OwnTraceOnly : DistributedContextPropagator
{
    /// <inheritdoc/>
    public override IReadOnlyCollection<string> Fields => [];

    /// <inheritdoc/>
    public override void Inject(Activity? activity, object? carrier, PropagatorSetterCallback? setter)
    {
    }

    /// <inheritdoc/>
    public override void ExtractTraceIdAndState(object? carrier, PropagatorGetterCallback? getter, out string? traceId, out string? traceState) =>
        (traceId, traceState) = (null, null);

    /// <inheritdoc/>
    public override IEnumerable<KeyValuePair<string, string?>>? ExtractBaggage(object? carrier, PropagatorGetterCallback? getter) => null;
}
