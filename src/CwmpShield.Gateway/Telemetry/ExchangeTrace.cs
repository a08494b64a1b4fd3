using System.Diagnostics;

namespace CwmpShield.Gateway.Telemetry;

/// <summary>
/// The number of the exchange that is in progress: one for each request of a device. The exemplars of the metrics, the spans and the
/// ledger's records have it, so that one leads to the other.
/// </summary>
public static class ExchangeTrace
{
    /// <summary>Name of the spans that the gateway begins itself, and of their source.</summary>
    public const string SourceName = "CwmpShield";

    /// <summary>32 lower-case hexadecimal digits (W3C Trace Context); empty outside an exchange.</summary>
    public static string Current => Activity.Current is { IdFormat: ActivityIdFormat.W3C } exchange ? exchange.TraceId.ToHexString() : "";

    /// <summary>Begins an exchange unless the host has done so; what is returned ends it.</summary>
    internal static Activity? Begin() =>
        Activity.Current is null ? new Activity("cwmpshield.exchange").SetIdFormat(ActivityIdFormat.W3C).Start() : null;
}
