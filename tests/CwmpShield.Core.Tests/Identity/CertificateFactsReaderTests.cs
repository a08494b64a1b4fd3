using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CwmpShield.Core.Identity;
using Xunit;

namespace CwmpShield.Core.Tests.Identity;

public sealed class CertificateFactsReaderTests
{
    [Fact]
    public void Reads_names_key_and_validity()
    {
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("sn1.cpe.example.net");
        names.AddUri(new Uri("urn:dev:sn1"));
        names.AddEmailAddress("sn1@example.net");
        names.AddIpAddress(System.Net.IPAddress.Loopback);
        using var certificate = Make(Subject(["001122-HGW-SN1"]), names.Build());
        Assert.True(CertificateFactsReader.TryRead(certificate, out var facts, out _));
        Assert.Equal(["001122-HGW-SN1"], facts!.CommonNames);
        Assert.Equal(["sn1.cpe.example.net", "urn:dev:sn1", "sn1@example.net"], facts.AlternativeNames);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(certificate.PublicKey.ExportSubjectPublicKeyInfo())), facts.SpkiSha256);
        Assert.Equal(certificate.NotAfter.ToUniversalTime(), facts.NotAfter.UtcDateTime);
        Assert.Equal(certificate.NotBefore.ToUniversalTime(), facts.NotBefore.UtcDateTime);
    }

    [Fact]
    public void Reads_a_certificate_without_names()
    {
        using var certificate = Make(Subject([]));
        Assert.True(CertificateFactsReader.TryRead(certificate, out var facts, out _));
        Assert.Empty(facts!.CommonNames);
        Assert.Empty(facts.AlternativeNames);
    }

    [Theory]
    [InlineData("001122-HGW-SN1\0.evil.org")]
    [InlineData("*")]
    [InlineData("001122-HGW-*")]
    [InlineData("")]
    [InlineData("001122-HGW-SN1\n")]
    [InlineData("001122-HGW-SN1\u0085")]
    public void Refuses_a_common_name_that_could_be_read_two_ways(string name)
    {
        using var certificate = Make(Subject([name]));
        Assert.Equal(IdentityReason.CertificateNameInvalid, Refusal(certificate));
    }

    [Theory]
    [InlineData("sn1.cpe.example.net\0.evil.org")]
    [InlineData("*.cpe.example.net")]
    [InlineData("")]
    public void Refuses_an_alternative_name_that_could_be_read_two_ways(string name)
    {
        using var certificate = Make(Subject(["001122-HGW-SN1"]), AlternativeNames(name));
        Assert.Equal(IdentityReason.CertificateNameInvalid, Refusal(certificate));
    }

    [Fact]
    public void Refuses_several_common_names()
    {
        using var two = Make(Subject(["001122-HGW-SN1", "001122-HGW-SN2"]));
        using var sameTwice = Make(Subject(["001122-HGW-SN1", "001122-HGW-SN1"]));
        using var inOneSet = Make(Subject(["001122-HGW-SN1", "001122-HGW-SN2"], oneSet: true));
        Assert.Equal(IdentityReason.CertificateNameInvalid, Refusal(two));
        Assert.Equal(IdentityReason.CertificateNameInvalid, Refusal(sameTwice));
        Assert.Equal(IdentityReason.CertificateNameInvalid, Refusal(inOneSet));
    }

    [Fact]
    public void Refuses_names_beyond_bounds()
    {
        using var longName = Make(Subject([new string('A', 257)]));
        using var manyNames = Make(Subject([]), AlternativeNames([.. Enumerable.Range(0, 33).Select(i => $"n{i}")]));
        Assert.Equal(IdentityReason.CertificateNameInvalid, Refusal(longName));
        Assert.Equal(IdentityReason.CertificateUnreadable, Refusal(manyNames));
    }

    [Fact]
    public void Refuses_what_is_no_list_of_names()
    {
        using var broken = Make(Subject([]), new X509Extension("2.5.29.17", [0x30, 0x05, 0x82, 0x7F], critical: false));
        Assert.Equal(IdentityReason.CertificateUnreadable, Refusal(broken));
    }

    [Theory]
    [InlineData(UniversalTagNumber.UTF8String)]
    [InlineData(UniversalTagNumber.PrintableString)]
    [InlineData(UniversalTagNumber.IA5String)]
    [InlineData(UniversalTagNumber.T61String)]
    [InlineData(UniversalTagNumber.BMPString)]
    [InlineData(UniversalTagNumber.NumericString)]
    public void Reads_every_kind_of_text_that_authorities_write(UniversalTagNumber kind)
    {
        using var certificate = Make(Subject(["0123456789"], kind: kind));
        Assert.True(CertificateFactsReader.TryRead(certificate, out var facts, out _));
        Assert.Equal(["0123456789"], facts!.CommonNames);
    }

    private static string Refusal(X509Certificate2 certificate)
    {
        Assert.False(CertificateFactsReader.TryRead(certificate, out var facts, out var reason));
        Assert.Null(facts);
        return reason;
    }

    private static X500DistinguishedName Subject(string[] names, bool oneSet = false, UniversalTagNumber kind = UniversalTagNumber.UTF8String)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            var sets = oneSet ? [names] : names.Select(name => new[] { name });
            foreach (var set in sets)
            {
                using (writer.PushSetOf())
                {
                    foreach (var name in set)
                    {
                        using (writer.PushSequence())
                        {
                            writer.WriteObjectIdentifier("2.5.4.3");
                            writer.WriteCharacterString(kind, name);
                        }
                    }
                }
            }
        }

        return new X500DistinguishedName(writer.Encode());
    }

    private static X509Extension AlternativeNames(params string[] dnsNames)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            foreach (var name in dnsNames)
            {
                writer.WriteCharacterString(UniversalTagNumber.IA5String, name, new Asn1Tag(TagClass.ContextSpecific, 2));
            }
        }

        return new X509Extension("2.5.29.17", writer.Encode(), critical: false);
    }

    private static X509Certificate2 Make(X500DistinguishedName subject, X509Extension? extension = null)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(subject, key, HashAlgorithmName.SHA256);
        if (extension is not null)
        {
            request.CertificateExtensions.Add(extension);
        }

        return request.CreateSelfSigned(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(2027, 1, 1, 0, 0, 0, TimeSpan.Zero));
    }
}
