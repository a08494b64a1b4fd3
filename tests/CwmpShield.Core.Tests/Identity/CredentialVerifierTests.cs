using System.Text;
using CwmpShield.Core.Identity;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace CwmpShield.Core.Tests.Identity;

public sealed class CredentialVerifierTests
{
    private const string Rfc7616 =
        "Digest username=\"Mufasa\", realm=\"http-auth@example.org\", uri=\"/dir/index.html\", algorithm=ALGORITHM, "
        + "nonce=\"7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v\", nc=00000001, cnonce=\"f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ\", "
        + "qop=auth, response=\"RESPONSE\", opaque=\"FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS\"";

    [Theory]
    [InlineData("MD5", "8ca523f5e9506fed4657c9700eebdbec")]
    [InlineData("SHA-256", "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1")]
    public void Accepts_the_examples_of_RFC_7616(string algorithm, string response)
    {
        var header = Rfc7616.Replace("ALGORITHM", algorithm, StringComparison.Ordinal).Replace("RESPONSE", response, StringComparison.Ordinal);
        Assert.True(CredentialVerifier.Verify(Digest(header), Password("Circle of Life"), "GET"));
        Assert.False(CredentialVerifier.Verify(Digest(header), Password("Circle of Life"), "POST"));
        Assert.False(CredentialVerifier.Verify(Digest(header), Password("Circle Of Life"), "GET"));
    }

    [Fact]
    public void Accepts_the_example_of_RFC_2617()
    {
        const string header = "Digest username=\"Mufasa\", realm=\"testrealm@host.com\", nonce=\"dcd98b7102dd2f0e8b11d0f600bfb0c093\", "
            + "uri=\"/dir/index.html\", qop=auth, nc=00000001, cnonce=\"0a4f113b\", response=\"6629fae49393a05397450978507c4ef1\", "
            + "opaque=\"5ccc069c403ebaf9f0171e9517f40e41\"";
        Assert.True(CredentialVerifier.Verify(Digest(header), Password("Circle Of Life"), "GET"));
    }

