using System.Collections.Frozen;
using CwmpShield.Core.Audit;
using CwmpShield.Core.ConnectionRequests;
using CwmpShield.Core.Cwmp;
using CwmpShield.Core.Decisions;
using CwmpShield.Core.Firmware;
using CwmpShield.Core.Firmware.Signing;
using CwmpShield.Core.Identity;
using CwmpShield.Core.Identity.Impersonation;
using CwmpShield.Core.Identity.Limits;
using CwmpShield.Core.Identity.Revocation;
using CwmpShield.Core.Sessions;
using CwmpShield.Core.Udp;
using CwmpShield.Core.Wire;
using CwmpShield.Gateway.Auditing;
using CwmpShield.Gateway.ConnectionRequests;
using CwmpShield.Gateway.ConnectionRequests.Udp;
using CwmpShield.Gateway.Credentials;
using CwmpShield.Gateway.Drifting;
using CwmpShield.Gateway.Forwarding;
using CwmpShield.Gateway.Inspection;
using CwmpShield.Gateway.Listening;
using CwmpShield.Gateway.Mirror;
using CwmpShield.Gateway.Transfers;

namespace CwmpShield.Gateway.Telemetry.Catalogue;

/// <summary>
/// The labels of every instrument that has any, in their order, and what each may say: no serial, no DeviceId, no address. The
/// metrics' reference, and the checks of alerts and dashboards, are made from this list.
/// </summary>
internal static class MetricCatalogue
{
    private const int MaxZeroes = 64;

    private static readonly LabelBound Listener = LabelBound.Text("listener", "a configured listener");
    private static readonly LabelBound Rule = LabelBound.Text("rule", "a rule of the sets that were in force since the start, or empty");
    private static readonly LabelBound Receiver = LabelBound.Text("receiver", "a configured receiver");
    private static readonly LabelBound Model = LabelBound.Text("model", "a product class of the inventory; 200, then `other`");
    private static readonly LabelBound Direction = LabelBound.Closed("direction", ShieldMetrics.Directions);
    private static readonly LabelBound Rpc = LabelBound.Closed("rpc", RpcWord.All);

    private static readonly Type[] OfIdentity = [typeof(IdentityReason), typeof(LimitReason), typeof(CertificateReason), typeof(InspectionReason)];
    private static readonly Type[] OfAcs = [typeof(ForwardingReason), typeof(ListeningReason), typeof(SessionReason), typeof(RuleReason), typeof(WireReason)];

    private static readonly Type[] OfOrders =
    [
        typeof(RuleReason), typeof(WireReason), typeof(InspectionReason), typeof(ForwardingReason), typeof(ArtefactReason), typeof(MirrorReason),
        typeof(RotationReason), typeof(Tr064Reason), typeof(IdentityReason), typeof(LimitReason), typeof(AuditReason),
    ];

