
namespace CwmpShield.Gateway.Tests.Configuration;

/// <summary>The mirror in the configuration.</summary>
public sealed class MirrorCheckTests : IDisposable
{
    private const string Mirror = "CwmpShield:Mirror";
    private readonly ConfigurationLab lab = new();

    public MirrorCheckTests()
    {
        Directory.CreateDirectory(lab.At("files"));
        lab.Keys[$"{Mirror}:Path"] = "mirror";
        lab.Keys[$"{Mirror}:PublicUrl"] = "https://firmware.example.net:7443/";
        lab.Keys[$"{Mirror}:Listeners:0:Certificate:Path"] = "server.pem";
        lab.Keys[$"{Mirror}:Listeners:0:Certificate:KeyPath"] = "server.key";
        lab.Keys[$"{Mirror}:Origins:0:Url"] = "https://files.vendor.example/hgw/";
        lab.Keys[$"{Mirror}:Origins:0:Folder"] = "files";
    }

    public void Dispose() => lab.Dispose();

    [Fact]
    public void Accepts_a_mirror_and_completes_it()
    {
        lab.Keys[$"{Mirror}:Listeners:1:Name"] = "old-models";
        lab.Keys[$"{Mirror}:Listeners:1:AllowPlaintext"] = "true";
        lab.Keys[$"{Mirror}:Listeners:1:Port"] = "7080";
        lab.Keys[$"{Mirror}:Models:0:ProductClass"] = "OLD";
        lab.Keys[$"{Mirror}:Models:0:PublicUrl"] = "http://192.0.2.1:7080/";
        lab.Keys[$"{Mirror}:Origins:1:Url"] = "https://other.example/";
        lab.Keys[$"{Mirror}:Origins:1:Tls:PinSha256"] = new string('a', 64);
        lab.Keys[$"{Mirror}:Direct:0"] = "cdn.vendor.example";

        var read = lab.Check();

        Assert.Empty(read.Errors);
        var mirror = read.Options.Mirror;
        Assert.Equal((lab.At("mirror"), lab.At("files"), "mirror-0", "old-models"), (mirror.Path, mirror.Origins[0].Folder, mirror.Listeners[0].Name, mirror.Listeners[1].Name));
    }

    [Theory]
    [InlineData("Path", "", "Path")]
    [InlineData("Path", "nowhere/mirror")]
    [InlineData("MaxBytes", "1")]
    [InlineData("PublicUrl", "ftp://firmware.example/")]
    [InlineData("PublicUrl", "https://user@firmware.example/")]
    [InlineData("PublicUrl", "https://firmware.example/x")]
    [InlineData("PublicUrl", "https://firmware.example/?a/")]
    [InlineData("PublicUrl", "http://firmware.example/")]
    [InlineData("Models:0:PublicUrl", "https://m.example/", "Models:0:Oui")]
    [InlineData("LinkMargin", "00:00:01")]
    [InlineData("MaxDelay", "100.00:00:00")]
    [InlineData("Direct:0", "https://cdn.example/")]
    [InlineData("Direct:0", "cdn.example:443")]
    [InlineData("Origins:0:Url", "http://files.vendor.example/hgw/")]
    [InlineData("Origins:0:Url", "https://files.vendor.example/hgw")]
    [InlineData("Origins:0:Folder", "absent")]
    [InlineData("Origins:0:Folder", "", "Origins:0:Tls:CaPath")]
    [InlineData("Origins:0:AllowedRedirects:0", "https://cdn.example")]
    [InlineData("Listeners:0:Port", "7547")]
    [InlineData("Listeners:0:Port", "9547")]
    [InlineData("Listeners:0:Name", "fleet")]
    [InlineData("Listeners:0:Name", "a b")]
    [InlineData("Listeners:0:Address", "localhost")]
    [InlineData("Listeners:0:Certificate:Path", "")]
    [InlineData("Listeners:0:MinBytesPerSecond", "0")]
    [InlineData("Listeners:0:TransferTime", "00:00:01")]
    [InlineData("Listeners:0:ProxyProtocol", "true", "Listeners:0:TrustedProxies")]
    [InlineData("Fetch:MaxFetches", "0")]
    [InlineData("Fetch:MaxBytesPerSecond", "10")]
    [InlineData("Fetch:RetryPause", "00:00:00")]
    [InlineData("Fetch:Proxy", "x")]
    public void Refuses(string key, string value, string? reported = null)
    {
        lab.Keys[$"{Mirror}:{key}"] = value;
        Assert.Equal($"{Mirror}:{reported ?? key}", Assert.Single(lab.Check().Errors).Key);
    }

    [Fact]
    public void Refuses_a_certificate_that_resumption_would_carry_to_the_mirror()
    {
        lab.Keys[$"{ConfigurationLab.Listener}:AllowTlsResume"] = "true";
        Assert.Equal($"{Mirror}:Listeners:0:Certificate:Path", Assert.Single(lab.Check().Errors).Key);
    }

    [Fact]
    public void Refuses_a_password_without_TLS()
    {
        lab.Keys[$"{Mirror}:Listeners:1:AllowPlaintext"] = "true";
        lab.Keys[$"{Mirror}:Listeners:1:Port"] = "7080";
        lab.Keys[$"{Mirror}:Listeners:1:Challenge"] = "basic";
        Assert.Equal($"{Mirror}:Listeners:1:Challenge", Assert.Single(lab.Check().Errors).Key);
    }

    [Fact]
    public void Wants_the_file_of_an_origins_password()
    {
        lab.Write("vendor.secret", "hunter2");
        lab.Keys[$"{Mirror}:Origins:0:Folder"] = "";
        lab.Keys[$"{Mirror}:Origins:0:Tls:PinSha256"] = new string('a', 64);
        lab.Keys[$"{Mirror}:Origins:0:User"] = "operator";
        lab.Keys[$"{Mirror}:Origins:0:PasswordFile"] = "vendor.secret";
        Assert.Empty(lab.Check().Errors);

        lab.Keys[$"{Mirror}:Origins:0:PasswordFile"] = "absent";
        Assert.Equal($"{Mirror}:Origins:0:PasswordFile", Assert.Single(lab.Check().Errors).Key);
    }
}
