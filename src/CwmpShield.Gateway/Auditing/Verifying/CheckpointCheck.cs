using CwmpShield.Core.Audit;

namespace CwmpShield.Gateway.Auditing.Verifying;

/// <summary>Whether a checkpoint is worth anything.</summary>
internal static class CheckpointCheck
{
    /// <summary>True for a checkpoint that a trusted key signed; else the finding is added.</summary>
    public static bool IsGood(AuditCheckpoint checkpoint, string where, LedgerTrust trust, LedgerFindings findings)
    {
        if (!trust.Knows(checkpoint))
        {
            findings.Fault(
                checkpoint.Node, checkpoint.Sequence, LedgerFault.KeyUnknown, $"{where} was signed with the key {Shown(checkpoint.KeyId)}, which is not trusted; --key FILE names a key that is");
            return false;
        }

        if (!trust.Vouches(checkpoint))
        {
            findings.Fault(checkpoint.Node, checkpoint.Sequence, LedgerFault.CheckpointForged, $"the signature of {where} is not that of the key {checkpoint.KeyId}");
            return false;
        }

        return true;
    }

    /// <summary>The name of a key, or that it is none.</summary>
    private static string Shown(string id) => id.Length is > 0 and <= 64 && id.All(char.IsAsciiHexDigit) ? id : "(no name of a key)";
}