    [Theory]
    [InlineData("MD5")]
    [InlineData("MD5-sess")]
    [InlineData("SHA-256")]
    [InlineData("SHA-256-sess")]
    public void Accepts_what_a_device_computes_and_nothing_else(string algorithm) =>
        Prop.ForAll<NonNull<string>, NonNull<string>, uint>((user, password, count) =>
        {
            var device = new DigestDevice
            {
                User = Plain(user.Get),
                Password = password.Get,
                Algorithm = algorithm,
                Count = count == 0 ? 1 : count,
            };
            var good = Digest(device.Header);
            return CredentialVerifier.Verify(good, Password(device.Password), "POST")
                && !CredentialVerifier.Verify(good, Password(device.Password + "x"), "POST")
                && !CredentialVerifier.Verify(good, Password(device.Password), "GET")
                && new[]
                {
                    device with { Nonce = "other" },
                    device with { Uri = "/other" },
                    device with { ClientNonce = "other" },
                    device with { Count = device.Count ^ 0x100 },
                    device with { User = device.User + "x" },
                    device with { Realm = "other" },
                }.All(other => !CredentialVerifier.Verify(
                    Digest(other.Header.Replace(other.Response, device.Response, StringComparison.Ordinal)),
                    Password(device.Password),
                    "POST"));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(200));

    [Theory]
    [InlineData("MD5", DigestHash.Md5)]
    [InlineData("MD5-sess", DigestHash.Md5)]
    [InlineData("SHA-256", DigestHash.Sha256)]
    public void Accepts_a_stored_HA1_for_its_realm_and_algorithm(string algorithm, DigestHash hash)
    {
        var device = new DigestDevice { Algorithm = algorithm };
        var ha1 = device.Ha1;
        var other = hash == DigestHash.Md5 ? DigestHash.Sha256 : DigestHash.Md5;
        Assert.True(CredentialVerifier.Verify(Digest(device.Header), new StoredSecret.Ha1(hash, device.Realm, ha1), "POST"));
        Assert.False(CredentialVerifier.Verify(Digest(device.Header), new StoredSecret.Ha1(hash, "other", ha1), "POST"));
        Assert.False(CredentialVerifier.Verify(Digest(device.Header), new StoredSecret.Ha1(other, device.Realm, ha1), "POST"));
        Assert.True(CredentialVerifier.Verify(Basic(device.User, device.Password), new StoredSecret.Ha1(hash, device.Realm, ha1)));
        Assert.False(CredentialVerifier.Verify(Basic(device.User, "wrong"), new StoredSecret.Ha1(hash, device.Realm, ha1)));
    }

    [Fact]
    public void Accepts_a_verifier_for_Basic_alone_and_under_its_own_key()
    {
        var verifier = StoredSecret.Verifier.Of([1, 2, 3], "s3cret"u8);
        Assert.True(CredentialVerifier.Verify(Basic("u", "s3cret"), verifier));
        Assert.False(CredentialVerifier.Verify(Basic("u", "s3creT"), verifier));
        Assert.False(CredentialVerifier.Verify(Basic("u", "s3cret"), new StoredSecret.Verifier([1, 2, 4], verifier.Hash.ToArray())));
        var device = new DigestDevice();
        Assert.False(CredentialVerifier.Verify(Digest(device.Header), verifier, "POST"));
        Assert.Equal("(secret)", verifier.ToString());
    }

    [Theory]
    [InlineData("secret", "secret", true)]
    [InlineData("secret", "Secret", false)]
    [InlineData("secret", "", false)]
    [InlineData("", "", true)]
    public void Compares_Basic_passwords_to_the_byte(string sent, string stored, bool isGood) =>
        Assert.Equal(isGood, CredentialVerifier.Verify(Basic("u", sent), Password(stored)));

    [Theory]
    [InlineData("/", "/", true)]
    [InlineData("/cwmp?x=1", "/cwmp?x=1", true)]
    [InlineData("https://acs.example.net:7547/", "/", true)]
    [InlineData("http://acs.example.net", "/", true)]
    [InlineData("HTTPS://acs.example.net/cwmp?x=1", "/cwmp?x=1", true)]
    [InlineData("/other", "/", false)]
    [InlineData("/cwmp", "/CWMP", false)]
    [InlineData("/cwmp?x=1", "/cwmp", false)]
    [InlineData("//", "/", false)]
    [InlineData("https:///", "/", false)]
    [InlineData("https://", "/", false)]
    [InlineData("ftp://acs.example.net/", "/", false)]
    [InlineData("https://acs.example.net/other", "/", false)]
    [InlineData("*", "/", false)]
    public void Holds_uri_against_the_request_target(string uri, string target, bool isIt) =>
        Assert.Equal(isIt, CredentialVerifier.IsTarget(uri, target));

    [Fact]
    public void Printing_a_secret_shows_nothing() => Assert.Equal("(secret)", Password("hunter2").ToString());

    private static string Plain(string text) =>
        "u" + string.Concat(text.Where(c => !char.IsControl(c) && !char.IsSurrogate(c) && c is not ('"' or '\\' or '\uFFFD')));

    private static StoredSecret.Password Password(string text) => new(Encoding.UTF8.GetBytes(text));

    private static HttpCredential.Digest Digest(string header)
    {
        Assert.True(AuthorizationReader.TryRead(header, out var credential, out var reason), reason);
        return Assert.IsType<HttpCredential.Digest>(credential);
    }

    private static HttpCredential.Basic Basic(string user, string password)
    {
        Assert.True(AuthorizationReader.TryRead(DigestDevice.Basic(user, password), out var credential, out var reason), reason);
        return Assert.IsType<HttpCredential.Basic>(credential);
    }
}
