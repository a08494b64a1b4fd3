using System.Diagnostics;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Exporter;

namespace CwmpShield.Gateway.Telemetry.Tracing;

/// <summary>Sends spans by OTLP, and tells once when the collector stops taking them, and once when it does again.</summary>
internal sealed class CountedOtlpExporter(OtlpExporterOptions options, string collector, ILogger log) : OtlpTraceExporter(options)
{
    private bool isAway;

    /// <inheritdoc/>
    public override ExportResult Export(in Batch<Activity> activityBatch)
    {
        var result = base.Export(activityBatch);
        var isNowAway = result != ExportResult.Success;
        if (isNowAway != isAway)
        {
            isAway = isNowAway;
            if (isAway)
            {
                log.CollectorAway(collector);
            }
            else
            {
                log.CollectorBack(collector);
            }
        }

        return result;
    }
}
