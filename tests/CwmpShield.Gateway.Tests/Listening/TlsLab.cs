using System.Security.Cryptography.X509Certificates;
using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.Identity;
using CwmpShield.Gateway.Listening;

namespace CwmpShield.Gateway.Tests.Listening;

/// <summary>An operator's authorities and a folder with their files.</summary>
internal sealed class TlsLab : IDisposable
{
    public const string DeviceCaName = "Operator devices";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("cwmpshield-tls-");

    public TlsLab()
    {
        CaPath = Path("devices.pem");
        File.WriteAllText(CaPath, Devices.Certificate.ExportCertificatePem() + "\n");
        using var server = Servers.IssueServer("acs.example", "127.0.0.1");
        Server = WritePem(server, "server");
    }

    public LabCertificateAuthority Devices { get; } = LabCertificateAuthority.CreateRoot(DeviceCaName);

    public LabCertificateAuthority Servers { get; } = LabCertificateAuthority.CreateRoot("Operator servers");

    public string CaPath { get; }

    public CertificateOptions Server { get; }

    public string Path(string name) => System.IO.Path.Combine(folder.FullName, name);

    /// <summary>A TLS listener on any port that requires a certificate of <see cref="Devices"/>.</summary>
    public ListenerOptions Listener() => new() { Name = "tls", Port = 0, Certificate = Server, ClientCaPath = CaPath };

    public CertificateOptions WritePem(X509Certificate2 certificate, string name)
    {
        var options = new CertificateOptions { Path = Path(name + ".pem"), KeyPath = Path(name + ".key") };
        File.WriteAllText(options.Path, certificate.ExportCertificatePem() + "\n");
        File.WriteAllText(options.KeyPath, LabCertificateAuthority.PrivateKeyPem(certificate));
        return options;
    }

    public void Dispose()
    {
        Devices.Dispose();
        Servers.Dispose();
        try
        {
            folder.Delete(recursive: true);
        }
        catch (IOException)
        {
            // Something that ends just now has made a file meanwhile.
            folder.Delete(recursive: true);
        }
    }
}
