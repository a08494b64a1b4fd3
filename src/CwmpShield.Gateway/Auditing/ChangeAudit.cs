using CwmpShield.Core.Audit;
using CwmpShield.Core.Cwmp;

namespace CwmpShield.Gateway.Auditing;

/// <summary>Records of what the gateway judges by and of what it does to devices of itself.</summary>
internal sealed class ChangeAudit(Ledger ledger, TimeProvider time)
{
    /// <summary>What a change that is not in force is called.</summary>
    public const string Kept = "kept-last";

    /// <summary>Other rules are in force.</summary>
    public void Rules(string version, string hash) => Post(AuditKind.RulesChanged, "", hash, version.Length > 0 ? $"version {version}" : "");

    /// <summary>Changed rules are not good; the last ones stay in force.</summary>
    public void RulesKept(string hash, string problem) => Post(AuditKind.RulesChanged, Kept, hash, problem);

    /// <summary>Another manifest is in force.</summary>
    public void Manifest(long version, string sha256, IEnumerable<string> signedBy) =>
        Post(AuditKind.ManifestChanged, "", sha256, FormattableString.Invariant($"version {version}, signed by {string.Join(", ", signedBy)}"));

    /// <summary>A changed manifest is not good; the last one stays in force.</summary>
    public void ManifestKept(string reason) => Post(AuditKind.ManifestChanged, Kept, "", reason);

    /// <summary>A device was put into quarantine by its own message.</summary>
    public void Quarantined(DeviceId device, string rule) => ledger.Post(new AuditRecord
    {
        At = time.GetUtcNow(),
        Kind = AuditKind.Quarantined,
        Device = device.ToString(),
        Verdict = "quarantine",
        Rules = rule.Length > 0 ? [rule] : [],
    });

    private void Post(AuditKind kind, string action, string subject, string detail) =>
        ledger.Post(new AuditRecord { At = time.GetUtcNow(), Kind = kind, Action = action, Subject = subject, Detail = detail, RuleSet = kind == AuditKind.RulesChanged ? subject : "" });
}
