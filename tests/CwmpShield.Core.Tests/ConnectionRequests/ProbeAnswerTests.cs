using System.Text;
using CwmpShield.Core.ConnectionRequests.Exposure;
using CwmpShield.Core.Cwmp;
using CwmpShield.Core.Tests.Udp;

namespace CwmpShield.Core.Tests.ConnectionRequests;

public sealed class ProbeAnswerTests
{
    private static readonly DeviceId Device = new("00D09E", "HGW-Class", "SN123456");

    [Theory]
    [InlineData("Basic realm=\"x\"", LoginSchemes.Basic)]
    [InlineData("Digest realm=\"x\", nonce=\"a,b\", qop=\"auth\"", LoginSchemes.DigestMd5)]
    [InlineData("digest realm=\"a, Basic b\",algorithm=MD5-sess,nonce=\"1\"", LoginSchemes.DigestMd5)]
    [InlineData("Digest algorithm=SHA-256, realm=\"x\"", LoginSchemes.DigestSha256)]
    [InlineData("Digest algorithm=\"SHA-512-256\", realm=\"x\"", LoginSchemes.Other)]
    [InlineData("Basic realm=\"x\", Digest realm=\"y\", nonce=\"z\"", LoginSchemes.Basic | LoginSchemes.DigestMd5)]
    [InlineData("Negotiate", LoginSchemes.Other)]
    [InlineData("", LoginSchemes.None)]
    [InlineData(",,=,\"", LoginSchemes.None)]
    public void Reads_the_schemes_that_a_device_offers(string header, LoginSchemes schemes) =>
        Assert.Equal(schemes, Read($"HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: {header}\r\n\r\n")!.Schemes);

    [Fact]
    public void Adds_up_several_headers()
    {
        var answer = Read("HTTP/1.0 401 No\nserver: RomPager/4.07 UPnP/1.0 \u001b[31m<b>\nwww-authenticate: Basic realm=one\nWWW-Authenticate: Digest realm=\"two\"\n\n");

        Assert.Equal(LoginSchemes.Basic | LoginSchemes.DigestMd5, answer!.Schemes);
        Assert.Equal(("one", "RomPager/4.07 UPnP/1.0 ??31m?b?"), (answer.Realm, answer.Server));
    }

    [Theory]
    [InlineData("<deviceType>urn:dslforum-org:device:InternetGatewayDevice:1</deviceType>", ExposedServices.Tr064)]
    [InlineData("<deviceType>urn:schemas-upnp-org:device:InternetGatewayDevice:1</deviceType>", ExposedServices.Upnp)]
    [InlineData("<x>http://purenetworks.com/HNAP1/</x>", ExposedServices.Hnap)]
    [InlineData("<html>log in</html>", ExposedServices.None)]
    public void Knows_a_description_by_what_it_says(string body, ExposedServices services) =>
        Assert.Equal(services, Read($"HTTP/1.1 200 OK\r\n\r\n{body}")!.Services);

    [Fact]
    public void Takes_an_error_page_for_no_description() =>
        Assert.Equal(ExposedServices.None, Read("HTTP/1.1 404 No\r\n\r\nurn:dslforum-org:device")!.Services);

    [Theory]
    [InlineData("")]
    [InlineData("HTTP/1.1 200 OK\r\nServer: x\r\n")]
    [InlineData("HTTP/2.0 200 OK\r\n\r\n")]
    [InlineData("HTTP/1.1 999 OK\r\n\r\n")]
    [InlineData("SSH-2.0-dropbear\r\n\r\n")]
    public void Reads_no_answer_where_there_is_none(string text) => Assert.Null(Read(text));

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc", true)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nabc", false)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\nabc", false)]
    [InlineData("HTTP/1.1 200 OK\r\n\r\nabc", false)]
    [InlineData("HTTP/1.1 200 OK\r\n", false)]
    public void Knows_when_a_device_has_said_all(string text, bool isWhole) => Assert.Equal(isWhole, ProbeAnswerReader.IsWhole(Encoding.Latin1.GetBytes(text)));

    [Fact]
    public void Reads_no_more_than_16_kilobytes()
    {
        var bytes = Encoding.Latin1.GetBytes("HTTP/1.1 200 OK\r\n\r\n" + new string('x', ProbeAnswerReader.MaxBytes) + "urn:dslforum-org:device");

        Assert.True(ProbeAnswerReader.IsWhole(bytes));
        Assert.Equal(ExposedServices.None, ProbeAnswerReader.Read(bytes)!.Services);
    }

    [Fact]
    public void Never_throws_for_mutated_answers()
    {
        var seed = Encoding.Latin1.GetBytes("HTTP/1.1 401 No\r\nServer: x\r\nWWW-Authenticate: Digest realm=\"a,b\", algorithm=MD5, Basic realm=\"c\"\r\n\r\n");
        var bytes = new Bytes(49_000);
        var read = 0;
        for (var round = 0; round < 20_000; round++)
        {
            var answer = bytes.Mutate(seed, 400);
            read += ProbeAnswerReader.Read(answer) is { Status: > 0 } ? 1 : 0;
            ProbeAnswerReader.IsWhole(answer);
        }

        Assert.True(read > 100, $"only {read} could be read");
    }

    [Theory]
    [InlineData(null, RealmClass.None)]
    [InlineData("  ", RealmClass.Empty)]
    [InlineData("cpe-sn123456", RealmClass.Serial)]
    [InlineData("ACME HGW-class", RealmClass.Model)]
    [InlineData("Model-7 router", RealmClass.Model)]
    [InlineData("IGD", RealmClass.Other)]
    public void Says_what_a_realm_gives_away(string? realm, RealmClass expected) => Assert.Equal(expected, ExposureFinding.Classify(realm, Device, "Model-7"));

    [Fact]
    public void Cleans_what_operators_see()
    {
        Assert.Equal("a?b", ServerBanner.Clean("  a\u202Eb "));
        Assert.Equal(64, ServerBanner.Clean(new string('x', 100_000)).Length);
        var cut = ServerBanner.Clean(new string('x', 60) + "    " + "y");
        Assert.Equal(cut, ServerBanner.Clean(cut));
    }

    private static ProbeAnswer? Read(string text) => ProbeAnswerReader.Read(Encoding.Latin1.GetBytes(text));
}
