using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CwmpShield.Core.Identity;
using CwmpShield.Core.Identity.Revocation;
using CwmpShield.Gateway.Identity;
using CwmpShield.Gateway.Listening;
using CwmpShield.Gateway.Revocation;

namespace CwmpShield.Gateway.Tests.Revocation;

/// <summary>Every reason for which a certificate's path is refused.</summary>
public sealed class CertificatePathTests : IDisposable
{
    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();
    private readonly string file = Path.GetTempFileName();
    private readonly LabCertificateAuthority root = LabCertificateAuthority.CreateRoot("Root");

    public void Dispose()
    {
        root.Dispose();
        File.Delete(file);
    }

    [Fact]
    public void Accepts_a_device_and_reads_its_path()
    {
        using var batch = root.CreateIntermediate("Batch");
        using var device = batch.IssueClient("001122-HGW-S1", LabKey.Rsa2048);

        Assert.Equal("", Judge(device, [batch.Certificate], out var read));
        Assert.Equal(["001122-HGW-S1"], read!.Facts.CommonNames);
        Assert.Equal(2, read.Links.Count);
        Assert.False(read.Link.IsAuthority);
        Assert.True(read.Links[1].IsAuthority);
        Assert.Equal("rsa-2048", read.Key);
        Assert.Equal(device.NotAfter.ToUniversalTime(), read.NotAfter.UtcDateTime);
    }

    [Fact]
    public void Accepts_a_path_whose_authorities_the_device_sends()
    {
        using var batch = root.CreateIntermediate("Batch");
        using var stranger = LabCertificateAuthority.CreateRoot("Stranger");
        using var second = stranger.IssueClient("001122-HGW-S2");
        using var device = batch.IssueClient("001122-HGW-S1");

        // A second path beside the first is nobody's proof.
        Assert.Equal("", Judge(device, [second, stranger.Certificate, batch.Certificate], out var read));
        Assert.Equal(["001122-HGW-S1"], read!.Facts.CommonNames);
        Assert.Equal(CertificateReason.Untrusted, Judge(second, [stranger.Certificate, device, batch.Certificate], out _));
    }

    [Fact]
    public void Refuses_an_unknown_issuer()
    {
        using var stranger = LabCertificateAuthority.CreateRoot("Stranger");
        Refuses(CertificateReason.Untrusted, stranger.IssueClient("001122-HGW-S1"));
    }

    [Fact]
    public void Refuses_a_self_signed_device()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        Refuses(CertificateReason.Untrusted, new CertificateRequest("CN=001122-HGW-S1", key, HashAlgorithmName.SHA256).CreateSelfSigned(Now.AddDays(-1), Now.AddDays(1)));
    }

    [Theory]
    [InlineData(-40, -5, CertificateReason.Expired)]
    [InlineData(5, 40, CertificateReason.NotYetValid)]
    public void Refuses_a_certificate_out_of_its_time(int from, int to, string reason) => Refuses(reason, root.Issue(new LabCertificateRequest
    {
        CommonName = "001122-HGW-S1",
        ClientAuth = true,
        NotBefore = Now.AddMinutes(from),
        NotAfter = Now.AddMinutes(to),
    }));

    [Fact]
    public void Refuses_a_server_certificate() => Refuses(CertificateReason.Usage, root.IssueServer("001122-HGW-S1"));

    [Fact]
    public void Accepts_a_certificate_for_any_use() => Assert.Equal("", Judge(root.Issue(new LabCertificateRequest { CommonName = "001122-HGW-S1" }), [], out _));

    [Fact]
    public void Refuses_an_unknown_critical_extension() => Refuses(
        CertificateReason.CriticalExtension,
        root.Issue(new LabCertificateRequest { CommonName = "001122-HGW-S1", ClientAuth = true, Extensions = [new X509Extension("1.2.3.4", [5, 0], true)] }));

    [Fact]
    public void Refuses_names_outside_the_constraints_of_an_authority()
    {
        using var batch = Constrained(".devices.example");
        var inside = new LabCertificateRequest { CommonName = "001122-HGW-S1", DnsNames = ["a.devices.example"], ClientAuth = true };

        Assert.Equal("", Judge(batch.Issue(inside), [batch.Certificate], out _));
        Assert.Equal(
            CertificateReason.NameConstraint,
            Judge(batch.Issue(inside with { DnsNames = ["a.other.example"] }), [batch.Certificate], out _));
    }

    [Fact]
    public void Refuses_a_device_that_issues_certificates()
    {
        using var device = root.IssueClient("001122-HGW-S1");
        using var key = device.GetECDsaPrivateKey()!;
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=001122-HGW-VICTIM", other, HashAlgorithmName.SHA256);
        using var forged = request.Create(device.SubjectName, X509SignatureGenerator.CreateForECDsa(key), Now.AddMinutes(-4), Now.AddDays(1), [1, 2]);

        Assert.Equal(CertificateReason.IssuerInvalid, Judge(forged, [device], out _));
    }

    [Fact]
    public void Refuses_a_signature_that_is_not_the_issuers()
    {
        using var device = root.IssueClient("001122-HGW-S1");
        var der = device.RawData;
        der[^1] ^= 1;

        Refuses(CertificateReason.SignatureInvalid, X509CertificateLoader.LoadCertificate(der));
    }

    [Fact]
    public void Refuses_an_authority_as_a_device()
    {
        using var batch = root.CreateIntermediate("Batch");
        Assert.Equal(CertificateReason.OfAuthority, Judge(batch.Certificate, [], out _));
    }

    [Fact]
    public void Refuses_names_that_can_be_read_in_two_ways()
    {
        var device = root.Issue(new LabCertificateRequest { CommonName = "001122-HGW-S1", DnsNames = ["*.example"], ClientAuth = true });
        Assert.Equal(IdentityReason.CertificateNameInvalid, Judge(device, [], out _));
    }

    [Fact]
    public void Passes_over_what_a_client_sends_beyond_bounds()
    {
        using var batch = root.CreateIntermediate("Batch");
        using var device = batch.IssueClient("001122-HGW-S1");
        var many = Enumerable.Repeat(device, 20).Append(batch.Certificate);

        Assert.Equal(CertificateReason.Untrusted, Judge(device, many, out _));
    }

    private LabCertificateAuthority Constrained(string suffix)
    {
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Constrained", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));

        // NameConstraints { permittedSubtrees { dNSName suffix } }
        var name = System.Text.Encoding.ASCII.GetBytes(suffix);
        byte[] subtree = [0x30, (byte)(name.Length + 2), 0x82, (byte)name.Length, .. name];
        byte[] constraints = [0x30, (byte)(subtree.Length + 2), 0xA0, (byte)subtree.Length, .. subtree];
        request.CertificateExtensions.Add(new X509Extension("2.5.29.30", constraints, true));
        using var bare = request.Create(root.Certificate, Now.AddMinutes(-5), Now.AddDays(1), [9, 9]);
        return LabCertificateAuthority.Load(bare.CopyWithPrivateKey(key));
    }

    private void Refuses(string reason, X509Certificate2 device)
    {
        using (device)
        {
            Assert.Equal(reason, Judge(device, [], out var read));
            Assert.Null(read);
        }
    }

    private string Judge(X509Certificate2 device, IEnumerable<X509Certificate2> sent, out DeviceCertificate? read)
    {
        File.WriteAllText(file, root.Certificate.ExportCertificatePem());
        return CertificatePath.Judge(device, sent, ClientCaBundle.Load(file), new CertificatePolicy(), Now, out read);
    }
}
