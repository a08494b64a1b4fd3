using System.Diagnostics.Metrics;
using System.Globalization;
using CwmpShield.Core.Cwmp;
using CwmpShield.Core.Identity;

namespace CwmpShield.Gateway.Telemetry;

/// <summary>Instruments of what devices and ACS say to each other. Labels are closed lists, and rules of the set in force.</summary>
public sealed class ExchangeMetrics
{
    /// <summary>Retries are unsigned in TR-069 (A.3.3.1); what is above is counted as this.</summary>
    private const uint MaxRetries = 1000;

    private static readonly double[] Retries = [0, 1, 2, 3, 5, 8, 10, 15, 20, 50];

    private readonly Counter<long> ordersRefused;
    private readonly Counter<long> events;
    private readonly Histogram<double> retries;
    private readonly Counter<long> credentials;
    private readonly Counter<long> redirects;

    /// <summary>Creates the instruments under <paramref name="meter"/>.</summary>
    internal ExchangeMetrics(Meter meter)
    {
        ordersRefused = meter.CreateCounter<long>("cwmpshield.orders.refused", description: "Orders of the ACS that never reached their device, by method, rule and reason; no rule where the gateway itself refused.");
        events = meter.CreateCounter<long>("cwmpshield.inform.events", description: "Informs that could be read, by each of their event codes.");
        retries = meter.CreateHistogram(
            "cwmpshield.inform.retries",
            description: "RetryCount of Informs: how often a device has tried in vain before.",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = Retries });
        credentials = meter.CreateCounter<long>("cwmpshield.sessions.credentials", description: "Sessions that began, by what the device had proven itself with.");
        redirects = meter.CreateCounter<long>("cwmpshield.upstream.redirects", description: "Redirects (3xx) with which an ACS answered, by whether the device was given them.");
    }

    /// <summary>An order was refused or held; <paramref name="rule"/> is empty where no rule spoke.</summary>
    public void OrderRefused(RpcKind rpc, string rule, string reason) =>
        ordersRefused.Add(1, new("rpc", RpcWord.Of(rpc)), new("rule", rule), new("reason", reason));

    /// <summary>An Inform was read; what it repeats is counted once.</summary>
    public void Informed(CwmpMessage inform)
    {
        var seen = 0;
        foreach (var code in inform.Events)
        {
            var index = EventWord.IndexOf(code);
            if ((seen & (1 << index)) == 0)
            {
                seen |= 1 << index;
                events.Add(1, new KeyValuePair<string, object?>("event", EventWord.All[index]));
            }
        }

        if (uint.TryParse(inform.Argument("RetryCount"), NumberStyles.None, CultureInfo.InvariantCulture, out var count))
        {
            retries.Record(Math.Min(count, MaxRetries));
        }
    }

    /// <summary>A session began for <paramref name="proven"/>.</summary>
    public void SessionStarted(ProvenIdentity proven) =>
        credentials.Add(1, new KeyValuePair<string, object?>("credential", CredentialWord.Of(proven)));

    /// <summary>The ACS redirected.</summary>
    public void Redirected(bool isAllowed) => redirects.Add(1, new KeyValuePair<string, object?>("outcome", isAllowed ? "passed" : "refused"));
}
