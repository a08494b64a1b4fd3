using System.Text.Json.Serialization;

namespace CwmpShield.Gateway.Reporting;

/// <summary>The whole report, every figure out of the store.</summary>
internal sealed record AuditReport
{
    /// <summary>Format of the JSON.</summary>
    public int Format { get; init; } = 1;

    /// <summary>SHA-256 (hex) of the HTML that was made of it; empty before that.</summary>
    public string HtmlSha256 { get; init; } = "";

    /// <summary>What it is about.</summary>
    public required ScopeSection Scope { get; init; }

    /// <summary>Rule sets.</summary>
    public required RuleSection Rules { get; init; }

    /// <summary>Decisions.</summary>
    public required VerdictSection Verdicts { get; init; }

    /// <summary>Orders that were stopped.</summary>
    public required OrderSection Orders { get; init; }

    /// <summary>Exceptions.</summary>
    public required ExceptionSection Exceptions { get; init; }

    /// <summary>Identity.</summary>
    public required IdentitySection Identity { get; init; }

    /// <summary>Certificates.</summary>
    public required CertificateSection Certificates { get; init; }

    /// <summary>Files.</summary>
    public required ArtefactSection Artefacts { get; init; }

    /// <summary>The ledger.</summary>
    public required LedgerSection Ledger { get; init; }

    /// <summary>Changes.</summary>
    public required ChangeSection Changes { get; init; }

    /// <summary>Order and effect.</summary>
    public required DriftSection Drift { get; init; }

    /// <summary>Downtime.</summary>
    public required AvailabilitySection Availability { get; init; }

    /// <summary>Controls, scheme by scheme.</summary>
    public IReadOnlyList<SchemeSection> Schemes { get; init; } = [];

    /// <summary>Every part in the order of the report.</summary>
    [JsonIgnore]
    public IEnumerable<ReportSection> Sections =>
    [
        Scope, Rules, Verdicts, Orders, Exceptions, Identity, Certificates, Artefacts, Ledger, Changes, Drift, Availability, .. Schemes,
    ];
}
