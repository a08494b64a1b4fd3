using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CwmpShield.Core.Identity.Revocation;

namespace CwmpShield.Core.Tests.Identity.Revocation;

/// <summary>Which OCSP responses count.</summary>
public sealed class OcspResponseReaderTests : IDisposable
{
    private static readonly X509Extension OcspSigning = new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.9")], false);
    private static readonly X509Extension ClientAuth = new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.2")], false);
    private static readonly X509Extension NoCheck = new("1.3.6.1.5.5.7.48.1.5", [0x05, 0x00], false);
    private readonly TestAuthority authority = new();
    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly OcspQuestion question;
    private readonly HashSet<CertificateSerial> revoked = [];

    public OcspResponseReaderTests() => question = new(authority.Authority, TestAuthority.Serial(0x42), RandomNumberGenerator.GetBytes(32));

    private TestResponse Response => new(authority, question);

    [Theory]
    [InlineData(OcspStatus.Good)]
    [InlineData(OcspStatus.Revoked)]
    [InlineData(OcspStatus.Unknown)]
    public void Accepts_the_issuers_own_answer(OcspStatus status)
    {
        var answer = Accepts(Response with { Status = status });

        Assert.Equal(status, answer.Status);
        Assert.Equal(TestAuthority.Now.AddHours(1), answer.NextUpdate);
    }

    [Fact]
    public void Accepts_an_issuer_that_is_named_by_its_name() => Accepts(Response with { ResponderName = authority.Name.ToArray() });

    [Fact]
    public void Accepts_a_responder_that_the_issuer_has_delegated_to()
    {
        using var certificate = Delegate(OcspSigning, NoCheck);
        Accepts(Response with { Signer = key, Delegate = certificate });
        Accepts(Response with { Signer = key, Delegate = certificate, ResponderName = certificate.SubjectName.RawData });
    }

    [Fact]
    public void Refuses_a_delegate_without_the_usage()
    {
        using var certificate = Delegate(ClientAuth);
        Refuses(RevocationReason.OcspSignerUnknown, Response with { Signer = key, Delegate = certificate });
    }

    [Fact]
    public void Refuses_a_delegate_of_another_authority()
    {
        using var other = new TestAuthority();
        using var certificate = other.Issue("CN=Responder", [0x09], key, TestAuthority.Now.AddDays(-1), TestAuthority.Now.AddDays(1), OcspSigning, NoCheck);
        Refuses(RevocationReason.OcspSignerUnknown, Response with { Signer = key, Delegate = certificate });
    }

    [Theory]
    [InlineData(-2, -1)]
    [InlineData(1, 2)]
    public void Refuses_a_delegate_out_of_its_time(int from, int to)
    {
        using var certificate = authority.Issue(
            "CN=Responder", [0x09], key, TestAuthority.Now.AddDays(from), TestAuthority.Now.AddDays(to), OcspSigning, NoCheck);
        Refuses(RevocationReason.OcspSignerUnknown, Response with { Signer = key, Delegate = certificate });
    }

    [Fact]
    public void Refuses_a_revoked_delegate_unless_it_is_exempt()
    {
        revoked.Add(TestAuthority.Serial(0x09));
        using var plain = Delegate(OcspSigning);
        using var exempt = Delegate(OcspSigning, NoCheck);

        Refuses(RevocationReason.OcspSignerRevoked, Response with { Signer = key, Delegate = plain });
        Accepts(Response with { Signer = key, Delegate = exempt });
        revoked.Clear();
        Accepts(Response with { Signer = key, Delegate = plain });
    }

    [Fact]
    public void Refuses_a_signature_of_somebody_else()
    {
        using var certificate = Delegate(OcspSigning, NoCheck);
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        Refuses(RevocationReason.OcspSignatureInvalid, Response with { Signer = other, Delegate = certificate });
        Refuses(RevocationReason.OcspSignerUnknown, Response with { Signer = other });
    }

    [Fact]
    public void Refuses_a_weak_signature() =>
        Refuses(RevocationReason.OcspAlgorithmWeak, Response with { Algorithm = TestAuthority.Sha1Ecdsa, Hash = HashAlgorithmName.SHA1 });

    [Fact]
    public void Refuses_an_answer_about_another_certificate() =>
        Refuses(RevocationReason.OcspOtherCertificate, Response with { Serial = TestAuthority.Serial(0x43) });

    [Fact]
    public void Refuses_two_answers_and_none()
    {
        Refuses(RevocationReason.OcspOtherCertificate, Response with { Times = 2 });
        Refuses(RevocationReason.OcspOtherCertificate, Response with { Times = 0 });
    }

