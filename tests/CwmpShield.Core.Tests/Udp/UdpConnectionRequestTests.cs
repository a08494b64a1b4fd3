using System.Text;
using CwmpShield.Core.Udp;

namespace CwmpShield.Core.Tests.Udp;

public sealed class UdpConnectionRequestTests
{
    private const string Digits = "3545F7B5820D76A3DF45A3A509DA8D8C38F13512";
    private const string Query = $"?ts=1120673700&id=1234&un=CPE57689&cn=XTGRWIPC6D3IPXS3&sig={Digits}";

    /// <summary>The example of TR-069 Annex G, and how ACSs in the field write theirs.</summary>
    [Theory]
    [InlineData($"GET http://10.1.1.1:8080{Query} HTTP/1.1\r\n\r\n")]
    [InlineData($"GET http://10.1.1.1:8080{Query} HTTP/1.1\r\nHost: 10.1.1.1:8080\r\n\r\n")]
    [InlineData($"GET http://10.1.1.1:8080/{Query} HTTP/1.1\r\n\r\n")]
    [InlineData($"GET http://10.1.1.1:8080{Query} HTTP/1.1\r\n")]
    [InlineData($"GET {Query} HTTP/1.1\r\nHost: 192.168.1.3:23490\r\nContent-Length: 0\r\n\r\n")]
    [InlineData($"GET /{Query} HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n")]
    public void Reads_what_acss_send(string text)
    {
        Assert.True(UdpConnectionRequestReader.TryRead(Encoding.ASCII.GetBytes(text), out var request, out var reason), reason);

        Assert.Equal((1120673700, "1234", "CPE57689", "XTGRWIPC6D3IPXS3"), (request!.Timestamp, request.Id, request.User, request.Nonce));
        Assert.Equal(Digits, Convert.ToHexString(request.Signature.Span));
        Assert.Equal(new UdpRequestStyle(true, text.Contains("/?", StringComparison.Ordinal)), request.Style);
    }

    [Fact]
    public void Reads_lower_case_digits_and_any_order()
    {
        var text = $"GET http://h:1?sig={Digits.ToLowerInvariant()}&cn=-77&un=a%20b=c&id=0&ts=1721650000123 HTTP/1.1\r\n\r\n";

        Assert.True(UdpConnectionRequestReader.TryRead(Encoding.ASCII.GetBytes(text), out var request, out _));

        Assert.Equal(("a%20b=c", false, 1721650000123), (request!.User, request.Style.UpperCase, request.Time));
    }

    [Theory]
    [InlineData("")]
    [InlineData("GET")]
    [InlineData("GET  HTTP/1.1\r\n")]
    [InlineData($"POST http://h:1{Query} HTTP/1.1\r\n\r\n")]
    [InlineData($"get http://h:1{Query} HTTP/1.1\r\n\r\n")]
    [InlineData($"GET http://h:1{Query} HTTP/1.0\r\n\r\n")]
    [InlineData($"GET http://h:1{Query} HTTP/1.1\n\n")]
    [InlineData($"GET http://h:1{Query} HTTP/1.1")]
    [InlineData($"GET https://h:1{Query} HTTP/1.1\r\n\r\n")]
    [InlineData($"GET http://u@h:1{Query} HTTP/1.1\r\n\r\n")]
    [InlineData($"GET http://{Query} HTTP/1.1\r\n\r\n")]
    [InlineData($"GET http://h:1/other{Query} HTTP/1.1\r\n\r\n")]
    [InlineData($"GET http://h:1{Query}#x HTTP/1.1\r\n\r\n")]
    [InlineData($"GET http://h:1{Query}&x=1 HTTP/1.1\r\n\r\n")]
    [InlineData($"GET http://h:1{Query}& HTTP/1.1\r\n\r\n")]
    [InlineData($"GET http://h:1{Query}&ts=1120673701 HTTP/1.1\r\n\r\n")]
    [InlineData($"GET http://h:1{Query} HTTP/1.1\r\n\r\nbody")]
    [InlineData($"GET http://h:1{Query} HTTP/1.1\r\nno header\r\n\r\n")]
    [InlineData($"GET http://h:1{Query} HTTP/1.1\r\nA: b")]
    [InlineData($"GET http://h:1{Query} HTTP/1.1\r\nA: \u0001\r\n\r\n")]
    [InlineData($"GET http://h:1{Query} HTTP/1.1\r\nA:1\r\nA:1\r\nA:1\r\nA:1\r\nA:1\r\nA:1\r\nA:1\r\nA:1\r\nA:1\r\n\r\n")]
    [InlineData($"GET http://h:1{Query} x HTTP/1.1\r\n\r\n")]
    [InlineData($"GET http://h:1?ts=01&id=1&un=u&cn=c&sig={Digits} HTTP/1.1\r\n\r\n")]
    [InlineData($"GET http://h:1?ts=-1&id=1&un=u&cn=c&sig={Digits} HTTP/1.1\r\n\r\n")]
    [InlineData($"GET http://h:1?ts=99999999999999999999&id=1&un=u&cn=c&sig={Digits} HTTP/1.1\r\n\r\n")]
    [InlineData($"GET http://h:1?ts=1&id=x&un=u&cn=c&sig={Digits} HTTP/1.1\r\n\r\n")]
    [InlineData($"GET http://h:1?ts=1&id=&un=u&cn=c&sig={Digits} HTTP/1.1\r\n\r\n")]
    [InlineData($"GET http://h:1?ts=1&id=1&un=&cn=c&sig={Digits} HTTP/1.1\r\n\r\n")]
    [InlineData($"GET http://h:1?ts=1&id=1&un=u\"&cn=c&sig={Digits} HTTP/1.1\r\n\r\n")]
    [InlineData($"GET http://h:1?ts=1&id=1&un=u&cn=c/d&sig={Digits} HTTP/1.1\r\n\r\n")]
    [InlineData($"GET http://h:1?ts=1&id=1&un=u&cn=c&sig={Digits}00 HTTP/1.1\r\n\r\n")]
    [InlineData("GET http://h:1?ts=1&id=1&un=u&cn=c&sig=zz45F7B5820D76A3DF45A3A509DA8D8C38F13512 HTTP/1.1\r\n\r\n")]
    [InlineData("GET http://h:1?ts=1&id=1&un=u&cn=c HTTP/1.1\r\n\r\n")]
    public void Refuses_everything_else(string text)
    {
        Assert.False(UdpConnectionRequestReader.TryRead(Encoding.Latin1.GetBytes(text), out var request, out var reason));

        Assert.Equal((null, UdpRequestReason.Malformed), (request, reason));
    }

