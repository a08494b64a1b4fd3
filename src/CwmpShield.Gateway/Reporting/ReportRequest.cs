using CwmpShield.Core.Audit.Controls;
using CwmpShield.Core.Rules;

namespace CwmpShield.Gateway.Reporting;

/// <summary>What a report is to be about.</summary>
public sealed record ReportRequest
{
    /// <summary>Beginning of the period, a whole hour.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>End of the period, a whole hour; it does not belong to it.</summary>
    public required DateTimeOffset To { get; init; }

    /// <summary>When the report is made.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Schemes whose controls it answers.</summary>
    public IReadOnlyList<ControlScheme> Schemes { get; init; } = [];

    /// <summary>SHA-256 (hex) over the mappings of controls.</summary>
    public string ControlsHash { get; init; } = "";

    /// <summary>The rule set as it is on disk now; null where it was not at hand.</summary>
    public RuleSet? Rules { get; init; }

    /// <summary>Rows of each table at most; more are counted. The default value is 5,000.</summary>
    public int MaxRows { get; init; } = 5000;

    /// <summary>Verifies the ledger; null where the report is made without that.</summary>
    public VerifyLedger? Verify { get; init; }

    /// <summary>Version of the program that makes it.</summary>
    public string Version { get; init; } = "";

    /// <summary>Names the key that signs it: 16 hexadecimal digits.</summary>
    public string KeyId { get; init; } = "";
}

/// <summary>Verifies every chain of the ledger.</summary>
public delegate Task<LedgerVerification> VerifyLedger(CancellationToken cancellationToken);

/// <summary>What verifying the ledger said.</summary>
/// <param name="IsIntact">Whether nothing was found.</param>
/// <param name="Records">Records that were verified.</param>
/// <param name="Findings">What was found, a sentence each.</param>
public sealed record LedgerVerification(bool IsIntact, long Records, IReadOnlyList<string> Findings);
