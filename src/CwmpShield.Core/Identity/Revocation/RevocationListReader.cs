using System.Formats.Asn1;

namespace CwmpShield.Core.Identity.Revocation;

/// <summary>Reads certificate revocation lists (RFC 5280, 5) of the operator's own authorities, and believes none other.</summary>
/// <param name="authorities">The bundle.</param>
/// <param name="policy">The floor under signatures and keys.</param>
public sealed class RevocationListReader(IReadOnlyList<IssuingAuthority> authorities, CertificatePolicy policy)
{
    /// <summary>Clocks of authority and gateway may differ by this much.</summary>
    public static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(5);

    /// <summary>
    /// Reads one DER-encoded list; on false <paramref name="reason"/> is a <see cref="RevocationReason"/>. Its age past the next
    /// update is not judged here: an old list still tells what had been revoked by then.
    /// </summary>
    public bool TryRead(ReadOnlyMemory<byte> der, DateTimeOffset now, out RevocationList? list, out string reason)
    {
        list = null;
        try
        {
            var head = RevocationListHead.Read(der);
            var extensions = RevocationListExtensions.Read(head.Extensions);
            reason = JudgeHead(head, extensions, now);
            if (reason.Length == 0)
            {
                // Only what an authority has signed is worth reading to its end.
                reason = JudgeSignature(head, extensions);
            }

            if (reason.Length > 0)
            {
                return false;
            }

            reason = RevocationListEntries.Read(head.Entries.Span, out var serials);
            list = reason.Length == 0 ? new RevocationList(head, extensions.Scope, extensions.Number, serials) : null;
            return list is not null;
        }
        catch (AsnContentException)
        {
            reason = RevocationReason.CrlUnreadable;
            return false;
        }
    }

    private static string JudgeHead(RevocationListHead head, RevocationListExtensions extensions, DateTimeOffset now)
    {
        if (extensions.Refusal.Length > 0)
        {
            return extensions.Refusal;
        }

        if (head.NextUpdate == DateTimeOffset.MaxValue)
        {
            return RevocationReason.CrlNextUpdateMissing;
        }

        return head.ThisUpdate > now + ClockSkew ? RevocationReason.CrlNotYetValid : "";
    }

    private string JudgeSignature(RevocationListHead head, RevocationListExtensions extensions)
    {
        var signers = authorities.Where(authority => authority.Name.Span.SequenceEqual(head.IssuerDer.Span) && IsNamed(authority, extensions)).ToList();
        if (signers.Count == 0)
        {
            return RevocationReason.CrlIssuerUnknown;
        }

        if (!signers.Exists(signer => signer.MaySignLists))
        {
            return RevocationReason.CrlIssuerUsage;
        }

        // RFC 5280, 5.1.1.2: the algorithm stands inside and outside of what is signed, and must be one.
        if (!head.InnerAlgorithm.Span.SequenceEqual(head.Signed.Algorithm.Span))
        {
            return RevocationReason.CrlUnreadable;
        }

        if (!SignatureScheme.TryRead(head.Signed.Algorithm, out var scheme) || !policy.Accepts(scheme))
        {
            return RevocationReason.CrlAlgorithmWeak;
        }

        return signers.Exists(signer => signer.MaySignLists && policy.Accepts(signer.Key) && signer.Signed(head.Signed, scheme))
            ? ""
            : RevocationReason.CrlSignatureInvalid;
    }

    private static bool IsNamed(IssuingAuthority authority, RevocationListExtensions extensions) =>
        extensions.KeyIdentifier.IsEmpty
        || authority.KeyIdentifier.IsEmpty
        || authority.KeyIdentifier.Span.SequenceEqual(extensions.KeyIdentifier.Span);
}
