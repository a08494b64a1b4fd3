using System.Globalization;
using System.Text;
using CwmpShield.Core.Rules.Loading;
using CwmpShield.Core.Rules.Yaml;

namespace CwmpShield.Core.Rules.Signing;

/// <summary>Who may sign rule sets, and what has been reached.</summary>
/// <param name="PublicKeyPem">Public key in PEM: ECDSA P-256 or RSA of 2048 bits and more.</param>
/// <param name="LeastVersion">Lowest version that is accepted; the caller remembers the highest that was loaded.</param>
public sealed record RuleTrust(string PublicKeyPem, long LeastVersion = 0);

/// <summary>Checks the files of a set, as they were read, against their signed index.</summary>
internal static class SignedRules
{
    /// <summary>The index that covers the files; null with problems when it does not.</summary>
    public static RuleIndexText? Check(string directory, IReadOnlyList<RuleFile> files, RuleTrust trust, DateTimeOffset now, DiagnosticBag bag)
    {
        var indexFile = RuleFiles.ReadOne(Path.Combine(directory, RuleIndexText.FileName), RuleIndexText.FileName, RuleFileKind.List, bag);
        var signature = ReadSignature(Path.Combine(directory, RuleIndexText.SignatureName));
        if (indexFile is null)
        {
            return Fail(bag, RuleIndexText.FileName, "the rule set is not signed");
        }

        if (signature is null || !RuleSignature.Verify(Encoding.UTF8.GetBytes(indexFile.Text), signature, trust.PublicKeyPem) || !RuleIndexText.TryParse(indexFile.Text, out var index))
        {
            return Fail(bag, RuleIndexText.SignatureName, "the signature is not one of the trusted key over this index");
        }

        if (index!.Expires <= now)
        {
            Fail(bag, RuleIndexText.FileName, string.Create(CultureInfo.InvariantCulture, $"the signature has ended at {index.Expires:u}"));
        }

        if (index.Version < trust.LeastVersion)
        {
            Fail(bag, RuleIndexText.FileName, string.Create(CultureInfo.InvariantCulture, $"version {index.Version} is older than {trust.LeastVersion}, which was in force"));
        }

        Compare(index, files, bag);
        return index;
    }

    /// <summary>Reports a file that the index cannot cover, because it stands outside the places of a rule set.</summary>
    public static void NotCovered(string file, DiagnosticBag bag) => Fail(bag, file, "not signed");

    private static void Compare(RuleIndexText index, IReadOnlyList<RuleFile> files, DiagnosticBag bag)
    {
        var found = RuleIndexText.HashesOf(files);
        foreach (var (name, hash) in index.Files)
        {
            if (!found.TryGetValue(name, out var actual))
            {
                Fail(bag, name, "signed, but missing");
            }
            else if (actual != hash)
            {
                Fail(bag, name, "not what was signed");
            }
        }

        foreach (var name in found.Keys.Where(n => !index.Files.ContainsKey(n)))
        {
            NotCovered(name, bag);
        }
    }

    private static byte[]? ReadSignature(string path)
    {
        const int most = 4096;
        try
        {
            using var stream = File.OpenRead(path);
            var bytes = new byte[most];
            var length = stream.ReadAtLeast(bytes, most, throwOnEndOfStream: false);
            return bytes[..length];
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static RuleIndexText? Fail(DiagnosticBag bag, string file, string message)
    {
        bag.Add(file, 0, 0, DiagnosticCode.BadSignature, message);
        return null;
    }
}
