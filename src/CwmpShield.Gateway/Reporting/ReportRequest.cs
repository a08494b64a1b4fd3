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
public delegate Task<ReportedVerification> VerifyLedger(CancellationToken cancellationToken);

/// <summary>What verifying the ledger said.</summary>
/// <param name="IsIntact">Whether no fault was found.</param>
/// <param name="Records">Records that were verified.</param>
/// <param name="HasElsewhere">Whether checkpoints that are kept elsewhere were held against it.</param>
/// <param name="Chains">The chains.</param>
/// <param name="Faults">How many faults there are.</param>
/// <param name="Findings">Faults and remarks, the first of them.</param>
public sealed record ReportedVerification(
    bool IsIntact, long Records, bool HasElsewhere, IReadOnlyList<VerifiedChain> Chains, long Faults, IReadOnlyList<VerificationFinding> Findings);

/// <summary>A chain that was verified.</summary>
/// <param name="Node">Its node.</param>
/// <param name="First">Place of its first record.</param>
/// <param name="Last">Place of its last record.</param>
/// <param name="Checkpoints">Checkpoints with a good signature.</param>
/// <param name="Proven">Last place that a good checkpoint proves.</param>
public sealed record VerifiedChain(string Node, long First, long Last, long Checkpoints, long Proven);

/// <summary>Something that verification found.</summary>
/// <param name="Kind"><c>fault</c>, or <c>remark</c> for what is worth knowing and no fault.</param>
/// <param name="Node">Chain that it is in.</param>
/// <param name="Sequence">Place of the record.</param>
/// <param name="What">What it is, a stable word.</param>
/// <param name="Detail">A sentence.</param>
public sealed record VerificationFinding(string Kind, string Node, long Sequence, string What, string Detail);
