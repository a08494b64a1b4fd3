using CwmpShield.Gateway.Configuration;

namespace CwmpShield.Gateway.Tests.Configuration;

/// <summary>One wrong key at a time: it is reported under its own path, and alone.</summary>
public sealed class ConfigurationCheckTests : IDisposable
{
    private const string Listener = ConfigurationLab.Listener;
    private readonly ConfigurationLab lab = new();

    public void Dispose() => lab.Dispose();

    [Theory]
    [InlineData("CwmpShield:Listeners:0:Name", "two words")]
    [InlineData("CwmpShield:Listeners:0:Address", "localhost")]
    [InlineData("CwmpShield:Listeners:0:Port", "65536")]
    [InlineData("CwmpShield:Listeners:0:Port", "-1")]
    [InlineData("CwmpShield:Listeners:0:Port", "9547")]
    [InlineData("CwmpShield:Listeners:0:Cluster", "other")]
    [InlineData("CwmpShield:Listeners:0:Paths:0", "cwmp")]
    [InlineData("CwmpShield:Listeners:0:Paths:0", "/a b")]
    [InlineData("CwmpShield:Listeners:0:Certificate:Path", "ca.pem", "CwmpShield:Listeners:0:Certificate:Path")]
    [InlineData("CwmpShield:Listeners:0:Certificate:KeyPath", "master.key", "CwmpShield:Listeners:0:Certificate:Path")]
    [InlineData("CwmpShield:Listeners:0:Certificate:KeyPath", "absent.key", "CwmpShield:Listeners:0:Certificate:Path")]
    [InlineData("CwmpShield:Listeners:0:ClientCaPath", "absent.pem")]
    [InlineData("CwmpShield:Listeners:0:ClientCaPath", "server.pem")]
    [InlineData("CwmpShield:Listeners:0:ClientCaPath", "")]
    [InlineData("CwmpShield:Listeners:0:ClientCertificates", "2")]
    [InlineData("CwmpShield:Listeners:0:TlsProfile", "legacy", "CwmpShield:Listeners:0:Certificate:Path")]
    [InlineData("CwmpShield:Listeners:0:AllowPlaintext", "yes")]
    [InlineData("CwmpShield:Listeners:0:ProxyProtocol", "true", "CwmpShield:Listeners:0:TrustedProxies")]
    [InlineData("CwmpShield:Listeners:0:TrustedProxies:0", "192.0.2.1", "CwmpShield:Listeners:0:ProxyProtocol")]
    [InlineData("CwmpShield:Listeners:0:Identity:Realm", "a\"b")]
    [InlineData("CwmpShield:Listeners:0:Identity:Realm", "")]
    [InlineData("CwmpShield:Listeners:0:Identity:NonceLifetime", "30")]
    [InlineData("CwmpShield:Listeners:0:Identity:NonceLifetime", "1.00:00:00")]
    [InlineData("CwmpShield:Listeners:0:Identity:SubjectPatterns:0", "cn:{mac}")]
    [InlineData("CwmpShield:Listeners:0:Identity:UserPattern", "{oui}")]
    [InlineData("CwmpShield:Listeners:0:Limits:MaxUpBodyBytes", "1")]
    [InlineData("CwmpShield:Listeners:0:Limits:MaxXmlDepth", "1e3")]
    [InlineData("CwmpShield:Listeners:0:Limits", "64")]
    [InlineData("CwmpShield:Listeners:0:Limits:RequestTime", "00:00:00")]
    [InlineData("CwmpShield:Acs:ForwardedBy", "a b")]
    [InlineData("CwmpShield:Acs:Host", "acs.example/path")]
    [InlineData("CwmpShield:Acs:AllowedRedirects:0", "/other")]
    [InlineData("CwmpShield:Acs:AllowedRedirects:0", "https://u:p@acs.example/")]
    [InlineData("CwmpShield:Acs:Credentials:User", "gateway", "CwmpShield:Acs:Credentials:PasswordFile")]
    [InlineData("CwmpShield:Acs:Credentials:PasswordFile", "master.key", "CwmpShield:Acs:Credentials:User")]
    [InlineData("CwmpShield:Acs:Credentials:Password", "s3cret")]
    [InlineData("CwmpShield:Acs:Tls:PinSha256", "abc")]
    [InlineData("CwmpShield:Acs:Tls:CaPath", "absent.pem")]
    [InlineData("CwmpShield:Acs:Tls:ClientCertificate:Path", "absent.pem")]
    [InlineData("CwmpShield:Rules:Path", "absent")]
    [InlineData("CwmpShield:Rules:Mode", "off")]
    [InlineData("CwmpShield:Rules:RequireSignedRules", "true", "CwmpShield:Rules:TrustedKeyFile")]
    [InlineData("CwmpShield:Store:Path", "absent/registry.db")]
    [InlineData("CwmpShield:Store:KeyFile", "server.pem")]
    [InlineData("CwmpShield:Management:Address", "management.example")]
    [InlineData("CwmpShield:Management:Hosts:0", "https://shield.example:9547/")]
    [InlineData("CwmpShield:Management:Certificate:Path", "absent.pem")]
    [InlineData("CwmpShield:Management:SessionIdleTime", "00:00:10")]
    [InlineData("CwmpShield:Management:SessionTime", "8.00:00:00")]
    [InlineData("CwmpShield:Refusal:MaxRounds", "0")]
    [InlineData("CwmpShield:BufferBudgetBytes", "1048576")]
    [InlineData("CwmpShield:BufferBudgetBytes", "512 MiB")]
    [InlineData("ReverseProxy:Clusters:acs:Destinations:one:Address", "acs.example:7548")]
    [InlineData("ReverseProxy:Clusters:acs:Destinations:one:Address", "ftp://acs.example/")]
    [InlineData("ReverseProxy:Clusters:acs:Destinations:one:Address", "https://acs.example/", "CwmpShield:Acs:Tls:CaPath")]
    [InlineData("ReverseProxy:Clusters:acs:Destinations:one:Weight", "3")]
    [InlineData("ReverseProxy:Clusters:acs:SessionAffinity:Policy", "HashCookie", "ReverseProxy:Clusters:acs:SessionAffinity")]
    [InlineData("ReverseProxy:Clusters:acs:HttpClient:DangerousAcceptAnyServerCertificate", "true", "ReverseProxy:Clusters:acs:HttpClient")]
    [InlineData("ReverseProxy:Clusters:acs:HttpRequest:Version", "2")]
    [InlineData("ReverseProxy:Clusters:acs:LoadBalancingPolicy", "Fastest")]
    [InlineData("ReverseProxy:Clusters:acs:HealthCheck:Active:Interval", "15")]
    [InlineData("ReverseProxy:Routes:all:ClusterId", "acs", "ReverseProxy:Routes")]
    public void Refuses(string key, string value, string? reported = null)
    {
        lab.Keys[key] = value;
        Assert.Equal([reported ?? key], lab.Check().Errors.Select(error => error.Key));
    }