    [Fact]
    public void Refuses_an_answer_to_a_question_about_another_issuer_with_the_same_number()
    {
        using var other = new TestAuthority("CN=Other");
        var foreign = new OcspQuestion(other.Authority, question.Serial, question.Nonce);
        Refuses(RevocationReason.OcspOtherCertificate, (Response with { Question = foreign }).ToDer());
    }

    [Fact]
    public void Refuses_another_nonce() =>
        Refuses(RevocationReason.OcspNonceMismatch, Response with { Nonce = RandomNumberGenerator.GetBytes(32) });

    [Fact]
    public void Accepts_a_nonce_without_its_wrapper() => Accepts(Response with { IsNonceWrapped = false });

    [Fact]
    public void Leaves_a_missing_nonce_to_policy()
    {
        Accepts(Response with { Nonce = null });
        Refuses(RevocationReason.OcspNonceMissing, (Response with { Nonce = null }).ToDer(), requireNonce: true);
    }

    [Fact]
    public void Refuses_an_answer_from_the_future() =>
        Refuses(RevocationReason.OcspNotYetValid, Response with { ThisUpdate = TestAuthority.Now.AddMinutes(6) });

    [Fact]
    public void Refuses_an_answer_past_its_next_update() =>
        Refuses(RevocationReason.OcspStale, Response with { NextUpdate = TestAuthority.Now.AddMinutes(-6) });

    [Fact]
    public void Refuses_an_old_answer_that_names_no_next_update()
    {
        Accepts(Response with { NextUpdate = null });
        Refuses(RevocationReason.OcspStale, Response with { NextUpdate = null, ThisUpdate = TestAuthority.Now.AddHours(-2) });
    }

    [Fact]
    public void Refuses_an_unknown_critical_extension_and_accepts_others()
    {
        Refuses(RevocationReason.OcspCriticalExtension, Response with { Extension = ("1.2.3.4", true) });
        Accepts(Response with { Extension = ("1.2.3.4", false) });
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(6)]
    public void Refuses_an_error_status(byte status) => Refuses(RevocationReason.OcspError, Response with { ResponseStatus = status });

    [Fact]
    public void Refuses_every_truncation_and_survives_every_changed_octet()
    {
        using var certificate = Delegate(OcspSigning, NoCheck);
        var der = (Response with { Signer = key, Delegate = certificate, NextUpdate = null }).ToDer();
        for (var at = 0; at < der.Length; at++)
        {
            Refuses(RevocationReason.OcspUnreadable, der[..at]);
            var changed = (byte[])der.Clone();
            changed[at] ^= 0x21;
            var isGood = Reader(false).TryRead(changed, question, TestAuthority.Now, out var answer, out var reason);

            // What is not signed (the responder's certificate is, by its issuer) may change without harm; the answer may not.
            Assert.True(isGood ? answer.Status == OcspStatus.Good : reason.Length > 0 && answer == default);
        }
    }

    [Fact]
    public void Asks_in_the_way_that_the_specification_writes()
    {
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var asked = new OcspQuestion(authority.Authority, TestAuthority.Serial(0x42), default, useSha256: true);

        Assert.NotEqual(question.CertificateId, asked.CertificateId);
        Assert.True(question.ToRequest().AsSpan().IndexOf(question.Nonce.Span) > 0);
        Assert.True(asked.ToRequest().AsSpan().IndexOf(SHA256.HashData(authority.Name)) > 0);
    }

    public void Dispose()
    {
        authority.Dispose();
        key.Dispose();
    }

    private X509Certificate2 Delegate(params X509Extension[] extensions) =>
        authority.Issue("CN=Responder", [0x09], key, TestAuthority.Now.AddDays(-1), TestAuthority.Now.AddDays(1), extensions);

    private OcspResponseReader Reader(bool requireNonce) =>
        new(new OcspRules(new CertificatePolicy(), requireNonce, TimeSpan.FromHours(1), link => revoked.Contains(link.Serial)));

    private OcspAnswer Accepts(TestResponse response)
    {
        Assert.True(Reader(false).TryRead(response.ToDer(), question, TestAuthority.Now, out var answer, out var reason), reason);
        return answer;
    }

    private void Refuses(string expected, TestResponse response) => Refuses(expected, response.ToDer());

    private void Refuses(string expected, byte[] der, bool requireNonce = false)
    {
        Assert.False(Reader(requireNonce).TryRead(der, question, TestAuthority.Now, out var answer, out var reason));
        Assert.Equal(expected, reason);
        Assert.Equal(default, answer);
    }
}
