using System.Globalization;
using System.Text;

namespace CwmpShield.Core.Audit;

/// <summary>What a node vouches for with its signature: that its chain had this head at this place.</summary>
/// <param name="Node">The node.</param>
/// <param name="Sequence">Place of the record; 0 for a chain without records.</param>
/// <param name="At">When it was signed.</param>
/// <param name="Head">Hash of that record, 64 lower-case hexadecimal digits.</param>
/// <param name="KeyId">Names the key: the first 16 hexadecimal digits of SHA-256 over its SubjectPublicKeyInfo.</param>
/// <param name="Signature">ECDSA P-256 with SHA-256 over <see cref="Statement"/>, as r and s (IEEE P1363), in base64.</param>
public sealed record AuditCheckpoint(string Node, long Sequence, DateTimeOffset At, string Head, string KeyId, string Signature)
{
    /// <summary>The bytes that are signed.</summary>
    public byte[] Statement() => Encoding.UTF8.GetBytes(string.Create(
        CultureInfo.InvariantCulture,
        $"cwmpshield checkpoint 1\n{Node}\n{Sequence}\n{At.UtcDateTime.ToString(AuditJson.TimeFormat, CultureInfo.InvariantCulture)}\n{Head}\n{KeyId}\n"));
}