    [Theory]
    [InlineData("CwmpShield:Listeners:0:Identity:Challenge", "basic")]
    [InlineData("CwmpShield:Listeners:0:Identity:Require", "both")]
    [InlineData("CwmpShield:Listeners:0:Identity:Mode", "learn")]
    [InlineData("CwmpShield:Listeners:0:Identity:MaxStrength", "unique-certificate")]
    [InlineData("CwmpShield:Listeners:0:ClientCertificates", "require")]
    [InlineData("CwmpShield:Listeners:0:TlsProfile", "legacy")]
    [InlineData("CwmpShield:Listeners:0:Certificate:Path", "server.pem")]
    public void Refuses_on_a_plain_listener(string key, string value)
    {
        foreach (var tls in lab.Keys.Keys.Where(one => one.Contains("Certificate", StringComparison.Ordinal) || one.Contains("ClientCa", StringComparison.Ordinal)).ToList())
        {
            lab.Keys.Remove(tls);
        }

        lab.Keys[$"{Listener}:AllowPlaintext"] = "true";
        Assert.Empty(lab.Check().Errors);
        lab.Keys[key] = value;
        Assert.Equal([key], lab.Check().Errors.Select(error => error.Key));
    }

    [Theory]
    [InlineData("", "CwmpShield:Store:ConnectionString")]
    [InlineData("Host=db.example.net;Username=x;SSL Mode=Require", "CwmpShield:Store:ConnectionString")]
    [InlineData("Host=127.0.0.1;Username=x;Password=hunter2", "CwmpShield:Store:ConnectionString")]
    [InlineData("Hots=127.0.0.1", "CwmpShield:Store:ConnectionString")]
    [InlineData("Host=127.0.0.1;Username=x", null)]
    [InlineData("Host=/run/postgresql;Username=x", null)]
    [InlineData("Host=db.example.net;Username=x;SSL Mode=VerifyFull", null)]
    public void Takes_a_database_that_is_near_or_proves_itself_and_whose_password_is_in_a_file(string connection, string? reported)
    {
        lab.Keys["CwmpShield:Store:Engine"] = "PostgreSql";
        lab.Keys["CwmpShield:Store:ConnectionString"] = connection;
        var errors = lab.Check().Errors;
        Assert.Equal(reported is null ? [] : [reported], errors.Select(error => error.Key));
        Assert.DoesNotContain("hunter2", string.Join('\n', errors), StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_listener_without_tls_that_does_not_say_so()
    {
        lab.Keys.Remove($"{Listener}:Certificate:Path");
        Assert.Equal($"{Listener}:Certificate:Path", Assert.Single(lab.Check().Errors).Key);
    }

    [Fact]
    public void Refuses_proxies_without_bounds()
    {
        lab.Keys[$"{Listener}:ProxyProtocol"] = "true";
        lab.Keys[$"{Listener}:TrustedProxies:0"] = "10.0.0.0/8";
        Assert.Empty(lab.Check().Errors);
        lab.Keys[$"{Listener}:TrustedProxies:1"] = "0.0.0.0/0";
        lab.Keys[$"{Listener}:TrustedProxies:2"] = "proxy.example";
        Assert.Equal([$"{Listener}:TrustedProxies:1", $"{Listener}:TrustedProxies:2"], lab.Check().Errors.Select(error => error.Key));
    }

    [Fact]
    public void Refuses_shared_certificate_across_client_certificate_policies_when_tls_resumes()
    {
        lab.AddListener("open");
        lab.Keys["CwmpShield:Listeners:1:ClientCertificates"] = "none";
        Assert.Empty(lab.Check().Errors);
        lab.Keys["CwmpShield:Listeners:1:AllowTlsResume"] = "true";
        Assert.Equal("CwmpShield:Listeners:1:Certificate:Path", Assert.Single(lab.Check().Errors).Key);
        lab.Keys["CwmpShield:Listeners:1:Certificate:Path"] = "rsa.pem";
        lab.Keys["CwmpShield:Listeners:1:Certificate:KeyPath"] = "";
        Assert.Empty(lab.Check().Errors);
    }

    [Fact]
    public void Refuses_two_listeners_of_one_name_or_place()
    {
        lab.AddListener("FLEET");
        lab.Keys["CwmpShield:Listeners:1:Port"] = "7547";
        lab.Keys["CwmpShield:Listeners:1:Address"] = "0.0.0.0";
        Assert.Equal(["CwmpShield:Listeners:1:Name", "CwmpShield:Listeners:1:Port"], lab.Check().Errors.Select(error => error.Key));
    }

    [Fact]
    public void Refuses_key_file_that_others_can_read()
    {
        File.SetUnixFileMode(lab.At("master.key"), UnixFileMode.UserRead | UnixFileMode.OtherRead);
        Assert.Equal("CwmpShield:Store:KeyFile", Assert.Single(lab.Check().Errors).Key);
    }

    [Fact]
    public void Accepts_pinned_https_destination_and_legacy_listener_with_rsa()
    {
        lab.Keys[ConfigurationLab.Destination] = "https://acs.example:7548/";
        lab.Keys["CwmpShield:Acs:Tls:PinSha256"] = new string('a', 64);
        lab.Keys[$"{Listener}:TlsProfile"] = "legacy";
        lab.Keys[$"{Listener}:Certificate:Path"] = "rsa.pem";
        lab.Keys[$"{Listener}:Certificate:KeyPath"] = "";
        Assert.Empty(lab.Check().Errors);
    }

    [Fact]
    public void Shows_no_secret()
    {
        lab.Keys["CwmpShield:Acs:Credentials:Password"] = "hunter2";
        lab.Keys[ConfigurationLab.Destination] = "http://u:hunter2@acs.example/";
        var errors = lab.Check().Errors;
        Assert.Equal(2, errors.Count);
        Assert.DoesNotContain(errors, error => error.ToString().Contains("hunter2", StringComparison.Ordinal));
    }
}
