using CwmpShield.Gateway.Storage;

namespace CwmpShield.Gateway.Reporting;

/// <summary>Makes the report out of the store. What it holds in memory is bounded by <see cref="ReportRequest.MaxRows"/>, whatever the ledger holds.</summary>
internal static class ReportBuilder
{
    /// <summary>Reads every part.</summary>
    /// <exception cref="RegistryUnavailableException">The store cannot be asked.</exception>
    public static async Task<AuditReport> BuildAsync(Store store, ReportRequest request, CancellationToken cancellationToken)
    {
        var tallies = new TallyQueries(store, request.From, request.To);
        var events = await ReportEvents.ReadAsync(store, request, cancellationToken);
        var report = new AuditReport
        {
            Scope = await ScopeSection.ReadAsync(store, events, request, cancellationToken),
            Rules = await RuleSection.ReadAsync(store, events, request, cancellationToken),
            Verdicts = await VerdictSection.ReadAsync(tallies, request, cancellationToken),
            Orders = await OrderSection.ReadAsync(store, tallies, request, cancellationToken),
            Exceptions = ExceptionSection.Of(request),
            Identity = await IdentitySection.ReadAsync(store, cancellationToken),
            Certificates = await CertificateSection.ReadAsync(store, tallies, request, cancellationToken),
            Artefacts = await ArtefactSection.ReadAsync(store, events, request, cancellationToken),
            Ledger = await LedgerSection.ReadAsync(store, tallies, events, request, cancellationToken),
            Changes = await ChangeSection.ReadAsync(tallies, events, cancellationToken),
            Drift = await DriftSection.ReadAsync(store, tallies, request, cancellationToken),
            Availability = AvailabilitySection.Of(events),
        };
        return report with { Schemes = [.. request.Schemes.Select(scheme => SchemeSection.Of(scheme, report))] };
    }
}
