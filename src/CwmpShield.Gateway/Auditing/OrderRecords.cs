using CwmpShield.Core.Audit;
using CwmpShield.Core.Cwmp;
using CwmpShield.Core.Decisions;
using CwmpShield.Core.Identity;
using CwmpShield.Gateway.Inspection;
using CwmpShield.Gateway.Telemetry;

namespace CwmpShield.Gateway.Auditing;

/// <summary>Makes records of what happens in a session: who, what, and what was decided, without a secret.</summary>
internal sealed class OrderRecords(AuditRedaction redaction, TimeProvider time)
{
    /// <summary>A record of an order and the judgement on it.</summary>
    public AuditRecord OfOrder(AuditKind kind, DeviceSession session, CwmpMessage order, Decision decision) => OfDecision(OfSession(kind, session), decision) with
    {
        Message = order.Name,
        MessageId = order.Id ?? "",
        Order = OrderFingerprint.Of(order),
        Parameters = [.. order.Parameters.Take(AuditRecord.MaxParameters).Select(one => redaction.Of(one.Name, one.Value))],
        ParametersLeftOut = Math.Max(0, order.Parameters.Count - AuditRecord.MaxParameters),
        Artefact = order.Transfers.Count > 0 ? AuditRedaction.Url(order.Transfers[0].Url) : "",
    };

    /// <summary>A redirect of the ACS, by HTTP: the word stands where the name of an RPC would.</summary>
    public AuditRecord OfRedirect(AuditKind kind, DeviceSession session, string target, Verdict verdict) => OfSession(kind, session) with
    {
        Message = "redirect",
        Artefact = AuditRedaction.Url(target),
        Verdict = VerdictName.Of(verdict),
    };

    /// <summary>A record of what became of an order.</summary>
    /// <param name="session">Its session.</param>
    /// <param name="order">The order.</param>
    /// <param name="action">A word of <see cref="AuditReason"/>.</param>
    /// <param name="intent">Place of the record of its intent, 0 where it is not known.</param>
    /// <param name="fault">The device's fault, 0 for none.</param>
    public AuditRecord OfOutcome(DeviceSession session, CwmpMessage order, string action, long intent, int fault) => OfSession(AuditKind.OrderOutcome, session) with
    {
        Message = order.Name,
        MessageId = order.Id ?? "",
        Action = action,
        Intent = intent,
        Fault = fault,
    };

    /// <summary>A record of a device's message that is refused.</summary>
    public AuditRecord OfMessage(CwmpMessage? message, Decision decision, DeviceTraits traits, System.Net.IPAddress? source, string session) =>
        OfDecision(Plain(AuditKind.MessageRefused), decision) with
        {
            Session = session,
            Device = traits.Device?.ToString() ?? "",
            Model = traits is { Device: { } device, Strength: > IdentityStrength.None } ? ModelOf(device) : "",
            Source = source?.ToString() ?? "",
            Strength = StrengthName.Of(traits.Strength),
            Message = message?.Name ?? "",
            MessageId = message?.Id ?? "",
            Parameters = [.. decision.Hits.Where(hit => hit.Parameter.Length > 0).Take(AuditRecord.MaxParameters).Select(hit => new AuditParameter(hit.Parameter))],
        };

    /// <summary>A record of something in a session.</summary>
    public AuditRecord OfSession(AuditKind kind, DeviceSession session) => Plain(kind) with
    {
        Session = session.Id,
        Device = session.Device.Device.ToString(),
        Model = session.Strength > IdentityStrength.None ? ModelOf(session.Device.Device) : "",
        Source = session.Source.ToString(),
        Strength = StrengthName.Of(session.Strength),
    };

    /// <summary>A record that says no more than when.</summary>
    public AuditRecord Plain(AuditKind kind) => new() { At = time.GetUtcNow(), Kind = kind, Trace = ExchangeTrace.Current };

    private static AuditRecord OfDecision(AuditRecord record, Decision decision) => record with
    {
        Verdict = VerdictName.Of(decision.Verdict),
        Reasons = decision.Reasons,
        Rules = [.. decision.Hits.Where(hit => hit.Exception is null).Select(hit => hit.RuleId).Distinct(StringComparer.Ordinal)],
        Exceptions = [.. decision.Hits.Select(hit => hit.Exception).OfType<string>().Distinct(StringComparer.Ordinal)],
        RuleSet = decision.RuleSetHash,
        Fault = decision.Fault?.Code ?? 0,
    };

    private static string ModelOf(DeviceId device) => device.ProductClass.Length > 0 ? $"{device.Oui}-{device.ProductClass}" : device.Oui;
}
