using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using CwmpShield.Core.Cwmp;
using CwmpShield.Core.Decisions;
using CwmpShield.Core.Identity;
using CwmpShield.Core.Rules;

namespace CwmpShield.Gateway.Telemetry;

/// <summary>Every instrument of the gateway, under one meter. Labels are bounded: no serial, no DeviceId, no address.</summary>
public sealed class ShieldMetrics : IDisposable
{
    /// <summary>Name of the meter.</summary>
    public const string MeterName = "CwmpShield";

    private const int HashDigits = 12;

    private static readonly double[] InspectionSeconds =
        [0.00001, 0.000025, 0.00005, 0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1];

    private static readonly Measurement<long> Build = new(
        1,
        new("version", typeof(ShieldMetrics).Assembly.GetName().Version?.ToString(3) ?? ""),
        new("runtime", Environment.Version.ToString()));

    private static readonly string[] ExceptionStates = ["ended", "unused", "used"];

    private readonly Meter meter = new(MeterName);
    private readonly Counter<long> sessions;
    private readonly Counter<long> sessionsStarted;
    private readonly UpDownCounter<long> sessionsActive;
    private readonly Counter<long> messages;
    private readonly Counter<long> refusals;
    private readonly Counter<long> tr064;
    private readonly Counter<long> authentications;
    private readonly Counter<long> parseErrors;
    private readonly Counter<long> upstreamErrors;
    private readonly Counter<long> rejectedRequests;
    private readonly Counter<long> tlsHandshakes;
    private readonly Histogram<double> inspection;
    private readonly UpDownCounter<long> connections;
    private readonly Counter<long> reloads;
    private readonly ConcurrentDictionary<string, Func<DateTime>> certificates = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Func<int>> handshakes = new(StringComparer.Ordinal);
    private volatile RulesInUse? rules;

