using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CwmpShield.Core.Identity.Revocation;
using FsCheck;
using FsCheck.Fluent;

namespace CwmpShield.Core.Tests.Identity.Revocation;

/// <summary>Which lists count.</summary>
public sealed class RevocationListReaderTests : IDisposable
{
    private const string KeyIdentifierOid = "2.5.29.35";
    private const string NumberOid = "2.5.29.20";
    private const string DeltaOid = "2.5.29.27";
    private const string ScopeOid = "2.5.29.28";
    private const string ReasonCodeOid = "2.5.29.21";
    private const string CertificateIssuerOid = "2.5.29.29";
    private readonly TestAuthority authority = new();

    [Fact]
    public void Accepts_a_list_and_finds_what_it_names()
    {
        var list = (new TestList(authority) { Serials = [[0x05], [0x00, 0xFF, 0x01], [0x01]] }).Read();

        Assert.Equal(3, list.Count);
        Assert.True(list.Contains(TestAuthority.Serial(0xFF, 0x01)));
        Assert.False(list.Contains(TestAuthority.Serial(0x02)));
        Assert.Equal(authority.Authority.Issuer, list.Issuer);
        Assert.Equal(TestAuthority.Now.AddDays(1), list.NextUpdate);
    }

    [Fact]
    public void Accepts_a_list_that_names_nobody() => Assert.Equal(0, new TestList(authority).Read().Count);

