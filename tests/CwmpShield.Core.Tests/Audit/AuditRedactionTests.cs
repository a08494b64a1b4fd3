using CwmpShield.Core.Audit;

namespace CwmpShield.Core.Tests.Audit;

public sealed class AuditRedactionTests
{
    private readonly AuditRedaction redaction = new(new byte[32]);

    [Theory]
    [InlineData("Device.WiFi.AccessPoint.1.Security.KeyPassphrase", "open sesame")]
    [InlineData("Device.PPP.Interface.1.Username", "anna@isp.example")]
    [InlineData("Device.PPP.Interface.1.Password", "12345")]
    [InlineData("InternetGatewayDevice.X_ABC_Blob", "c2VjcmV0IGJ5dGVz")]
    [InlineData("Device.ManagementServer.ConnectionRequestPassword", "true")]
    [InlineData("Device.Services.VoiceService.1.VoiceProfile.1.Line.1.SIP.URI", "sip:anna@example.net")]
    [InlineData("Device.Cellular.Interface.1.USIM.PIN", "1234")]
    public void Hides_secrets_and_what_may_be_one(string name, string value)
    {
        var kept = redaction.Of(name, value);

        Assert.Null(kept.Value);
        Assert.Equal(redaction.Mac(value), kept.Mac);
        Assert.DoesNotContain(value, kept.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Device.DNS.Client.Server.1.DNSServer", "203.0.113.66")]
    [InlineData("InternetGatewayDevice.X_ABC_Dns", "203.0.113.66, 2001:db8::1")]
    [InlineData("Device.Time.NTPServer1", "time.example.net")]
    [InlineData("Device.WiFi.SSID.1.Enable", "true")]
    public void Shows_what_an_attack_is_told_by(string name, string value) => Assert.Equal(value, redaction.Of(name, value).Value);

    [Theory]
    [InlineData("https://user:pw@files.example/a/b.bin?token=1#x", "https://files.example/a/b.bin")]
    [InlineData("ftp://files.example", "ftp://files.example")]
    [InlineData("http://a@b@files.example/x", "http://files.example/x")]
    [InlineData("user:pw@files.example", "")]
    [InlineData("user:pw@files.example/a://b", "")]
    [InlineData("ftp://user:p/w@files.example/x", "ftp://")]
    [InlineData("ftp://user:p?w@files.example/x", "ftp://")]
    [InlineData("ftp://user:p#w@files.example/x", "ftp://")]
    [InlineData("http://user:p\\w@files.example/x", "http://")]
    [InlineData("https://[2001:db8::1]:8443/x", "https://[2001:db8::1]:8443/x")]
    [InlineData("https://files.example:8443/x@2", "https://files.example:8443/x@2")]
    [InlineData("", "")]
    public void Keeps_nothing_secret_of_a_url(string url, string kept) => Assert.Equal(kept, AuditRedaction.Url(url));

    [Fact]
    public void Hashes_under_its_key()
    {
        var other = new AuditRedaction([.. Enumerable.Repeat((byte)1, 32)]);

        Assert.Equal(redaction.Mac("a"), redaction.Mac("a"));
        Assert.NotEqual(redaction.Mac("a"), redaction.Mac("b"));
        Assert.NotEqual(redaction.Mac("a"), other.Mac("a"));
    }
}
