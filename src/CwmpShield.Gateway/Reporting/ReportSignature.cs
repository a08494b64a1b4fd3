using System.Security.Cryptography;
using CwmpShield.Gateway.Auditing;

namespace CwmpShield.Gateway.Reporting;

/// <summary>Checks the signature that lies beside a report.</summary>
public static class ReportSignature
{
    private const int MaxSignature = 256;

    /// <summary>Whether the file is the one that was signed with the key.</summary>
    /// <param name="file">The report, HTML or JSON.</param>
    /// <param name="publicKeyPem">The ledger's key in PEM, its public half or both.</param>
    /// <param name="keyId">Receives the name of that key; empty where it is none.</param>
    /// <returns>Null when it is; else a sentence.</returns>
    /// <exception cref="IOException">A file cannot be read; so does <see cref="UnauthorizedAccessException"/>.</exception>
    public static string? Problem(string file, string publicKeyPem, out string keyId)
    {
        keyId = "";
        using var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(publicKeyPem);
        }
        catch (Exception broken) when (broken is ArgumentException or CryptographicException)
        {
            return "The key is no ECDSA key in PEM.";
        }

        keyId = LedgerKey.IdOf(key.ExportSubjectPublicKeyInfo());
        var signature = new FileInfo(file + ReportRun.SignatureSuffix);
        if (!signature.Exists || signature.Length > MaxSignature)
        {
            return $"There is no signature at {signature.FullName}.";
        }

        using var stream = File.OpenRead(file);
        return key.VerifyHash(SHA256.HashData(stream), File.ReadAllBytes(signature.FullName), DSASignatureFormat.Rfc3279DerSequence)
            ? null
            : "The signature is not of this file and this key: the file was changed, or another key signed it.";
    }
}