    [Fact]
    public void Accepts_what_the_platform_writes()
    {
        var builder = new CertificateRevocationListBuilder();
        builder.AddEntry([0x7F, 0x01], TestAuthority.Now.AddDays(-1), X509RevocationReason.KeyCompromise);
        var der = builder.Build(authority.Certificate, 7, TestAuthority.Now.AddDays(1), HashAlgorithmName.SHA384, null, TestAuthority.Now.AddHours(-1));

        Assert.True(authority.Reader().TryRead(der, TestAuthority.Now, out var list, out _));
        Assert.True(list!.Contains(TestAuthority.Serial(0x7F, 0x01)));
        Assert.Equal(7, list.Number);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Accepts_an_RSA_signature(bool isPss)
    {
        using var key = RSA.Create(2048);
        var padding = isPss ? RSASignaturePadding.Pss : RSASignaturePadding.Pkcs1;
        var request = new CertificateRequest("CN=RSA", key, HashAlgorithmName.SHA256, padding);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        using var certificate = request.CreateSelfSigned(TestAuthority.Now.AddYears(-1), TestAuthority.Now.AddYears(1));
        var builder = new CertificateRevocationListBuilder();
        var der = builder.Build(certificate, 1, TestAuthority.Now.AddDays(1), HashAlgorithmName.SHA256, padding, TestAuthority.Now.AddHours(-1));

        var reader = new RevocationListReader([new IssuingAuthority(certificate)], new CertificatePolicy());
        Assert.True(reader.TryRead(der, TestAuthority.Now, out _, out var reason), reason);
    }

    [Fact]
    public void Finds_every_number_of_a_list_and_no_other()
    {
        var property = Prop.ForAll<byte[][]>(raw =>
        {
            var serials = raw.Where(one => one is { Length: > 0 and <= 19 }).Select(one => (byte[])[0x01, .. one]).ToList();
            var list = (new TestList(authority) { Serials = serials }).Read();
            return serials.TrueForAll(one => list.Contains(TestAuthority.Serial(one)))
                && (serials.Exists(one => one.SequenceEqual(new byte[] { 0x01, 0x02, 0x03 })) == list.Contains(TestAuthority.Serial(1, 2, 3)));
        });
        property.Check(Config.QuickThrowOnFailure.WithMaxTest(60));
    }

    [Fact]
    public void Refuses_a_list_of_another_issuer()
    {
        using var other = new TestAuthority("CN=Other");
        Refuses(RevocationReason.CrlIssuerUnknown, new TestList(other));
    }

    [Fact]
    public void Refuses_a_forger_who_takes_the_issuers_name()
    {
        using var forger = new TestAuthority();
        Refuses(RevocationReason.CrlSignatureInvalid, new TestList(forger));
    }

    [Fact]
    public void Refuses_a_list_that_names_another_key_of_the_issuer() =>
        Refuses(RevocationReason.CrlIssuerUnknown, new TestList(authority) { Extensions = [(KeyIdentifierOid, false, KeyIdentifier([1, 2, 3]))] });

    [Fact]
    public void Accepts_a_list_that_names_the_issuers_key() =>
        _ = (new TestList(authority) { Extensions = [(KeyIdentifierOid, false, KeyIdentifier(authority.Authority.KeyIdentifier.ToArray()))] }).Read();

    [Fact]
    public void Refuses_a_list_whose_content_was_changed()
    {
        var der = new TestList(authority) { Serials = [[0x11, 0x22, 0x33]] }.ToDer();
        der[der.AsSpan().IndexOf(new byte[] { 0x11, 0x22, 0x33 })] = 0x12;

        Refuses(RevocationReason.CrlSignatureInvalid, der);
    }

    [Fact]
    public void Refuses_an_issuer_whose_key_usage_does_not_allow_lists()
    {
        using var other = new TestAuthority(usage: X509KeyUsageFlags.KeyCertSign);
        Assert.False(other.Reader().TryRead(new TestList(other).ToDer(), TestAuthority.Now, out _, out var reason));
        Assert.Equal(RevocationReason.CrlIssuerUsage, reason);
    }

    [Fact]
    public void Refuses_a_weak_signature_unless_policy_allows_it()
    {
        var list = new TestList(authority) { Algorithm = TestAuthority.Sha1Ecdsa, Hash = HashAlgorithmName.SHA1 };
        Refuses(RevocationReason.CrlAlgorithmWeak, list);
        Assert.True(authority.Reader(new CertificatePolicy { AllowSha1 = true }).TryRead(list.ToDer(), TestAuthority.Now, out _, out _));
    }

    [Fact]
    public void Refuses_an_algorithm_that_it_does_not_know() =>
        Refuses(RevocationReason.CrlAlgorithmWeak, new TestList(authority) { Algorithm = "1.2.3.4" });

    [Fact]
    public void Refuses_two_algorithms() =>
        Refuses(RevocationReason.CrlUnreadable, new TestList(authority) { InnerAlgorithm = TestAuthority.Sha1Ecdsa });

    [Fact]
    public void Refuses_a_list_without_a_next_update() =>
        Refuses(RevocationReason.CrlNextUpdateMissing, new TestList(authority) { NextUpdate = null });

    [Fact]
    public void Refuses_a_list_from_the_future_and_accepts_a_small_difference_of_clocks()
    {
        Refuses(RevocationReason.CrlNotYetValid, new TestList(authority) { ThisUpdate = TestAuthority.Now.AddMinutes(6) });
        _ = (new TestList(authority) { ThisUpdate = TestAuthority.Now.AddMinutes(4) }).Read();
    }

    [Fact]
    public void Refuses_a_delta_list() =>
        Refuses(RevocationReason.CrlDelta, new TestList(authority) { Extensions = [(DeltaOid, true, TestList.Der(writer => writer.WriteInteger(1)))] });

    [Fact]
    public void Refuses_an_indirect_list() => Refuses(RevocationReason.CrlIndirect, Scoped(4));

    [Fact]
    public void Refuses_an_entry_of_another_issuer() =>
        Refuses(RevocationReason.CrlIndirect, WithEntryExtension(CertificateIssuerOid, isCritical: true));

    [Fact]
    public void Refuses_a_list_of_attribute_certificates() => Refuses(RevocationReason.CrlScope, Scoped(5));

    [Fact]
    public void Refuses_a_list_of_some_reasons() => Refuses(RevocationReason.CrlScope, Scoped(writer =>
        writer.WriteBitString([0x40], 6, new Asn1Tag(TagClass.ContextSpecific, 3))));

    [Fact]
    public void Refuses_an_unknown_critical_extension_of_the_list() =>
        Refuses(RevocationReason.CrlCriticalExtension, new TestList(authority) { Extensions = [("1.2.3.4", true, [0x05, 0x00])] });

    [Fact]
    public void Refuses_an_unknown_critical_extension_of_an_entry() =>
        Refuses(RevocationReason.CrlCriticalExtension, WithEntryExtension("1.2.3.4", isCritical: true));

    [Fact]
    public void Accepts_reasons_and_unknown_extensions_that_are_not_critical()
    {
        _ = WithEntryExtension(ReasonCodeOid, isCritical: false).Read();
        _ = (new TestList(authority) { Extensions = [("1.2.3.4", false, [0x05, 0x00])] }).Read();
    }

    [Fact]
    public void Refuses_an_extension_that_comes_twice() => Refuses(RevocationReason.CrlUnreadable, new TestList(authority)
    {
        Extensions = [(NumberOid, false, [0x02, 0x01, 0x01]), (NumberOid, false, [0x02, 0x01, 0x02])],
    });

    [Fact]
    public void Refuses_another_version() => Refuses(RevocationReason.CrlUnreadable, new TestList(authority) { Version = 2 });

    [Fact]
    public void Refuses_a_serial_number_that_is_too_long() =>
        Refuses(RevocationReason.CrlUnreadable, new TestList(authority) { Serials = [Enumerable.Repeat((byte)0x11, 21).ToArray()] });

    [Fact]
    public void Refuses_every_truncation()
    {
        var der = new TestList(authority) { Serials = [[0x01], [0x02]], Extensions = [(NumberOid, false, [0x02, 0x01, 0x01])] }.ToDer();
        for (var length = 0; length < der.Length; length++)
        {
            Refuses(RevocationReason.CrlUnreadable, der[..length]);
        }
    }

    [Fact]
    public void Refuses_octets_behind_the_list() => Refuses(RevocationReason.CrlUnreadable, [.. new TestList(authority).ToDer(), 0x05, 0x00]);

    [Fact]
    public void Survives_every_changed_octet()
    {
        var der = new TestList(authority) { Serials = [[0x11]], Extensions = [(NumberOid, false, [0x02, 0x01, 0x01])] }.ToDer();
        for (var at = 0; at < der.Length; at++)
        {
            var changed = (byte[])der.Clone();
            changed[at] ^= 0x21;
            Assert.False(authority.Reader().TryRead(changed, TestAuthority.Now, out _, out var reason));
            Assert.NotEmpty(reason);
        }
    }

    public void Dispose() => authority.Dispose();

    private TestList Scoped(int flag) => Scoped(writer => writer.WriteBoolean(true, new Asn1Tag(TagClass.ContextSpecific, flag)));

    private TestList Scoped(Action<AsnWriter> write) => new(authority)
    {
        Extensions = [(ScopeOid, true, TestList.Der(writer =>
        {
            using var scope = writer.PushSequence();
            write(writer);
        }))],
    };

    private TestList WithEntryExtension(string oid, bool isCritical) => new(authority)
    {
        Serials = [[0x01]],
        EntryExtensions = writer =>
        {
            using var extensions = writer.PushSequence();
            TestList.WriteExtension(writer, oid, isCritical, [0x0A, 0x01, 0x01]);
        },
    };

    private static byte[] KeyIdentifier(byte[] key) => TestList.Der(writer =>
    {
        using var identifier = writer.PushSequence();
        writer.WriteOctetString(key, new Asn1Tag(TagClass.ContextSpecific, 0));
    });

    private void Refuses(string expected, TestList list) => Refuses(expected, list.ToDer());

    private void Refuses(string expected, byte[] der)
    {
        Assert.False(authority.Reader().TryRead(der, TestAuthority.Now, out var list, out var reason));
        Assert.Null(list);
        Assert.Equal(expected, reason);
    }
}
