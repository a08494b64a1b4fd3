using System.Text;
using CwmpShield.Core.Cwmp;
using CwmpShield.Core.Decisions;
using CwmpShield.Core.Rules;

namespace CwmpShield.Core.Tests.Rules;

public sealed class Tr064TextTests
{
    private const string Call = "<u:SetNTPServers xmlns:u=\"urn:dslforum-org:service:Time:1\"><NewNTPServer1>`x`</NewNTPServer1></u:SetNTPServers>";

    public static TheoryData<string> Disguises =>
    [
        Call,
        Call.ToUpperInvariant(),
        Uri.EscapeDataString(Call),
        Uri.EscapeDataString(Uri.EscapeDataString(Call)),
        Convert.ToBase64String(Encoding.UTF8.GetBytes(Call)),
        Convert.ToBase64String(Encoding.Unicode.GetBytes(Call), Base64FormattingOptions.InsertLineBreaks),
        Convert.ToHexString(Encoding.UTF8.GetBytes(Call)),
        "urn:telekom-de:device:TO_InternetGatewayDevice:2#SetNTPServers",
        "look at urn:avm.de:service:X_AVM-DE_OnTel:1 please",
        "&lt;u:GetUserName/&gt;",
        "http://192.168.1.1:49000/igdconfig",
        "POST /UD/act?1",
        "/upnp/control/WANIPConn1",
    ];

    [Theory]
    [MemberData(nameof(Disguises))]
    public void Finds_a_call_in_whatever_it_is_dressed(string text) => Assert.True(Tr064Text.Names(text));

    [Theory]
    [InlineData("")]
    [InlineData("https://acs.example.net:7547/cwmp")]
    [InlineData("urn:dslforum-org:cwmp-1-2")]
    [InlineData("urn:broadband-forum-org:tr-181-2-15-0")]
    [InlineData("MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA0123456789abcdef")]
    [InlineData("00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff")]
    [InlineData("device:service: reboot")]
    [InlineData("The service: is down")]
    public void Leaves_ordinary_values_alone(string text) => Assert.False(Tr064Text.Names(text));

    [Theory]
    [InlineData("<a xmlns=\"urn:dslforum-org:service:Time:1\"><SetNTPServers>")]
    [InlineData("<SetNTPServers><NewNTPServer1>")]
    [InlineData("POST /UD/act?1 HTTP/1.1")]
    public void Names_the_family_where_a_body_cannot_be_read(string body)
    {
        var padded = new string(' ', 5000) + body;

        foreach (var bytes in new[] { Encoding.UTF8.GetBytes(body), Encoding.UTF8.GetBytes(padded), Encoding.Unicode.GetBytes(padded) })
        {
            var inspection = Inspector.Inspect(Lab.Rule("Kicked", "{ }"), new RawMessage(Direction.CpeToAcs, bytes, "text/xml", null, "/"), Lab.Context());

            Assert.False(inspection.Decision.Forwards);
            Assert.Contains(Tr064Reason.Content, inspection.Decision.Reasons);
        }
    }

    [Fact]
    public void Names_no_family_where_a_body_is_only_broken()
    {
        var inspection = Inspector.Inspect(Lab.Rule("Kicked", "{ }"), new RawMessage(Direction.CpeToAcs, "<a>"u8.ToArray(), "text/xml", null, "/"), Lab.Context());

        Assert.DoesNotContain(Tr064Reason.Content, inspection.Decision.Reasons);
    }
}
