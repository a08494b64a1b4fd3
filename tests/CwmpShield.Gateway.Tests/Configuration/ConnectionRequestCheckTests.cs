using CwmpShield.Gateway.Configuration;

namespace CwmpShield.Gateway.Tests.Configuration;

/// <summary>One wrong key of the broker at a time: it is reported under its own path, and alone.</summary>
public sealed class ConnectionRequestCheckTests : IDisposable
{
    private const string Section = "CwmpShield:ConnectionRequests";
    private readonly ConfigurationLab lab = new();

    public ConnectionRequestCheckTests()
    {
        lab.Keys[$"{Section}:PublicUrl"] = "http://broker.example.net:7549/cr/";
        lab.Keys[$"{Section}:AcsNetworks:0"] = "192.0.2.10";
    }

    public void Dispose() => lab.Dispose();

    [Fact]
    public void Takes_a_working_section_and_none_at_all()
    {
        Assert.Empty(lab.Check().Errors);
        lab.Keys.Remove($"{Section}:PublicUrl");
        lab.Keys.Remove($"{Section}:AcsNetworks:0");
        Assert.Empty(lab.Check().Errors);
        Assert.Equal("", lab.Check().Options.ConnectionRequests.PublicUrl);
    }

    [Fact]
    public void Resolves_paths_and_reads_words()
    {
        lab.Keys[$"{Section}:Certificate:Path"] = "server.pem";
        lab.Keys[$"{Section}:Certificate:KeyPath"] = "server.key";
        lab.Keys[$"{Section}:ClientCaPath"] = "ca.pem";
        lab.Keys[$"{Section}:RequireDeviceLogin"] = "false";
        lab.Keys[$"{Section}:Challenge"] = "basic";
        lab.Keys[$"{Section}:Calls:Basic"] = "over-tls";
        lab.Keys[$"{Section}:Calls:DeviceCaPath"] = "ca.pem";
        lab.Keys[$"{Section}:Endpoints:Ports:0"] = "7547";
        lab.Keys[$"{Section}:Endpoints:Tr064Paths:0"] = "/tr064";

        var checkedOptions = lab.Check();

        Assert.Empty(checkedOptions.Errors);
        Assert.Equal(lab.At("ca.pem"), checkedOptions.Options.ConnectionRequests.Calls.DeviceCaPath);
        Assert.Equal(BasicToDevices.OverTls, checkedOptions.Options.ConnectionRequests.Calls.Basic);
    }

    [Theory]
    [InlineData("PublicUrl", "http://broker.example.net:7549")]
    [InlineData("PublicUrl", "http://broker.example.net:7549/?x=/")]
    [InlineData("PublicUrl", "http://user@broker.example.net/")]
    [InlineData("PublicUrl", "ftp://broker.example.net/")]
    [InlineData("PublicUrl", "broker.example.net/")]
    [InlineData("PublicUrl", "http://broker.example.net/%7Ecr/")]
    [InlineData("PublicUrl", "http://broker.example.net/a/../b/")]
    [InlineData("Address", "localhost")]
    [InlineData("Port", "7547")]
    [InlineData("Port", "9547")]
    [InlineData("Port", "65536")]
    [InlineData("AcsNetworks:0", "acs.example.net")]
    [InlineData("AcsNetworks:0", "192.0.2.0/33")]
    [InlineData("Certificate:Path", "missing.pem")]
    [InlineData("ClientCaPath", "ca.pem")]
    [InlineData("RequireDeviceLogin", "false")]
    [InlineData("Challenge", "basic")]
    [InlineData("Challenge", "ntlm")]
    [InlineData("Endpoints:AccessNetworks:0", "0127.0.0.1")]
    [InlineData("Endpoints:ManagementNetworks:0", "10.0.0.0/8/8")]
    [InlineData("Endpoints:Ports:0", "80-")]
    [InlineData("Endpoints:Ports:0", "90-80")]
    [InlineData("Endpoints:Tr064Ports:0", "0")]
    [InlineData("Endpoints:Paths:0", "cwmp")]
    [InlineData("Endpoints:Tr064Paths:0", "//")]
    [InlineData("Calls:ConnectTime", "00:01:00")]
    [InlineData("Calls:TotalTime", "00:00:01")]
    [InlineData("Calls:MaxAnswerBytes", "100")]
    [InlineData("Calls:Basic", "sometimes")]
    [InlineData("Calls:DeviceCaPath", "server.key")]
    [InlineData("Limits:PerDevicePerMinute", "0")]
    [InlineData("Limits:PerAcsPerSecond", "0")]
    [InlineData("Limits:FleetPerSecond", "0")]
    [InlineData("Limits:MaxCalls", "0")]
    [InlineData("Limits:CoalesceTime", "00:10:00")]
    [InlineData("Limits:AnswerTime", "00:00:01")]
    public void Refuses(string key, string value)
    {
        lab.Keys[$"{Section}:{key}"] = value;
        if (key is "Port" && value == "9547")
        {
            lab.Keys["CwmpShield:Management:Port"] = "9547";
        }

        Assert.Equal([$"{Section}:{key}"], lab.Check().Errors.Select(error => error.Key));
    }

    [Fact]
    public void Refuses_a_broker_for_everybody()
    {
        lab.Keys.Remove($"{Section}:AcsNetworks:0");

        Assert.Equal([$"{Section}:AcsNetworks"], lab.Check().Errors.Select(error => error.Key));
    }
}
