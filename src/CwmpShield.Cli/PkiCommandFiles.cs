using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CwmpShield.Gateway.Identity;

namespace CwmpShield.Cli;

/// <summary>Reads and writes the files of the lab authority. Nothing is overwritten, and keys are their owner's alone.</summary>
internal static class PkiCommandFiles
{
    /// <summary>Writes <c>BASE.pem</c> and <c>BASE.key</c>.</summary>
    public static void WritePem(string path, X509Certificate2 certificate)
    {
        Write(path + ".key", LabCertificateAuthority.PrivateKeyPem(certificate) + "\n", isSecret: true);
        Write(path + ".pem", certificate.ExportCertificatePem() + "\n", isSecret: false);
    }

    /// <summary>Writes <c>BASE.pfx</c> with the certificate, its key and the authority's certificate.</summary>
    public static void WritePfx(string path, X509Certificate2 certificate, X509Certificate2 authority, string password)
    {
        using var bare = X509CertificateLoader.LoadCertificate(authority.RawData);
        using var file = Create(path + ".pfx", isSecret: true);
        file.Write(new X509Certificate2Collection { certificate, bare }.Export(X509ContentType.Pkcs12, password));
    }

    /// <summary>Opens the authority that <c>pki init</c> wrote to <paramref name="folder"/>.</summary>
    public static LabCertificateAuthority Open(string folder)
    {
        var path = Path.Combine(folder, PkiCommandInit.Name);
        return LabCertificateAuthority.Load(X509Certificate2.CreateFromPemFile(path + ".pem", path + ".key"));
    }

    /// <summary>Runs <paramref name="work"/>; what goes wrong with files or keys is printed and becomes exit code 2.</summary>
    public static int Try(TextWriter error, Action work)
    {
        try
        {
            work();
            return ExitCode.Ok;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or CryptographicException)
        {
            error.WriteLine(problem.Message);
            return ExitCode.Usage;
        }
    }

    private static void Write(string path, string text, bool isSecret)
    {
        using var writer = new StreamWriter(Create(path, isSecret));
        writer.Write(text);
    }

    private static FileStream Create(string path, bool isSecret)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (isSecret && !OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return File.Open(path, options);
    }
}