    private static readonly FrozenDictionary<string, LabelBound[]> Labels = new Dictionary<string, LabelBound[]>(StringComparer.Ordinal)
    {
        // What devices and ACS say
        ["cwmpshield.messages"] = [Rpc, Direction, LabelBound.Closed("verdict", ShieldMetrics.Verdicts)],
        ["cwmpshield.refusals"] = [Rule, Words("reason", OfOrders)],
        ["cwmpshield.orders.refused"] = [Rpc, Rule, Words("reason", OfOrders)],
        ["cwmpshield.inform.events"] = [LabelBound.Closed("event", EventWord.All)],
        ["cwmpshield.parse.errors"] = [Direction, Words("reason", typeof(WireReason), typeof(RuleReason), typeof(Tr064Reason))],
        ["cwmpshield.tr064.refusals"] = [LabelBound.Closed("place", "listener", "broker", "device-message", "acs-message", "endpoint"), Words("reason", typeof(Tr064Reason))],
        ["cwmpshield.upstream.errors"] = [Words("reason", OfAcs)],
        ["cwmpshield.upstream.redirects"] = [LabelBound.Closed("outcome", "passed", "refused")],

        // Sessions, identity, listeners
        ["cwmpshield.sessions"] = [LabelBound.Closed("outcome", ReasonWords.Of(typeof(SessionOutcome)))],
        ["cwmpshield.sessions.started"] = [LabelBound.Closed("strength", StrengthName.All)],
        ["cwmpshield.sessions.credentials"] = [LabelBound.Closed("credential", CredentialWord.All)],
        ["cwmpshield.authentications"] = [Listener, Words("outcome", [.. OfIdentity, typeof(ForwardingReason)], "proven", "observed", "bound")],
        ["cwmpshield.requests.rejected"] = [Listener, Words("reason", [.. OfIdentity, .. OfAcs, typeof(Tr064Reason)])],
        ["cwmpshield.connections.active"] = [Listener],
        ["cwmpshield.tls.handshakes.active"] = [Listener],
        ["cwmpshield.tls.handshakes"] = [Listener, LabelBound.Closed("version", "Tls", "Tls11", "Tls12", "Tls13"), LabelBound.Text("suite", "the suites of the TLS library")],
        ["cwmpshield.certificate.expiry.timestamp"] = [Listener],
        ["cwmpshield.throttle.refusals"] = [Listener, Words("reason", typeof(LimitReason)), LabelBound.Closed("verdict", "observed", "refused")],
        ["cwmpshield.throttle.delays"] = [Listener],
        ["cwmpshield.throttle.entries"] = [LabelBound.Closed("table", "addresses", "devices", "familiar", "suspect-addresses", "device-trails")],
        ["cwmpshield.impersonation.signals"] = [LabelBound.Closed("signal", SignalName.All), LabelBound.Closed("against", "device", "address")],
        ["cwmpshield.credential.steps"] =
        [
            LabelBound.Closed("purpose", "login", "connection-request"),
            LabelBound.Closed("step", "ordered", "acknowledged", "committed", "cancelled", "proven", "unrecorded", "weak"),
        ],

        // Certificates
        ["cwmpshield.certificate.checks"] = [Listener, LabelBound.Closed("verdict", "accepted", "unavailable", "refused"), Words("reason", typeof(CertificateReason), typeof(IdentityReason))],
        ["cwmpshield.certificate.validations"] = [Listener, LabelBound.Closed("path", "known", "built")],
        ["cwmpshield.crl.loads"] = [Listener, Words("outcome", [typeof(RevocationReason)], "loaded")],
        ["cwmpshield.crl.entries"] = [Listener, LabelBound.Text("issuer", "an authority of a listener's bundle")],
        ["cwmpshield.crl.next.update.timestamp"] = [Listener, LabelBound.Text("issuer", "an authority of a listener's bundle")],
        ["cwmpshield.ocsp.queries"] = [Listener, Words("outcome", [typeof(RevocationReason)], "answered")],
        ["cwmpshield.ocsp.queue"] = [Listener],
        ["cwmpshield.device.certificates"] = [LabelBound.Closed("expires", "expired", "7d", "30d", "90d", "365d", "later")],

        // Rules and files
        ["cwmpshield.rules.info"] = [LabelBound.Text("version", "the set in force"), LabelBound.Text("hash", "the set in force: twelve digits of its SHA-256")],
        ["cwmpshield.rules.exceptions"] = [LabelBound.Closed("state", ShieldMetrics.Exceptions)],
        ["cwmpshield.rule.info"] =
        [
            Rule,
            LabelBound.Text("class", "a pack of the set in force"),
            LabelBound.Closed("rule_severity", "info", "low", "medium", "high", "critical"),
            LabelBound.Closed("action", "deny", "quarantine", "hold", "neutralise", "observe"),
        ],
        ["cwmpshield.rule.budget.limit"] = [Rule],
        ["cwmpshield.rule.budget.used"] = [Rule],
        ["cwmpshield.reloads"] = [LabelBound.Closed("what", ShieldMetrics.Reloads), LabelBound.Closed("outcome", "succeeded", "failed")],
        ["cwmpshield.fail.open"] = [LabelBound.Closed("stage", FailureWatch.Stages)],
        ["cwmpshield.fail.closed"] = [LabelBound.Text("check", "a check of readiness, or `ledger`")],
        ["cwmpshield.build.info"] = [LabelBound.Text("version", "one"), LabelBound.Text("runtime", "one")],

        // Artefacts
        ["cwmpshield.artefact.manifest.loads"] = [Words("outcome", [typeof(ArtefactReason), typeof(SignerReason)], "loaded")],
        ["cwmpshield.mirror.fetches"] = [Words("outcome", [typeof(MirrorReason)], "verified")],
        ["cwmpshield.mirror.requests"] = [Listener, Words("outcome", [typeof(MirrorReason)], "whole", "part", "head", "broken-off")],
        ["cwmpshield.mirror.orders"] = [Words("outcome", typeof(MirrorReason), typeof(ArtefactReason))],
        ["cwmpshield.mirror.fetch.progress"] = [LabelBound.Text("artefact", "an artefact of the manifest, while it is fetched")],
        ["cwmpshield.transfers"] = [LabelBound.Closed("outcome", "ordered", "complete", "confirmed", "failed", "timed-out", "mismatch", "superseded")],
        ["cwmpshield.transfer.signals"] = [Words("reason", typeof(TransferReason))],

        // Connection requests
        ["cwmpshield.connection.requests"] =
        [
            LabelBound.Text("status", "the HTTP statuses that an ACS is answered with, 0 for a closed connection"),
            Words("reason", typeof(ConnectionRequestReason), typeof(BrokerReason), typeof(ListeningReason), typeof(LimitReason), typeof(Tr064Reason), typeof(IdentityReason)),
        ],
        ["cwmpshield.connection.request.calls"] = [Model, Words("outcome", [typeof(ConnectionRequestReason), typeof(UdpReason)], CallRecord.Taken)],
        ["cwmpshield.connection.request.answers"] = [Model, LabelBound.Closed("outcome", "inform", "none")],
        ["cwmpshield.connection.request.endpoints"] = [Words("outcome", [typeof(ConnectionRequestReason)], "learned")],
        ["cwmpshield.stun.requests"] = [Words("outcome", typeof(StunReason), typeof(UdpReason))],
        ["cwmpshield.udp.requests"] = [Words("outcome", typeof(UdpReason), typeof(UdpRequestReason), typeof(ConnectionRequestReason), typeof(IdentityReason))],
        ["cwmpshield.udp.calls"] = [Words("outcome", typeof(UdpReason), typeof(ConnectionRequestReason))],


        // Drift
        ["cwmpshield.drift"] = [LabelBound.Closed("kind", ReasonWords.Of(typeof(DriftKind)))],
        ["cwmpshield.drift.cleared"] = [LabelBound.Closed("kind", ReasonWords.Of(typeof(DriftKind)))],

        // Ledger
        ["cwmpshield.ledger.records"] = [LabelBound.Closed("kind", AuditKindName.All)],

        // Delivery by syslog
        ["cwmpshield.syslog.messages"] = [Receiver],
        ["cwmpshield.syslog.errors"] = [Receiver, Words("reason")],
        ["cwmpshield.syslog.missing"] = [Receiver],
        ["cwmpshield.syslog.up"] = [Receiver],
        ["cwmpshield.syslog.behind.records"] = [Receiver],
        ["cwmpshield.syslog.behind"] = [Receiver],

        // Counters without labels, so that they begin at 0
        ["cwmpshield.ledger.lost"] = [],
        ["cwmpshield.drift.missed"] = [],
        ["cwmpshield.stun.binding.changes"] = [],
        ["cwmpshield.mirror.fetched"] = [],
        ["cwmpshield.mirror.served"] = [],
        ["cwmpshield.mirror.evictions"] = [],
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Counters of refusals and signals, whose series carry the last exchange in OpenMetrics.</summary>
    private static readonly FrozenSet<string> WithExemplars = FrozenSet.Create(
        StringComparer.Ordinal,
        "cwmpshield.refusals",
        "cwmpshield.orders.refused",
        "cwmpshield.parse.errors",
        "cwmpshield.tr064.refusals",
        "cwmpshield.requests.rejected",
        "cwmpshield.authentications",
        "cwmpshield.throttle.refusals",
        "cwmpshield.impersonation.signals",
        "cwmpshield.upstream.errors",
        "cwmpshield.upstream.redirects");

    /// <summary>Whether a counter notes the exchanges that it counts.</summary>
    public static bool HasExemplars(string instrument) => WithExemplars.Contains(instrument);

    /// <summary>Every instrument that is in the list.</summary>
    public static IEnumerable<string> Instruments => Labels.Keys;

    /// <summary>The labels of an instrument of the gateway's own, in their order; null for one that is not in the list.</summary>
    public static IReadOnlyList<LabelBound>? LabelsOf(string instrument) => Labels.GetValueOrDefault(instrument);

    /// <summary>
    /// The values with which a counter's series begin at 0: all of them where its labels are closed lists and the combinations few. A
    /// series that begins at 1 is no increase to Prometheus, and the first of a kind is what alerts are for.
    /// </summary>
    public static IEnumerable<string[]> ZeroesOf(string instrument)
    {
        var labels = LabelsOf(instrument);
        if (labels is null || labels.Any(label => !label.IsClosed) || labels.Aggregate(1, (count, label) => count * label.Words.Count) > MaxZeroes)
        {
            return [];
        }

        IEnumerable<string[]> rows = [[]];
        return labels.Aggregate(rows, (all, label) => all.SelectMany(row => label.Words.Select(word => (string[])[.. row, word])));
    }

    private static LabelBound Words(string name, params Type[] classes) => LabelBound.Word(name, ReasonWords.Of(classes));

    private static LabelBound Words(string name, Type[] classes, params string[] others) => LabelBound.Word(name, [.. ReasonWords.Of(classes), .. others]);
}
