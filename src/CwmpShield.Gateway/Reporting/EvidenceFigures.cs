using CwmpShield.Core.Audit.Controls;
using CwmpShield.Core.Identity;

namespace CwmpShield.Gateway.Reporting;

/// <summary>What the report says to each word of <see cref="EvidenceQuery"/>.</summary>
internal static class EvidenceFigures
{
    /// <summary>The figure for one query of a control.</summary>
    public static Figure Of(string query, Control control, AuditReport report) => query switch
    {
        EvidenceQuery.RuleSets => new(query, $"{Count(report.Rules.Changes.LongCount(one => one.InForce), "change of rules", "changes of rules")} in the period, {report.Rules.Changes.Count(one => !one.InForce)} refused; every decision names the hash of its rule set.", report.Rules.Id),
        EvidenceQuery.Verdicts => new(query, $"{Count(report.Verdicts.Total.OrdersAllowed, "order", "orders")} allowed, {ReportText.Of(report.Verdicts.Total.OrdersRefused)} refused, {ReportText.Of(report.Verdicts.Total.OrdersHeld)} held.", report.Verdicts.Id),
        EvidenceQuery.RefusedOrders => new(query, $"{Count(report.Verdicts.Total.OrdersRefused, "order", "orders")} refused, each with device, parameters, rule and fault.", report.Orders.Id),
        EvidenceQuery.HeldOrders => new(query, $"{Count(report.Verdicts.Total.OrdersHeld, "time an order was", "times orders were")} held; {Count(report.Orders.Held.LongCount(one => one.Ticket.Length > 0), "of the held orders has", "of the held orders have")} a ticket.", report.Orders.Id),
        EvidenceQuery.RefusedByRule => new(query, $"{Count(report.Verdicts.ByRule.Where(one => control.Names(one.Name)).Sum(one => one.Count), "refusal", "refusals")} by the rules {string.Join(", ", control.Rules)}.", report.Verdicts.Id),
        EvidenceQuery.RefusedMessages => new(query, $"{Count(report.Verdicts.Total.MessagesRefused, "device message", "device messages")} refused.", report.Verdicts.Id),
        EvidenceQuery.FailedAuthentication => new(query, $"{Count(report.Verdicts.Total.LogInsFailed, "failed log-in", "failed log-ins")} recorded one by one, {ReportText.Of(report.Verdicts.Total.CountedInSum)} more events counted in sum.", report.Verdicts.Id),
        EvidenceQuery.Exceptions => new(query, report.Exceptions.IsKnown ? $"{Count(report.Exceptions.Exceptions.LongCount(one => !one.HasEnded), "exception", "exceptions")} in force, each with ticket and end; {report.Exceptions.Exceptions.Count(one => one.HasEnded)} ended." : "The rule files were not at hand.", report.Exceptions.Id),
        EvidenceQuery.IdentityStrength => new(query, Strength(report.Identity), report.Identity.Id),
        EvidenceQuery.Certificates => new(query, $"{Count(report.Certificates.ByExpiry.Sum(one => one.Count), "certificate", "certificates")} in the inventory, {ReportText.Of(report.Certificates.ByExpiry.Where(one => one.Name is "expired").Sum(one => one.Count))} of them expired; {Count(report.Certificates.Refused.Sum(one => one.Count), "refusal", "refusals")} for a certificate or its revocation.", report.Certificates.Id),
        EvidenceQuery.Artefacts => new(query, Artefacts(report.Artefacts), report.Artefacts.Id),
        EvidenceQuery.Ledger => new(query, Ledger(report.Ledger), report.Ledger.Id),
        EvidenceQuery.OperatorActions => new(query, $"{Count(report.Changes.Actions, "action", "actions")} of operators recorded.", report.Changes.Id),
        EvidenceQuery.Changes => new(query, $"{Count(report.Changes.Configuration.Count, "change", "changes")} of configuration and {ReportText.Of(report.Artefacts.Manifests.Count)} of manifests recorded, {ReportText.Of(report.Rules.Changes.Count)} of rules.", report.Changes.Id),
        EvidenceQuery.Drift => new(query, $"{Count(report.Drift.ByKind.Sum(one => one.Count), "record", "records")} of devices that differ from their orders, or fit again; {ReportText.Of(report.Drift.OpenCount)} open now.", report.Drift.Id),
        EvidenceQuery.Availability => new(query, $"{Count(report.Availability.Downtimes.Count, "downtime", "downtimes")}, {Count(report.Availability.FailClosed.Count, "fail-closed record", "fail-closed records")}, {Count(report.Availability.BreakGlass.Count, "record", "records")} of refusal switched off or on, {Count(report.Availability.LostRecords, "record", "records")} lost.", report.Availability.Id),
        _ => throw new ArgumentOutOfRangeException(nameof(query), query, "The mapping was not checked."),
    };

    private static string Strength(IdentitySection identity)
    {
        var strong = identity.Models.Sum(one => one.Counts[(int)IdentityStrength.UniqueCertificate]);
        var weak = identity.Models.Sum(one => one.Counts[(int)IdentityStrength.None] + one.Counts[(int)IdentityStrength.DigestWithoutTls]);
        return $"Of {Count(identity.Devices, "device", "devices")}, {ReportText.Of(strong)} must show a certificate of their own and {ReportText.Of(weak)} may log in without TLS or any proof.";
    }

    private static string Artefacts(ArtefactSection artefacts)
    {
        var verified = artefacts.Artefacts.Where(one => one.IsVerified).Sum(one => one.Transfers);
        var listed = artefacts.Artefacts.Where(one => one.Artefact.Length > 0).Sum(one => one.Transfers);
        return $"Of {Count(artefacts.Total, "transfer", "transfers")}, {ReportText.Of(listed)} were of files in a manifest and {ReportText.Of(verified)} were verified and served by the gateway.";
    }

    private static string Ledger(LedgerSection ledger) => ledger.Verification switch
    {
        null => "The chains were not verified while this report was made.",
        { IsIntact: true } verified => $"{Count(verified.Records, "record", "records")} verified while this report was made, no fault found.",
        { } broken => $"Verification found {Count(broken.Faults, "fault", "faults")} of the chains.",
    };

    private static string Count(long number, string one, string many) => ReportText.Count(number, one, many);
}