    [Fact]
    public void Refuses_bytes_beyond_ascii() =>
        Assert.False(UdpConnectionRequestReader.TryRead(Encoding.Latin1.GetBytes($"GET http://h:1{Query.Replace("CPE", "CPÉ", StringComparison.Ordinal)} HTTP/1.1\r\n\r\n"), out _, out _));

    [Fact]
    public void Refuses_more_than_a_kilobyte()
    {
        Assert.False(UdpConnectionRequestReader.TryRead(new byte[UdpConnectionRequestReader.MaxBytes + 1], out _, out var reason));

        Assert.Equal(UdpRequestReason.TooLarge, reason);
    }

    [Fact]
    public void Signs_what_stands_in_the_request_without_anything_between()
    {
        // openssl: printf 1120673700123CPE57689XTGRWIPC6D3IPXS3 | openssl dgst -sha1 -hmac password
        var signature = UdpSignature.Compute(1120673700, "123", "CPE57689", "XTGRWIPC6D3IPXS3", "password"u8);

        Assert.Equal(OpenSslSignature, Convert.ToHexStringLower(signature));
    }

    [Theory]
    [InlineData(true, false, "?ts=")]
    [InlineData(false, true, "/?ts=")]
    public void Writes_what_it_reads(bool upper, bool slash, string query)
    {
        var stamp = new UdpRequestStamp(1721650000, "4294967295", "abc123");

        Assert.True(UdpConnectionRequestWriter.TryWrite("10.1.1.1:8080", stamp, "001122-HGW-S1", "secret"u8, new(upper, slash), out var datagram));

        Assert.Contains($"GET http://10.1.1.1:8080{query}", Encoding.ASCII.GetString(datagram), StringComparison.Ordinal);
        Assert.True(UdpConnectionRequestReader.TryRead(datagram, out var request, out _));
        Assert.True(UdpSignature.Verify(request!, "secret"u8));
        Assert.False(UdpSignature.Verify(request!, "Secret"u8));
        Assert.Equal(new UdpRequestStyle(upper, slash), request!.Style);
    }

    [Theory]
    [InlineData("a&b", "10.1.1.1:1")]
    [InlineData("a b", "10.1.1.1:1")]
    [InlineData("", "10.1.1.1:1")]
    [InlineData("a\r\nHost: x", "10.1.1.1:1")]
    [InlineData("é", "10.1.1.1:1")]
    [InlineData("a", "10.1.1.1:1/x")]
    [InlineData("a", "")]
    public void Does_not_write_what_would_read_differently(string user, string authority) =>
        Assert.False(UdpConnectionRequestWriter.TryWrite(authority, new(1, "1", "a"), user, "secret"u8, UdpRequestStyle.AnnexG, out _));

    [Fact]
    public void Nothing_is_signed_with_an_empty_secret()
    {
        var stamp = new UdpRequestStamp(1, "1", "a");
        Assert.False(UdpConnectionRequestWriter.TryWrite("h:1", stamp, "u", default, UdpRequestStyle.AnnexG, out _));

        var forged = new UdpConnectionRequest("h:1", 1, "1", "u", "a", UdpSignature.Compute(1, "1", "u", "a", default), UdpRequestStyle.AnnexG);
        Assert.False(UdpSignature.Verify(forged, default));
    }

    [Fact]
    public void Never_throws_for_mutated_requests()
    {
        UdpConnectionRequestWriter.TryWrite("10.1.1.1:8080", new(1721650000, "1", "abc123"), "cpe", "secret"u8, UdpRequestStyle.AnnexG, out var seed);
        var bytes = new Bytes(7547);
        var read = 0;
        for (var round = 0; round < 30_000; round++)
        {
            var isRead = UdpConnectionRequestReader.TryRead(bytes.Mutate(seed, 1100), out var request, out var reason);
            Assert.Equal(isRead, reason.Length == 0);
            read += isRead && !UdpSignature.Verify(request!, "secret"u8) ? 1 : 0;
        }

        Assert.True(read > 0, "no mutation could be read: they say nothing");
    }

    private const string OpenSslSignature = "098f5a7cec541c8016cf1750343601152ad3233c";
}
