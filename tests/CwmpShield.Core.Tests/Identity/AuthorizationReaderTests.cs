using System.Text;
using CwmpShield.Core.Identity;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace CwmpShield.Core.Tests.Identity;

public sealed class AuthorizationReaderTests
{
    private const string Good =
        "Digest username=\"u\", realm=\"r\", nonce=\"n\", uri=\"/\", qop=auth, nc=00000001, cnonce=\"c\", response=\"00112233445566778899aabbccddeeff\"";

    [Fact]
    public void Accepts_the_header_that_a_common_device_sends()
    {
        const string captured = "Digest username=\"acs\", realm=\"GenieACS\", nonce=\"64d30fa881e17e569f4365309f6c1a9a\", uri=\"/\", "
            + "cnonce=\"ODk2YmVkZjgzZWNhZDI0Y2U4ZTAzOTU4NmQ3YmUzZjQ=\", nc=00000001, qop=auth, response=\"7e8cbe798ce55424cfeb02a0f738b80b\"";
        var digest = Assert.IsType<HttpCredential.Digest>(Read(captured));
        Assert.Equal("acs", digest.User);
        Assert.Equal("GenieACS", digest.Realm);
        Assert.Equal(DigestHash.Md5, digest.Hash);
        Assert.False(digest.IsSession);
        Assert.Equal(1u, digest.Count);
    }

    [Theory]
    [InlineData("qop=auth", "qop=\"auth\"")]
    [InlineData("nc=00000001", "nc=\"00000001\"")]
    [InlineData("Digest ", "DIGEST   ")]
    [InlineData(", ", ",")]
    [InlineData(", ", " ,, \t")]
    [InlineData("realm=\"r\"", "realm = \"r\"")]
    [InlineData("nonce=\"n\"", "NONCE=\"n\"")]
    [InlineData("realm=\"r\"", "realm=\"r\", algorithm=\"md5\"")]
    [InlineData("realm=\"r\"", "realm=\"r\", opaque=\"\", userhash=false, x-vendor=1")]
    public void Accepts_spellings_that_differ_without_meaning(string found, string instead) =>
        Assert.Equal("u", Assert.IsType<HttpCredential.Digest>(Read(Good.Replace(found, instead, StringComparison.Ordinal))).User);

    [Theory]
    [InlineData("MD5", DigestHash.Md5, false)]
    [InlineData("MD5-sess", DigestHash.Md5, true)]
    public void Accepts_the_forms_of_MD5(string algorithm, DigestHash hash, bool isSession)
    {
        var digest = Assert.IsType<HttpCredential.Digest>(Read($"{Good}, algorithm={algorithm}"));
        Assert.Equal((hash, isSession), (digest.Hash, digest.IsSession));
    }

    [Theory]
    [InlineData("SHA-256", false)]
    [InlineData("SHA-256-sess", true)]
    public void Accepts_the_forms_of_SHA_256(string algorithm, bool isSession)
    {
        var digest = Assert.IsType<HttpCredential.Digest>(Read(new DigestDevice { Algorithm = algorithm }.Header));
        Assert.Equal((DigestHash.Sha256, isSession), (digest.Hash, digest.IsSession));
        Assert.Equal(32, digest.Response.Length);
    }

    [Fact]
    public void Unquotes_escaped_characters() =>
        Assert.Equal("a\"b\\c", Assert.IsType<HttpCredential.Digest>(Read(Good.Replace("\"u\"", "\"a\\\"b\\\\c\"", StringComparison.Ordinal))).User);

    [Theory]
    [InlineData("username=\"u\"", "")]
    [InlineData("username=\"u\"", "username=\"\"")]
    [InlineData("realm=\"r\", ", "")]
    [InlineData("nonce=\"n\", ", "")]
    [InlineData("nonce=\"n\"", "nonce=\"\"")]
    [InlineData("uri=\"/\", ", "")]
    [InlineData("cnonce=\"c\", ", "")]
    [InlineData("nc=00000001, ", "")]
    [InlineData("nc=00000001", "nc=00000000")]
    [InlineData("nc=00000001", "nc=1")]
    [InlineData("nc=00000001", "nc=0x000001")]
    [InlineData("nc=00000001", "nc=\" 0000001\"")]
    [InlineData("aabbccddeeff\"", "aabbccddeef\"")]
    [InlineData("aabbccddeeff\"", "aabbccddeexx\"")]
    [InlineData("aabbccddeeff\"", "aabbccddeeff")]
    [InlineData("realm=\"r\"", "realm=\"r\", realm=\"r\"")]
    [InlineData("realm=\"r\"", "realm=\"r\", Realm=\"s\"")]
    [InlineData("realm=\"r\"", "realm=\"r\", x=1, X=2")]
    [InlineData("realm=\"r\"", "realm=\"r\" junk")]
    [InlineData("realm=\"r\"", "realm=\"r\"\"s\"")]
    [InlineData("realm=\"r\"", "realm=")]
    [InlineData("realm=\"r\"", "=\"r\"")]
    [InlineData("realm=\"r\"", "realm=\"\0\"")]
    [InlineData("realm=\"r\"", "realm=\"r\r\nx: y\"")]
    [InlineData("username=\"u\"", "username=\"\uFFFD\"")]
    [InlineData("username=\"u\"", "username*=UTF-8''u")]
    [InlineData("username=\"u\"", "username=\"u\", username*=UTF-8''v")]
    [InlineData("username=\"u\"", "username=\"u\", userhash=true")]
    public void Refuses_a_malformed_Digest(string found, string instead) =>
        Assert.Equal(IdentityReason.CredentialMalformed, Refusal(Good.Replace(found, instead, StringComparison.Ordinal)));

