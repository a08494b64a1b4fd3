namespace CwmpShield.Gateway.Tests.Configuration;

/// <summary>One wrong key of UDP at a time: it is reported under its own path, and alone.</summary>
public sealed class UdpRequestCheckTests : IDisposable
{
    private const string Udp = "CwmpShield:ConnectionRequests:Udp";
    private readonly ConfigurationLab lab = new();

    public UdpRequestCheckTests()
    {
        lab.Keys["CwmpShield:ConnectionRequests:PublicUrl"] = "http://broker.example.net:7549/";
        lab.Keys["CwmpShield:ConnectionRequests:AcsNetworks:0"] = "192.0.2.10";
        lab.Keys[$"{Udp}:Address"] = "127.0.0.1";
        lab.Keys[$"{Udp}:AcsAddress"] = "127.0.0.1";
        lab.Keys[$"{Udp}:PublicAddress"] = "broker.example.net:7549";
    }

    public void Dispose() => lab.Dispose();

    [Fact]
    public void Takes_a_working_section() => Assert.Empty(lab.Check().Errors);

    [Theory]
    [InlineData("Address", "0.0.0.0")]
    [InlineData("Address", "::")]
    [InlineData("Address", "::ffff:127.0.0.1")]
    [InlineData("Address", "localhost")]
    [InlineData("Address", "")]
    [InlineData("Port", "65536")]
    [InlineData("AcsAddress", "::")]
    [InlineData("AcsPort", "-1")]
    [InlineData("AcsPort", "3478")]
    [InlineData("PublicAddress", "")]
    [InlineData("PublicAddress", "broker.example.net")]
    [InlineData("PublicAddress", "http://broker.example.net:7549/")]
    [InlineData("StunUser", "cpe")]
    [InlineData("StunPasswordFile", "master.key", "StunUser")]
    [InlineData("PerSourcePerSecond", "0")]
    [InlineData("AllPerSecond", "0")]
    [InlineData("ClockTolerance", "01:00:00")]
    [InlineData("Copies", "6")]
    public void Refuses(string key, string value, string? reported = null)
    {
        lab.Keys[$"{Udp}:{key}"] = value;

        Assert.Equal([$"{Udp}:{reported ?? key}"], lab.Check().Errors.Select(error => error.Key));
    }

    [Fact]
    public void Refuses_udp_without_a_broker()
    {
        lab.Keys.Remove("CwmpShield:ConnectionRequests:PublicUrl");

        Assert.Equal([$"{Udp}:Address"], lab.Check().Errors.Select(error => error.Key));
    }

    [Fact]
    public void Shows_no_password_of_stun()
    {
        File.WriteAllText(lab.At("stun"), "stun-secret");
        lab.Keys[$"{Udp}:StunUser"] = "cpe";
        lab.Keys[$"{Udp}:StunPasswordFile"] = "absent";

        var error = Assert.Single(lab.Check().Errors);

        Assert.Equal($"{Udp}:StunPasswordFile", error.Key);
        lab.Keys[$"{Udp}:StunPasswordFile"] = "stun";
        Assert.Equal(lab.At("stun"), lab.Check().Options.ConnectionRequests.Udp.StunPasswordFile);
    }
}
