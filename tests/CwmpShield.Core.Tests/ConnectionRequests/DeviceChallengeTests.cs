using System.Text;
using CwmpShield.Core.ConnectionRequests;
using CwmpShield.Core.Identity;

namespace CwmpShield.Core.Tests.ConnectionRequests;

public sealed class DeviceChallengeTests
{
    private static readonly StoredSecret Secret = new StoredSecret.Password("Circle of Life"u8.ToArray());

    [Theory]
    [InlineData("MD5", "8ca523f5e9506fed4657c9700eebdbec")]
    [InlineData("SHA-256", "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1")]
    public void Answers_as_the_examples_of_RFC_7616(string algorithm, string response)
    {
        var challenge = DeviceChallengeReader.Choose(
            [$"Digest realm=\"http-auth@example.org\", qop=\"auth, auth-int\", algorithm={algorithm}, nonce=\"7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v\", opaque=\"FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS\""],
            allowBasic: false);

        var answer = challenge!.Answer("Mufasa", Secret, "/dir/index.html", "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ");

        Assert.Contains($"response=\"{response}\"", answer, StringComparison.Ordinal);
        Assert.Contains("qop=auth, nc=00000001", answer, StringComparison.Ordinal);
        Assert.Contains($"algorithm={algorithm}", answer, StringComparison.Ordinal);
    }

    [Fact]
    public void Answers_as_the_example_of_RFC_2069_where_there_is_no_qop()
    {
        var challenge = DeviceChallengeReader.Choose(["Digest realm=\"testrealm@host.com\", nonce=\"dcd98b7102dd2f0e8b11d0f600bfb0c093\""], allowBasic: false);

        // The response of RFC 2069 2.4, as its erratum 749 has it.
        Assert.Contains(
            "response=\"1949323746fe6a43ef61f9606e7febea\"",
            challenge!.Answer("Mufasa", new StoredSecret.Password("CircleOfLife"u8.ToArray()), "/dir/index.html", "x"),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Digest realm=\"a\", nonce=\"m\", qop=\"auth\", Digest realm=\"a\", nonce=\"s\", algorithm=SHA-256, qop=\"auth\"", "s")]
    [InlineData("Basic realm=\"x, Digest realm=y\", Digest realm=\"a\", nonce=\"m\"", "m")]
    [InlineData("Negotiate, Digest realm=\"a\",nonce=\"m\"", "m")]
    [InlineData("digest  realm = \"a\" , nonce = m , qop = auth", "m")]
    public void Chooses_the_strongest_of_several(string header, string nonce)
    {
        var challenge = Assert.IsType<DeviceChallenge.Digest>(DeviceChallengeReader.Choose([header], allowBasic: true));

        Assert.Equal(nonce, challenge.Nonce);
    }

    [Fact]
    public void Chooses_among_headers_and_takes_Basic_only_where_it_may()
    {
        Assert.IsType<DeviceChallenge.Digest>(DeviceChallengeReader.Choose(["Basic realm=\"x\"", "Digest realm=\"a\", nonce=\"m\""], allowBasic: true));
        var basic = DeviceChallengeReader.Choose(["Basic realm=\"x\""], allowBasic: true);
        Assert.Equal("Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes("Mufasa:Circle of Life")), basic!.Answer("Mufasa", Secret, "/", "x"));
        Assert.Null(basic.Answer("a:b", Secret, "/", "x"));
        Assert.Null(DeviceChallengeReader.Choose(["Basic realm=\"x\""], allowBasic: false));
    }

    [Theory]
    [InlineData("")]
    [InlineData(",,,")]
    [InlineData("Digest")]
    [InlineData("Digest nonce=\"n\"")]
    [InlineData("Digest realm=\"a\", nonce=\"\"")]
    [InlineData("Digest realm=\"a\", nonce=\"n\", nonce=\"m\"")]
    [InlineData("Digest realm=\"a\", nonce=\"n\", algorithm=SHA-512-256")]
    [InlineData("Digest realm=\"a\", nonce=\"n\", qop=\"auth-int\"")]
    [InlineData("Digest realm=\"a")]
    [InlineData("Digest realm=\"a\r\nX: y\", nonce=\"n\"")]
    public void Chooses_none_that_it_cannot_answer(string header) => Assert.Null(DeviceChallengeReader.Choose([header], allowBasic: true));

    [Fact]
    public void Answers_a_stored_hash_of_the_same_realm_alone()
    {
        var hash = new StoredSecret.Ha1(DigestHash.Md5, "a", new byte[16]);

        Assert.NotNull(DeviceChallengeReader.Choose(["Digest realm=\"a\", nonce=\"n\""], false)!.Answer("u", hash, "/", "x"));
        Assert.Null(DeviceChallengeReader.Choose(["Digest realm=\"b\", nonce=\"n\""], false)!.Answer("u", hash, "/", "x"));
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello", 200, 5)]
    [InlineData("HTTP/1.1 401 \r\nConnection: Keep-Alive\r\ncontent-length:0\r\n\r\n", 401, 0)]
    [InlineData("HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 3\r\n\r\n", 200, 3)]
    [InlineData("HTTP/1.0 200 OK\r\nContent-Length: 3\r\n\r\n", 200, -1)]
    [InlineData("HTTP/1.1 200\r\nConnection: close\r\nContent-Length: 3\r\n\r\n", 200, -1)]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n", 200, -1)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\n", 200, -1)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: -3\r\n\r\n", 200, -1)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n", 200, -1)]
    [InlineData("HTTP/1.1 204 No\n\n", 204, 0)]
    public void Reads_the_head_of_an_answer(string text, int status, int length)
    {
        Assert.Equal(DeviceAnswerState.Complete, DeviceAnswerReader.Read(Encoding.UTF8.GetBytes(text), out var answer));
        Assert.Equal((status, length), (answer!.Status, answer.BodyLength));
    }

    [Fact]
    public void Waits_for_what_is_missing_of_a_head_and_no_longer_than_there_is_hope()
    {
        var whole = Encoding.UTF8.GetBytes("HTTP/1.1 401 No\r\nWWW-Authenticate: Digest realm=\"a\"\r\n\r\n");
        for (var i = 0; i < whole.Length; i++)
        {
            Assert.Equal(DeviceAnswerState.Incomplete, DeviceAnswerReader.Read(whole.AsSpan(0, i), out _));
        }

        Assert.Equal(DeviceAnswerState.Broken, DeviceAnswerReader.Read("SSH-2.0-x"u8, out _));
        Assert.Equal(DeviceAnswerState.Broken, DeviceAnswerReader.Read("HTTP/2.0 200"u8, out _));
        Assert.Equal(DeviceAnswerState.Broken, DeviceAnswerReader.Read(Encoding.UTF8.GetBytes("HTTP/1.1 200 OK\r\n" + string.Concat(Enumerable.Repeat("A: b\r\n", 100))), out _));
    }
}
