using System.Collections.Immutable;
using System.Security.Cryptography;

namespace CwmpShield.Core.Firmware.Signing;

/// <summary>Who has signed a document, and what was wrong with the signatures that do not count.</summary>
/// <param name="Signers">Pinned signers whose signatures are good, each once, in the operator's order.</param>
/// <param name="Problems">For each signature that does not count: the file, and a <see cref="SignerReason"/>.</param>
public sealed record SignatureCheck(ImmutableArray<PinnedSigner> Signers, IReadOnlyList<(string File, string Reason)> Problems)
{
    /// <summary>Signature files of one document that are looked at.</summary>
    public const int MaxFiles = 16;

    /// <summary>Checks detached signatures over <paramref name="data"/>. A signer counts once, however often it has signed.</summary>
    /// <param name="data">The signed bytes.</param>
    /// <param name="files">Signature files by name: CMS (DER or PEM), bare (binary or base64).</param>
    /// <param name="signers">Whose signatures are taken.</param>
    /// <param name="now">The instant at which certificates must be valid.</param>
    public static SignatureCheck Of(byte[] data, IEnumerable<(string File, byte[] Bytes)> files, IReadOnlyList<PinnedSigner> signers, DateTimeOffset now)
    {
        HashSet<PinnedSigner> good = [];
        List<(string, string)> problems = [];
        var hash = SHA256.HashData(data);
        foreach (var (file, bytes) in files.Take(MaxFiles))
        {
            var (form, signature) = SignatureFile.Read(bytes);
            foreach (var (signer, reason) in form switch
            {
                SignatureForm.Cms => CmsSignature.Verify(data, signature, signers, now),
                SignatureForm.Raw => [OfKey(hash, signature, signers, now)],
                _ => [(null, SignerReason.Unreadable)],
            })
            {
                if (signer is not null && reason.Length == 0)
                {
                    good.Add(signer);
                }
                else
                {
                    problems.Add((file, reason));
                }
            }
        }

        return new SignatureCheck([.. signers.Where(good.Contains)], problems);
    }

    /// <summary>The signer of a bare signature over data of this SHA-256, or why it does not count.</summary>
    public static (PinnedSigner? Signer, string Reason) OfKey(ReadOnlySpan<byte> sha256, ReadOnlySpan<byte> signature, IReadOnlyList<PinnedSigner> signers, DateTimeOffset now)
    {
        foreach (var signer in signers)
        {
            if (RawSignature.Verify(sha256, signature, signer))
            {
                return (signer, signer.ReasonAgainst(now));
            }
        }

        return (null, SignerReason.NotPinned);
    }

    /// <summary>When so many of the signers have ended that fewer than <paramref name="required"/> are left.</summary>
    public DateTimeOffset CountsUntil(int required) => Signers.Select(s => s.CountsUntil).OrderDescending().ElementAtOrDefault(required - 1);
}