    [Theory]
    [InlineData("qop=auth, ", "")]
    [InlineData("qop=auth", "qop=auth-int")]
    [InlineData("qop=auth", "qop=\"auth,auth-int\"")]
    public void Refuses_every_protection_but_auth(string found, string instead) =>
        Assert.Equal(IdentityReason.CredentialMalformed, Refusal(Good.Replace(found, instead, StringComparison.Ordinal)));

    [Theory]
    [InlineData("Digest username=\"u\", algorithm=SHA-512-256")]
    [InlineData("Digest username=\"u\", algorithm=MD4")]
    [InlineData("Digest username=\"u\", algorithm=-sess")]
    [InlineData("Bearer abcdef")]
    [InlineData("NTLM TlRMTVNTUAAB")]
    public void Refuses_unknown_schemes_and_algorithms(string header) =>
        Assert.Equal(IdentityReason.CredentialSchemeRefused, Refusal(header));

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("Digest")]
    [InlineData("Basic")]
    [InlineData("Digest ")]
    [InlineData("Digest \"")]
    [InlineData("Digest a=\"\\")]
    public void Refuses_fragments(string header) => Assert.Equal(IdentityReason.CredentialMalformed, Refusal(header));

    [Fact]
    public void Refuses_more_parameters_than_any_device_sends() =>
        Assert.Equal(
            IdentityReason.CredentialMalformed,
            Refusal(Good + string.Concat(Enumerable.Range(0, 20).Select(i => $", p{i}=1"))));

    [Fact]
    public void Refuses_what_is_too_long()
    {
        Assert.Equal(IdentityReason.CredentialMalformed, Refusal($"{Good}, opaque=\"{new string('a', 2049)}\""));
        Assert.Equal(IdentityReason.CredentialMalformed, Refusal("Basic " + new string('A', AuthorizationReader.MaxLength)));
    }

    [Theory]
    [InlineData("user", "pass")]
    [InlineData("user", "")]
    [InlineData("user", "a:b:c")]
    [InlineData("8KA8WA1151100043", "")]
    [InlineData("müller", "pässwörd")]
    public void Accepts_Basic_and_splits_it_at_the_first_colon(string user, string password)
    {
        var basic = Assert.IsType<HttpCredential.Basic>(Read(DigestDevice.Basic(user, password)));
        Assert.Equal(user, basic.User);
        Assert.Equal(password, Encoding.UTF8.GetString(basic.Password.Span));
    }

    [Theory]
    [InlineData("")]
    [InlineData("!!!!")]
    [InlineData("dXNlcg==")]
    [InlineData("OnBhc3M=")]
    [InlineData("dXNlcjpwYXNz dXNlcg==")]
    [InlineData("dXNl\tcjpwYXNz")]
    [InlineData("dXNlcjpwYXN")]
    [InlineData("dXNlcjpwYQ==, x=1")]
    public void Refuses_a_malformed_Basic(string token) => Assert.Equal(IdentityReason.CredentialMalformed, Refusal("Basic " + token));

    [Fact]
    public void Refuses_Basic_that_is_no_UTF_8_or_has_controls()
    {
        Assert.Equal(IdentityReason.CredentialMalformed, Refusal("Basic " + Convert.ToBase64String([0xFC, (byte)':', (byte)'p'])));
        Assert.Equal(IdentityReason.CredentialMalformed, Refusal("Basic " + Convert.ToBase64String([(byte)'u', (byte)':', 0xFF])));
        Assert.Equal(IdentityReason.CredentialMalformed, Refusal(DigestDevice.Basic("u\0x", "p")));
        Assert.Equal(IdentityReason.CredentialMalformed, Refusal(DigestDevice.Basic("u", "p\r\n")));
    }

    [Fact]
    public void Never_throws_and_never_answers_halfway() => Prop.ForAll<string>(text =>
    {
        foreach (var header in new[] { text ?? "", "Digest " + text, "Basic " + text, Good + text })
        {
            var isRead = AuthorizationReader.TryRead(header, out var credential, out var reason);
            Assert.Equal(isRead, credential is not null);
            Assert.NotNull(reason);
        }
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    [Fact]
    public void Printing_a_credential_shows_nothing() => Assert.Equal("(credential)", Read(DigestDevice.Basic("u", "hunter2")).ToString());

    private static HttpCredential Read(string header)
    {
        Assert.True(AuthorizationReader.TryRead(header, out var credential, out var reason), reason);
        return credential!;
    }

    private static string Refusal(string header)
    {
        Assert.False(AuthorizationReader.TryRead(header, out _, out var reason));
        return reason;
    }
}
