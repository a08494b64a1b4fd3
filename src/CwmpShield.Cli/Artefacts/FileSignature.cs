using CwmpShield.Core.Firmware.Signing;

namespace CwmpShield.Cli.Artefacts;

/// <summary>Checks a detached signature over a file.</summary>
internal static class FileSignature
{
    /// <summary>Who has signed: bare signatures by the file's hash, CMS over its bytes.</summary>
    public static SignatureCheck Check(ArtefactFile file, string signature, IReadOnlyList<PinnedSigner> signers, DateTimeOffset now)
    {
        byte[] bytes;
        try
        {
            bytes = new FileInfo(signature) is { Exists: true, Length: <= SignatureFile.MaxBytes } ? File.ReadAllBytes(signature) : [];
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            bytes = [];
        }

        if (file.Content is { } content)
        {
            return SignatureCheck.Of(content, [(signature, bytes)], signers, now);
        }

        var (form, raw) = SignatureFile.Read(bytes);
        var (signer, reason) = form == SignatureForm.Raw
            ? SignatureCheck.OfKey(Convert.FromHexString(file.Sha256), raw, signers, now)
            : (null, SignerReason.Unreadable);
        return signer is not null && reason.Length == 0 ? new SignatureCheck([signer], []) : new SignatureCheck([], [(signature, reason)]);
    }
}
