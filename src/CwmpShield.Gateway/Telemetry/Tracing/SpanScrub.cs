using System.Collections.Frozen;
using System.Diagnostics;
using OpenTelemetry;

namespace CwmpShield.Gateway.Telemetry.Tracing;

/// <summary>
/// Stands before the exporter and lets out what is listed here, nothing else: frameworks put paths, queries, addresses and texts of exceptions into
/// spans, and may put more into them with any version. A span that holds what cannot be taken out of it again is not sent.
/// </summary>
internal sealed class SpanScrub : BaseProcessor<Activity>
{
    private static readonly FrozenSet<string> Let = new[]
    {
        ExchangeSpans.Session, ExchangeSpans.Way, ExchangeSpans.Rpc, ExchangeSpans.Verdict, ExchangeSpans.Reason, ExchangeSpans.Rule,
        ExchangeSpans.Status, "http.request.method", "network.protocol.version", "error.type",
        "proxy.cluster_id", "proxy.route_id", "proxy.destination_id",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <inheritdoc/>
    public override void OnEnd(Activity data)
    {
        var isRequest = data.Source.Name == SpanExport.Requests;
        if ((isRequest && !ExchangeSpans.IsOfExchange(data)) || data.Events.Any() || data.Links.Any() || data.Baggage.Any())
        {
            data.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
            return;
        }

        List<string>? others = null;
        foreach (ref readonly var tag in data.EnumerateTagObjects())
        {
            if (!Let.Contains(tag.Key))
            {
                (others ??= []).Add(tag.Key);
            }
        }

        foreach (var other in others ?? [])
        {
            data.SetTag(other, null);
        }

        // A name made of a route, a description made of an exception, a state made by somebody else: none of them is needed.
        data.DisplayName = data.OperationName;
        data.SetStatus(data.Status);
        data.TraceStateString = null;
    }
}
