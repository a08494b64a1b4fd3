using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using CwmpShield.Gateway.Telemetry;

namespace CwmpShield.Gateway.Revocation;

/// <summary>Instruments of certificate checks. The issuers in their labels are the operator's own.</summary>
internal sealed class RevocationMetrics
{
    private readonly Counter<long> checks;
    private readonly Counter<long> validations;
    private readonly Counter<long> loads;
    private readonly Counter<long> queries;
    private readonly ConcurrentDictionary<string, RevocationState> states = new(StringComparer.Ordinal);

    /// <summary>Creates the instruments under the gateway's meter.</summary>
    public RevocationMetrics(ShieldMetrics metrics)
    {
        var meter = metrics.Meter;
        checks = meter.CreateCounter<long>(
            "cwmpshield.certificate.checks", description: "Judgements of device certificates, at handshakes and for every request; an accepted one with a reason was passed over by soft-fail.");
        validations = meter.CreateCounter<long>("cwmpshield.certificate.validations", description: "Handshakes by whether the certificate's path was built or known.");
        loads = meter.CreateCounter<long>("cwmpshield.crl.loads", description: "Revocation lists taken in, by outcome.");
        queries = meter.CreateCounter<long>("cwmpshield.ocsp.queries", description: "Questions to OCSP responders, by outcome.");
        meter.CreateObservableGauge("cwmpshield.crl.entries", () => Observe(list => list.Count), description: "Revoked certificates of the lists in use.");
        meter.CreateObservableGauge(
            "cwmpshield.crl.next.update.timestamp",
            () => Observe(list => list.NextUpdate.ToUnixTimeSeconds()),
            unit: "s",
            description: "When the next list is due at the latest, in Unix time.");
        meter.CreateObservableGauge("cwmpshield.ocsp.queue", ObserveQueues, description: "Certificates that wait to be asked for.");
    }

    /// <summary>Exports the lists and the queue of <paramref name="listener"/>.</summary>
    public void Watch(string listener, RevocationState state) => states[listener] = state;

    /// <summary>A certificate was judged.</summary>
    public void Judged(string listener, CertificateJudgement judgement) =>
        checks.Add(1, new("listener", listener), new("verdict", VerdictLabel(judgement.Verdict)), new("reason", judgement.Reason));

    /// <summary>A handshake's certificate was <paramref name="known"/>, or its path had to be built.</summary>
    public void Validated(string listener, bool known) => validations.Add(1, new("listener", listener), new("path", known ? "known" : "built"));

    /// <summary>Lists were taken in, or not because of <paramref name="refusal"/>.</summary>
    public void Loaded(string listener, string refusal) => loads.Add(1, new("listener", listener), new("outcome", refusal.Length > 0 ? refusal : "loaded"));

    /// <summary>A responder was asked.</summary>
    public void Asked(string listener, string refusal) => queries.Add(1, new("listener", listener), new("outcome", refusal.Length > 0 ? refusal : "answered"));

    private static string VerdictLabel(CertificateVerdict verdict) => verdict switch
    {
        CertificateVerdict.Accepted => "accepted",
        CertificateVerdict.Unavailable => "unavailable",
        _ => "refused",
    };

    private List<Measurement<long>> Observe(Func<Core.Identity.Revocation.RevocationList, long> value)
    {
        var measured = new Dictionary<(string Listener, string Issuer), long>();
        foreach (var (listener, state) in states)
        {
            foreach (var list in state.Lists.All)
            {
                // Several lists of one issuer (for devices, for authorities, parts): the smallest tells when to worry.
                var issuer = state.Bundle.Authorities.FirstOrDefault(one => one.Issuer == list.Issuer)?.Subject ?? "";
                var before = measured.GetValueOrDefault((listener, issuer), long.MaxValue);
                measured[(listener, issuer)] = Math.Min(before, value(list));
            }
        }

        return [.. measured.Select(one => new Measurement<long>(one.Value, new("listener", one.Key.Listener), new("issuer", one.Key.Issuer)))];
    }

    private IEnumerable<Measurement<int>> ObserveQueues() => states
        .Where(one => one.Value.Ocsp is not null)
        .Select(one => new Measurement<int>(one.Value.Ocsp!.Queue.Count, new KeyValuePair<string, object?>("listener", one.Key)));
}
