using CwmpShield.Gateway.Configuration;

namespace CwmpShield.Gateway.Tests.Configuration;

/// <summary>What is said of a collector that spans may not go to.</summary>
public sealed class TelemetryCheckTests : IDisposable
{
    private const string Otlp = "CwmpShield:Telemetry:Otlp";
    private readonly ConfigurationLab lab = new();

    public TelemetryCheckTests()
    {
        lab.Keys[$"{Otlp}:Endpoint"] = "https://collector.example.net:4318";
        lab.Keys[$"{Otlp}:CaPath"] = "ca.pem";
    }

    public void Dispose() => lab.Dispose();

    [Fact]
    public void Accepts_https_with_authorities_and_adds_the_path()
    {
        var checkedOnes = lab.Check();

        Assert.Empty(checkedOnes.Errors);
        Assert.Equal("https://collector.example.net:4318/v1/traces", checkedOnes.Options.Telemetry.Otlp.Target()!.ToString());
        Assert.Equal(lab.At("ca.pem"), checkedOnes.Options.Telemetry.Otlp.CaPath);
    }

    [Theory]
    [InlineData("http://127.0.0.1:4318", "http://127.0.0.1:4318/v1/traces")]
    [InlineData("http://[::1]:4318/other", "http://[::1]:4318/other")]
    public void Accepts_http_on_loopback(string endpoint, string target)
    {
        lab.Keys[$"{Otlp}:Endpoint"] = endpoint;
        lab.Keys.Remove($"{Otlp}:CaPath");

        Assert.Empty(lab.Check().Errors);
        Assert.Equal(target, new OtlpOptions { Endpoint = endpoint }.Target()!.ToString());
    }

    [Theory]
    [InlineData("Endpoint", "http://192.0.2.1:4318")]
    [InlineData("Endpoint", "http://localhost:4318")]
    [InlineData("Endpoint", "https://user:password@collector.example.net")]
    [InlineData("Endpoint", "https://collector.example.net/?token=1")]
    [InlineData("Endpoint", "collector")]
    [InlineData("CaPath", "")]
    [InlineData("CaPath", "missing.pem")]
    [InlineData("HeadersFile", "missing.txt")]
    [InlineData("Ratio", "1.5")]
    [InlineData("Timeout", "00:05:00")]
    public void Refuses(string key, string value)
    {
        lab.Keys[$"{Otlp}:{key}"] = value;

        Assert.Contains(lab.Check().Errors, error => error.Key == $"{Otlp}:{key}");
    }

    [Fact]
    public void Refuses_a_line_that_is_no_header_and_does_not_repeat_it()
    {
        File.WriteAllText(lab.At("headers.txt"), "X-Key: good\nBearer of-a-secret\n");
        lab.Keys[$"{Otlp}:HeadersFile"] = "headers.txt";

        var error = Assert.Single(lab.Check().Errors, one => one.Key == $"{Otlp}:HeadersFile");
        Assert.Contains("line 2", error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("of-a-secret", error.ToString(), StringComparison.Ordinal);
    }
}
