using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CwmpShield.Core.Identity.Revocation;
using CwmpShield.Gateway.Listening;

namespace CwmpShield.Gateway.Revocation;

/// <summary>Builds the path from a device's certificate to a root of the bundle and says what is wrong with it in one word.</summary>
internal static class CertificatePath
{
    /// <summary>Certificates that a client may send beside its own; the rest is passed over.</summary>
    private const int MaxSent = 8;

    private const X509ChainStatusFlags NameConstraints =
        X509ChainStatusFlags.InvalidNameConstraints | X509ChainStatusFlags.HasNotSupportedNameConstraint
        | X509ChainStatusFlags.HasNotDefinedNameConstraint | X509ChainStatusFlags.HasNotPermittedNameConstraint
        | X509ChainStatusFlags.HasExcludedNameConstraint;

    private static readonly (X509ChainStatusFlags Flags, string Reason)[] Reasons =
    [
        (X509ChainStatusFlags.NotSignatureValid, CertificateReason.SignatureInvalid),
        (X509ChainStatusFlags.PartialChain | X509ChainStatusFlags.UntrustedRoot, CertificateReason.Untrusted),
        (NameConstraints, CertificateReason.NameConstraint),
        (X509ChainStatusFlags.InvalidBasicConstraints, CertificateReason.IssuerInvalid),
        (X509ChainStatusFlags.HasNotSupportedCriticalExtension, CertificateReason.CriticalExtension),
        (X509ChainStatusFlags.NotValidForUsage, CertificateReason.Usage),
    ];

    /// <summary>
    /// Judges <paramref name="device"/> by path and policy; an empty word and the certificate, or a
    /// <see cref="CertificateReason"/>. Follows no address.
    /// </summary>
    public static string Judge(
        X509Certificate2 device,
        IEnumerable<X509Certificate2> sent,
        ClientCaBundle bundle,
        CertificatePolicy policy,
        DateTimeOffset now,
        out DeviceCertificate? judged)
    {
        judged = null;
        using var chain = new X509Chain { ChainPolicy = bundle.ChainPolicy() };
        chain.ChainPolicy.ExtraStore.AddRange(sent.Take(MaxSent).ToArray());
        chain.ChainPolicy.VerificationTime = now.LocalDateTime;
        chain.ChainPolicy.VerificationTimeIgnored = false;
        List<X509Certificate2> path = [];
        try
        {
            var isGood = chain.Build(device);
            path.AddRange(chain.ChainElements.Select(element => element.Certificate));
            var reason = isGood ? policy.Judge(path) : ReasonOf(chain, path, now);
            return reason.Length > 0 || !DeviceCertificate.TryRead(path, bundle, out judged, out reason) ? reason : "";
        }
        catch (CryptographicException)
        {
            return CertificateReason.Unreadable;
        }
        finally
        {
            path.ForEach(certificate => certificate.Dispose());
        }
    }

    private static string ReasonOf(X509Chain chain, List<X509Certificate2> path, DateTimeOffset now)
    {
        var flags = chain.ChainStatus.Aggregate(X509ChainStatusFlags.NoError, (all, one) => all | one.Status);
        var found = Array.Find(Reasons, one => (flags & one.Flags) != X509ChainStatusFlags.NoError);
        if (found.Reason is null && flags.HasFlag(X509ChainStatusFlags.NotTimeValid))
        {
            return path.Exists(certificate => now.UtcDateTime < certificate.NotBefore.ToUniversalTime())
                ? CertificateReason.NotYetValid
                : CertificateReason.Expired;
        }

        return found.Reason ?? CertificateReason.Untrusted;
    }
}
