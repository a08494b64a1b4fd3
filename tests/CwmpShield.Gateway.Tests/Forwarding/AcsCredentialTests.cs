using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using CwmpShield.Core.Identity;
using CwmpShield.Gateway.Forwarding;

namespace CwmpShield.Gateway.Tests.Forwarding;

public sealed class AcsCredentialTests
{
    private readonly AcsCredential credential = new(new AcsAccount("Mufasa", new StoredSecret.Password("Circle of Life"u8.ToArray())));

    [Theory]
    [InlineData("Digest realm=\"r\", nonce=\"n\", qop=\"auth,auth-int\"", "r n MD5? qop")]
    [InlineData("Digest realm=\"a, b=c\",nonce=\"n\",opaque=\"o\",algorithm=MD5", "a, b=c n MD5")]
    [InlineData("Digest algorithm=SHA-256, nonce=n, realm=r, qop=auth", "r n SHA-256 qop")]
    [InlineData("Basic realm=\"r\"", "basic")]
    [InlineData("Digest realm=\"r\", nonce=\"n\", qop=\"auth-int\"", "none")]
    [InlineData("Digest realm=\"r\", nonce=\"n\", algorithm=SHA-512-256", "none")]
    [InlineData("Digest realm=\"r\"", "none")]
    [InlineData("Digest =,==", "none")]
    [InlineData("Digest realm=\"r, nonce=n", "none")]
    [InlineData("NTLM abc", "none")]
    public void Understands_what_it_can_answer(string offered, string expected) => Assert.Equal(expected, Describe(AcsChallenge.Choose([Parse(offered)])));

    [Fact]
    public void Chooses_the_strongest_of_several() => Assert.Equal(
        "r n2 SHA-256 qop",
        Describe(AcsChallenge.Choose(
        [
            Parse("Basic realm=\"r\""),
            Parse("Digest realm=\"r\", nonce=\"n1\", qop=\"auth\""),
            Parse("Digest realm=\"r\", nonce=\"n2\", qop=\"auth\", algorithm=SHA-256"),
            Parse("Basic realm=\"r\""),
        ])));

    [Fact]
    public void Sends_nothing_before_it_is_asked() => Assert.Null(credential.Header("/"));

    [Theory]
    [InlineData(null)]
    [InlineData("MD5")]
    [InlineData("SHA-256")]
    public void Answers_Digest_as_RFC_7616_says(string? algorithm)
    {
        credential.TryTake(new AcsChallenge(true, "testrealm@host.com", "dcd98b", "5ccc", algorithm, HasQop: true));

        var parameters = Parameters(credential.Header("/dir?a=b")!);

        var ha1 = Hash(algorithm, "Mufasa:testrealm@host.com:Circle of Life");
        var ha2 = Hash(algorithm, "POST:/dir?a=b");
        Assert.Equal(Hash(algorithm, $"{ha1}:dcd98b:00000001:{parameters["cnonce"]}:auth:{ha2}"), parameters["response"]);
        Assert.Equal(("/dir?a=b", "5ccc", "00000001", algorithm), (parameters["uri"], parameters["opaque"], parameters["nc"], parameters.GetValueOrDefault("algorithm")));
        Assert.Equal("00000002", Parameters(credential.Header("/")!)["nc"]);
    }

    [Fact]
    public void Answers_Digest_of_RFC_2069_where_no_quality_is_offered()
    {
        credential.TryTake(new AcsChallenge(true, "r", "n"));

        var parameters = Parameters(credential.Header("/")!);

        Assert.Equal(Hash(null, $"{Hash(null, "Mufasa:r:Circle of Life")}:n:{Hash(null, "POST:/")}"), parameters["response"]);
        Assert.DoesNotContain("qop", parameters.Keys);
    }

    [Fact]
    public void Forgets_a_nonce_with_its_connection_and_keeps_Basic()
    {
        credential.TryTake(new AcsChallenge(true, "r", "n", HasQop: true));
        credential.Reset();
        Assert.Null(credential.Header("/"));

        credential.TryTake(new AcsChallenge(IsDigest: false));
        credential.Reset();
        Assert.Equal("Basic " + Convert.ToBase64String("Mufasa:Circle of Life"u8), credential.Header("/"));
    }

    [Fact]
    public void Prints_no_password() => Assert.DoesNotContain("Life", new AcsAccount("Mufasa", new StoredSecret.Password("Circle of Life"u8.ToArray())).ToString(), StringComparison.Ordinal);

    private static AuthenticationHeaderValue Parse(string text) => new(text.Split(' ', 2)[0], text.Split(' ', 2)[1]);

    private static string Describe(AcsChallenge? challenge) => challenge switch
    {
        null => "none",
        { IsDigest: false } => "basic",
        _ => $"{challenge.Realm} {challenge.Nonce} {challenge.Algorithm ?? "MD5?"}{(challenge.HasQop ? " qop" : "")}",
    };

    private static Dictionary<string, string> Parameters(string header) => header["Digest ".Length..].Split(", ")
        .Select(pair => pair.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1].Trim('"'), StringComparer.Ordinal);

#pragma warning disable CA5351 // The algorithm that is tested.
    private static string Hash(string? algorithm, string text) => Convert.ToHexStringLower(
        algorithm == "SHA-256" ? SHA256.HashData(Encoding.UTF8.GetBytes(text)) : MD5.HashData(Encoding.UTF8.GetBytes(text)));
#pragma warning restore CA5351
}
