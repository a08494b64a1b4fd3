using CwmpShield.Core.Identity;
using CwmpShield.Gateway.Configuration;

namespace CwmpShield.Gateway.Tests.Configuration;

public sealed class GatewayConfigurationTests : IDisposable
{
    private const string Listener = ConfigurationLab.Listener;
    private readonly ConfigurationLab lab = new();

    public void Dispose() => lab.Dispose();

    [Fact]
    public void Accepts_working_configuration_and_binds_it()
    {
        var read = lab.Check();
        Assert.Empty(read.Errors);
        var listener = Assert.Single(read.Options.Listeners);
        Assert.Equal("fleet", listener.Name);
        Assert.Equal(lab.At("server.pem"), listener.Certificate.Path);
        Assert.Equal(lab.At("rules"), read.Options.Rules.Path);
        Assert.Equal(ClientCertificatePolicy.Require, listener.ClientCertificates);
        Assert.Equal(new ListenerLimits(), listener.Limits);
    }

    [Fact]
    public void Accepts_every_kind_of_value()
    {
        lab.Keys[$"{Listener}:Port"] = "0";
        lab.Keys[$"{Listener}:Paths:0"] = "/cwmp";
        lab.Keys[$"{Listener}:ClientCertificates"] = "allow";
        lab.Keys[$"{Listener}:AllowTlsResume"] = "TRUE";
        lab.Keys[$"{Listener}:Identity:Challenge"] = "digest-sha256";
        lab.Keys[$"{Listener}:Identity:MaxStrength"] = "PasswordOverTls";
        lab.Keys[$"{Listener}:Limits:IdleTime"] = "00:01:30";
        lab.Keys["CwmpShield:BufferBudgetBytes"] = "1073741824";
        var read = lab.Check();
        Assert.Empty(read.Errors);
        var listener = read.Options.Listeners[0];
        Assert.Equal(["/cwmp"], listener.Paths);
        Assert.Equal(ClientCertificatePolicy.Allow, listener.ClientCertificates);
        Assert.True(listener.AllowTlsResume);
        Assert.Equal(HttpChallenge.DigestSha256, listener.Identity.Challenge);
        Assert.Equal(IdentityStrength.PasswordOverTls, listener.Identity.MaxStrength);
        Assert.Equal(TimeSpan.FromSeconds(90), listener.Limits.IdleTime);
        Assert.Equal(1L << 30, read.Options.BufferBudgetBytes);
    }

    [Fact]
    public void Reports_every_error_at_once()
    {
        lab.Keys[$"{Listener}:Port"] = "seven";
        lab.Keys[$"{Listener}:Prot"] = "7547";
        lab.Keys[$"{Listener}:Certificate:Path"] = "absent.pem";
        lab.Keys["CwmpShield:Management:Address"] = "0.0.0.0";
        lab.Keys["CwmpShield:Store:KeyFile"] = null;
        Assert.Equal(
            [
                $"{Listener}:Certificate:Path", $"{Listener}:Port", $"{Listener}:Prot",
                "CwmpShield:Management:Certificate:Path", "CwmpShield:Management:Hosts", "CwmpShield:Store:KeyFile",
            ],
            lab.Check().Errors.Select(error => error.Key));
    }

    [Fact]
    public void Says_what_was_found_and_what_is_expected()
    {
        lab.Keys[$"{Listener}:ClientCertificates"] = "maybe";
        Assert.Equal(
            $"{Listener}:ClientCertificates: found \"maybe\", expected one of require, allow, none",
            Assert.Single(lab.Check().Errors).ToString());
    }

    [Fact]
    public void Derives_requirement_of_a_plain_listener()
    {
        lab.Keys.Clear();
        lab.Keys[$"{Listener}:AllowPlaintext"] = "true";
        lab.Keys["CwmpShield:Store:KeyFile"] = "master.key";
        lab.Keys[ConfigurationLab.Destination] = "http://127.0.0.1:7548/";
        var read = lab.Check();
        Assert.Empty(read.Errors);
        Assert.Equal("listener-0", read.Options.Listeners[0].Name);
        Assert.Equal(IdentityRequirement.Credential, read.Options.Listeners[0].Identity.Require);
        Assert.Equal(ClientCertificatePolicy.None, read.Options.Listeners[0].ClientCertificates);
    }

    [Fact]
    public void Reads_file_and_environment()
    {
        lab.Write("appsettings.json", """
            {
              "Logging": { "LogLevel": { "Default": "Warning" } },
              "CwmpShield": {
                "Listeners": [{ "AllowPlaintext": true, "Port": 1 }],
                "Store": { "KeyFile": "master.key" }
              },
              "ReverseProxy": { "Clusters": { "acs": { "Destinations": { "one": { "Address": "http://127.0.0.1:7548/" } } } } }
            }
            """);
        const string Variable = "CwmpShield__Listeners__0__Port";
        Environment.SetEnvironmentVariable(Variable, "7600");
        try
        {
            var read = GatewayConfiguration.Load(lab.At("appsettings.json"));
            Assert.Empty(read.Errors);
            Assert.Equal(7600, read.Options.Listeners[0].Port);
        }
        finally
        {
            Environment.SetEnvironmentVariable(Variable, null);
        }
    }

    [Theory]
    [InlineData("{ \"CwmpShield\": ")]
    [InlineData("[]")]
    [InlineData("{ \"CwmpShield\": { \"Acs\": { \"Host\": \"a\", \"host\": \"b\" } } }")]
    [InlineData("")]
    public void Refuses_file_that_is_no_json_object(string text)
    {
        lab.Write("appsettings.json", text);
        Assert.Contains(GatewayConfiguration.Load(lab.At("appsettings.json")).Errors, error => error.Key.StartsWith(lab.At("appsettings.json"), StringComparison.Ordinal));
    }

    [Fact]
    public void Refuses_missing_file() =>
        Assert.Equal(lab.At("absent.json"), Assert.Single(GatewayConfiguration.Load(lab.At("absent.json")).Errors).Key);

    [Fact]
    public void Refuses_unknown_section()
    {
        lab.Write("appsettings.json", "{ \"Kestrel\": { \"Endpoints\": { \"Open\": { \"Url\": \"http://*:80\" } } }, \"CwmpShield\": {} }");
        Assert.Contains(GatewayConfiguration.Load(lab.At("appsettings.json")).Errors, error => error.Key == "Kestrel");
    }
}