    /// <summary>Creates the instruments.</summary>
    public ShieldMetrics()
    {
        sessions = meter.CreateCounter<long>("cwmpshield.sessions", description: "CWMP sessions by how they ended.");
        sessionsStarted = meter.CreateCounter<long>("cwmpshield.sessions.started", description: "CWMP sessions that began, by the strength that the device had proven.");
        sessionsActive = meter.CreateUpDownCounter<long>("cwmpshield.sessions.active", description: "CWMP sessions in progress.");
        messages = meter.CreateCounter<long>("cwmpshield.messages", description: "Judged messages by rpc, direction and verdict.");
        refusals = meter.CreateCounter<long>("cwmpshield.refusals", description: "Refusals by rule and reason.");
        tr064 = meter.CreateCounter<long>("cwmpshield.tr064.refusals", description: "TR-064 and UPnP that was refused, by place and reason; anything above zero is an attack, or a device to be replaced.");
        authentications = meter.CreateCounter<long>("cwmpshield.authentications", description: "Authentication outcomes by listener.");
        parseErrors = meter.CreateCounter<long>("cwmpshield.parse.errors", description: "Bodies that could not be read, by reason.");
        upstreamErrors = meter.CreateCounter<long>("cwmpshield.upstream.errors", description: "Exchanges with the ACS that failed, by reason.");
        rejectedRequests = meter.CreateCounter<long>("cwmpshield.requests.rejected", description: "HTTP requests and connections refused before inspection, by reason.");
        tlsHandshakes = meter.CreateCounter<long>("cwmpshield.tls.handshakes", description: "TLS handshakes by listener, version and suite.");
        inspection = meter.CreateHistogram(
            "cwmpshield.inspection.duration",
            unit: "s",
            description: "Time to read, judge and write one message.",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = InspectionSeconds });
        connections = meter.CreateUpDownCounter<long>("cwmpshield.connections.active", description: "Connections of devices, by listener.");
        meter.CreateObservableGauge("cwmpshield.tls.handshakes.active", ObserveHandshakes, description: "TLS handshakes in progress, by listener.");
        reloads = meter.CreateCounter<long>("cwmpshield.reloads", description: "Files that were read again because they changed, by outcome.");
        Exchanges = new ExchangeMetrics(meter);
        meter.CreateObservableGauge("cwmpshield.build.info", () => Build, description: "Version that runs; always 1.");
        meter.CreateObservableGauge("cwmpshield.rules.info", ObserveRules, description: "Rule set in use; always 1.");
        meter.CreateObservableGauge("cwmpshield.rules.loaded.timestamp", ObserveRulesLoaded, unit: "s", description: "When the rule set in use was loaded, in Unix time.");
        meter.CreateObservableGauge("cwmpshield.certificate.expiry.timestamp", ObserveCertificates, unit: "s", description: "When a listener's server certificate expires, in Unix time.");
    }

    /// <summary>What devices and ACS say to each other.</summary>
    public ExchangeMetrics Exchanges { get; }

    /// <summary>Words of what is read again when its files change.</summary>
    internal static IReadOnlyList<string> Reloads { get; } = ["rules", "server-certificate", "client-ca", "broker-certificate", "broker-client-ca"];

    /// <summary>Words of the verdicts.</summary>
    internal static IReadOnlyList<string> Verdicts { get; } = [.. Enum.GetValues<Verdict>().Select(VerdictName.Of)];

    /// <summary>Words of the ways.</summary>
    internal static IReadOnlyList<string> Directions { get; } = ["cpe-to-acs", "acs-to-cpe"];

    /// <summary>States of exceptions.</summary>
    internal static IReadOnlyList<string> Exceptions => ExceptionStates;

    /// <summary>A session began, whose device has proven <paramref name="strength"/>.</summary>
    public void SessionStarted(IdentityStrength strength)
    {
        sessionsActive.Add(1);
        sessionsStarted.Add(1, new KeyValuePair<string, object?>("strength", StrengthName.Of(strength)));
    }

    /// <summary>A session ended; <paramref name="outcome"/> is a stable word (<c>completed</c>, <c>timeout</c>, <c>violation</c> …).</summary>
    public void SessionEnded(string outcome)
    {
        sessionsActive.Add(-1);
        sessions.Add(1, new KeyValuePair<string, object?>("outcome", outcome));
    }

    /// <summary>A message was judged in <paramref name="elapsed"/>.</summary>
    public void Judged(RpcKind rpc, Direction direction, Verdict verdict, TimeSpan elapsed)
    {
        messages.Add(
            1,
            new("rpc", RpcWord.Of(rpc)),
            new("direction", direction == Direction.AcsToCpe ? "acs-to-cpe" : "cpe-to-acs"),
            new("verdict", VerdictName.Of(verdict)));
        inspection.Record(elapsed.TotalSeconds);
    }

    /// <summary>A message was refused; <paramref name="rule"/> is empty where no rule but the gateway itself refused.</summary>
    public void Refused(string rule, string reason) => refusals.Add(1, new("rule", rule), new("reason", reason));

    /// <summary>
    /// TR-064 or UPnP was refused where <paramref name="reason"/> is of that family (<c>tr064-…</c>); <paramref name="place"/> is
    /// <c>listener</c>, <c>broker</c>, <c>device-message</c>, <c>acs-message</c> or <c>endpoint</c>.
    /// </summary>
    public void Tr064(string place, string reason)
    {
        if (Tr064Reason.IsOne(reason))
        {
            tr064.Add(1, new("place", place), new("reason", reason));
        }
    }

    /// <summary>An authentication came to <paramref name="outcome"/> (<c>proven</c>, or a reason id).</summary>
    public void Authenticated(string listener, string outcome) => authentications.Add(1, new("listener", listener), new("outcome", outcome));

    /// <summary>A body could not be read.</summary>
    public void ParseError(Direction direction, string reason) =>
        parseErrors.Add(1, new("direction", direction == Direction.AcsToCpe ? "acs-to-cpe" : "cpe-to-acs"), new("reason", reason));

    /// <summary>An exchange with the ACS failed.</summary>
    public void UpstreamError(string reason) => upstreamErrors.Add(1, new KeyValuePair<string, object?>("reason", reason));

    /// <summary>A request or connection was refused before inspection.</summary>
    public void RequestRejected(string listener, string reason) => rejectedRequests.Add(1, new("listener", listener), new("reason", reason));

    /// <summary>A TLS handshake completed.</summary>
    public void TlsHandshake(string listener, string version, string suite) =>
        tlsHandshakes.Add(1, new("listener", listener), new("version", version), new("suite", suite));

    /// <summary>Exports the TLS handshakes that are in progress on a listener.</summary>
    public void WatchHandshakes(string listener, Func<int> inProgress) => handshakes[listener] = inProgress;

    /// <summary>A device connection was accepted.</summary>
    public void ConnectionOpened(string listener) => connections.Add(1, new KeyValuePair<string, object?>("listener", listener));

    /// <summary>It ended.</summary>
    public void ConnectionClosed(string listener) => connections.Add(-1, new KeyValuePair<string, object?>("listener", listener));

    /// <summary>
    /// A file was read again; <paramref name="what"/> is a stable word (<c>rules</c>, <c>server-certificate</c>, <c>client-ca</c>).
    /// When that failed, the last good content stays in use.
    /// </summary>
    public void Reloaded(string what, bool succeeded) =>
        reloads.Add(1, new("what", what), new("outcome", succeeded ? "succeeded" : "failed"));

    /// <summary>The rule set <paramref name="version"/> judges from <paramref name="at"/> on; the label has the first twelve digits of its hash.</summary>
    public void RulesLoaded(string version, string hash, DateTimeOffset at) => rules = new(version, hash[..Math.Min(hash.Length, HashDigits)], at);

    /// <summary>Exports the bytes that buffered bodies hold, and those that they may.</summary>
    public void WatchBuffers(Func<long> used, long capacity)
    {
        meter.CreateObservableGauge("cwmpshield.buffers", used, unit: "By", description: "Memory that buffered bodies hold.");
        meter.CreateObservableGauge("cwmpshield.buffers.capacity", () => capacity, unit: "By", description: "Memory that buffered bodies may hold.");
    }

    /// <summary>Exports how many exceptions have ended, are used, and have lifted nothing since the rules were loaded.</summary>
    public void WatchExceptions(Func<IEnumerable<RuleException>> exceptions, TimeProvider time) => meter.CreateObservableGauge(
        "cwmpshield.rules.exceptions",
        () =>
        {
            var now = time.GetUtcNow();
            var states = exceptions().CountBy(one => one.Until <= now ? "ended" : one.Uses > 0 ? "used" : "unused").ToDictionary();
            return ExceptionStates.Select(state => new Measurement<int>(states.GetValueOrDefault(state), new KeyValuePair<string, object?>("state", state)));
        },
        description: "Exceptions of the rule set in use: ended, used, or unused since it was loaded.");

    /// <summary>Exports when the server certificate of <paramref name="listener"/> expires (UTC).</summary>
    public void WatchCertificate(string listener, Func<DateTime> expiry) => certificates[listener] = expiry;

    /// <summary>The meter, for the instruments of other stages.</summary>
    public Meter Meter => meter;

    /// <inheritdoc/>
    public void Dispose() => meter.Dispose();

    private IEnumerable<Measurement<long>> ObserveRules() =>
        rules is { } used ? [new(1, new("version", used.Version), new("hash", used.Hash))] : [];

    private IEnumerable<Measurement<double>> ObserveRulesLoaded() =>
        rules is { } used ? [new(used.At.ToUnixTimeMilliseconds() / 1000.0)] : [];

    private IEnumerable<Measurement<double>> ObserveCertificates() =>
        certificates.Select(one => new Measurement<double>(
            new DateTimeOffset(one.Value()).ToUnixTimeSeconds(), new KeyValuePair<string, object?>("listener", one.Key)));

    private IEnumerable<Measurement<int>> ObserveHandshakes() =>
        handshakes.Select(one => new Measurement<int>(one.Value(), new KeyValuePair<string, object?>("listener", one.Key)));

    private sealed record RulesInUse(string Version, string Hash, DateTimeOffset At);
}
