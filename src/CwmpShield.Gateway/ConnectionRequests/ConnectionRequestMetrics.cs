using System.Diagnostics.Metrics;
using CwmpShield.Gateway.Telemetry;

namespace CwmpShield.Gateway.ConnectionRequests;

/// <summary>Instruments of the broker. Labels are bounded: reasons are a closed list, and models beyond the first 200 are <c>other</c>.</summary>
internal sealed class ConnectionRequestMetrics
{
    private const int MaxModels = 200;
    private static readonly double[] LatencySeconds = [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 30, 60, 120];
    private static readonly double[] CallSeconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];

    private readonly Counter<long> requests;
    private readonly Counter<long> calls;
    private readonly Counter<long> answers;
    private readonly Counter<long> endpoints;
    private readonly Histogram<double> duration;
    private readonly Histogram<double> latency;
    private readonly HashSet<string> models = new(StringComparer.Ordinal);
    private readonly Lock gate = new();

    /// <summary>Creates the instruments under the gateway's meter.</summary>
    public ConnectionRequestMetrics(ShieldMetrics metrics)
    {
        var meter = metrics.Meter;
        requests = meter.CreateCounter<long>("cwmpshield.connection.requests", description: "Connection requests of ACSs, by status and reason; those that joined a call in progress count too.");
        calls = meter.CreateCounter<long>("cwmpshield.connection.request.calls", description: "Calls of devices, by model and outcome.");
        answers = meter.CreateCounter<long>("cwmpshield.connection.request.answers", description: "Calls that devices took, by model and whether an Inform followed.");
        endpoints = meter.CreateCounter<long>("cwmpshield.connection.request.endpoints", description: "Endpoints that devices announced anew, by outcome (learned, or why not).");
        duration = Histogram(meter, "cwmpshield.connection.request.duration", "Time of a call of a device.", CallSeconds);
        latency = Histogram(meter, "cwmpshield.connection.request.latency", "Time from a call that a device took to its Inform.", LatencySeconds);
    }

    /// <summary>An ACS was answered.</summary>
    public void Answered(int status, string reason) => requests.Add(1, new("status", status), new("reason", reason));

    /// <summary>A device was called.</summary>
    public void Called(string model, string outcome, TimeSpan elapsed)
    {
        calls.Add(1, new("model", Model(model)), new("outcome", outcome));
        duration.Record(elapsed.TotalSeconds);
    }

    /// <summary>An Inform followed a call, or none did (null).</summary>
    public void Followed(string model, TimeSpan? after)
    {
        answers.Add(1, new("model", Model(model)), new("outcome", after is null ? "none" : "inform"));
        if (after is { } span)
        {
            latency.Record(span.TotalSeconds);
        }
    }

    /// <summary>A device announced an endpoint that was learned, or refused because of <paramref name="refusal"/>.</summary>
    public void Learned(string refusal) => endpoints.Add(1, new KeyValuePair<string, object?>("outcome", refusal.Length == 0 ? "learned" : refusal));

    private static Histogram<double> Histogram(Meter meter, string name, string description, double[] bounds) =>
        meter.CreateHistogram(name, unit: "s", description: description, advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = bounds });

    private string Model(string model)
    {
        if (model.Length is 0 or > 64)
        {
            return model.Length == 0 ? "unknown" : "other";
        }

        lock (gate)
        {
            return models.Contains(model) || (models.Count < MaxModels && models.Add(model)) ? model : "other";
        }
    }
}
