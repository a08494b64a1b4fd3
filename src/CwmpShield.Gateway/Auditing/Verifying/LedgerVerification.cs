namespace CwmpShield.Gateway.Auditing.Verifying;

/// <summary>How verification came out.</summary>
/// <param name="Records">Records that were verified.</param>
/// <param name="Chains">The chains.</param>
/// <param name="Findings">What was found.</param>
public sealed record LedgerVerification(long Records, IReadOnlyList<ChainResult> Chains, LedgerFindings Findings)
{
    /// <summary>Whether nothing is wrong.</summary>
    public bool IsGood => Findings.FaultCount == 0;
}

/// <summary>One chain.</summary>
/// <param name="Node">Its node.</param>
/// <param name="First">Place of its first record, 0 for none.</param>
/// <param name="Last">Place of its last record.</param>
/// <param name="Records">How many records it has.</param>
/// <param name="Checkpoints">Checkpoints with a good signature.</param>
/// <param name="Proven">Last place where a good checkpoint names the record that stands there, 0 for none.</param>
/// <param name="From">Place of the checkpoint that it was verified from: nothing up to there was; 0 for the whole chain.</param>
public sealed record ChainResult(string Node, long First, long Last, long Records, long Checkpoints, long Proven, long From);
