namespace CwmpShield.Gateway.Tests.Configuration;

/// <summary>What is said of receivers of the ledger that cannot be right.</summary>
public sealed class SyslogCheckTests : IDisposable
{
    private const string Receiver = "CwmpShield:Audit:Syslog:0";
    private readonly ConfigurationLab lab = new();

    public SyslogCheckTests()
    {
        lab.Keys[$"{Receiver}:Name"] = "siem";
        lab.Keys[$"{Receiver}:Host"] = "logs.example.net";
        lab.Keys[$"{Receiver}:CaPath"] = "ca.pem";
    }

    public void Dispose() => lab.Dispose();

    [Fact]
    public void Accepts_tls_by_default_and_finds_its_files_beside_the_configuration()
    {
        var checkedOnes = lab.Check();

        Assert.Empty(checkedOnes.Errors);
        Assert.Equal(lab.At("ca.pem"), checkedOnes.Options.Audit.Syslog[0].CaPath);
        Assert.Equal(6514, checkedOnes.Options.Audit.Syslog[0].EffectivePort);
    }

    [Theory]
    [InlineData("Name", "")]
    [InlineData("Name", "a b")]
    [InlineData("Host", "")]
    [InlineData("Host", "logs example")]
    [InlineData("Port", "70000")]
    [InlineData("Facility", "24")]
    [InlineData("Transport", "tcp", "CaPath")]
    [InlineData("Transport", "sctp")]
    [InlineData("Format", "leef")]
    [InlineData("CaPath", "")]
    [InlineData("CaPath", "missing.pem")]
    [InlineData("ClientCertificate:Path", "missing.pem")]
    [InlineData("Kinds:0", "everything")]
    public void Refuses(string key, string value, string? blamed = null)
    {
        lab.Keys[$"{Receiver}:{key}"] = value;

        Assert.Contains(lab.Check().Errors, error => error.Key == $"{Receiver}:{blamed ?? key}");
    }

    [Fact]
    public void Refuses_two_receivers_of_one_name()
    {
        foreach (var (key, value) in lab.Keys.Where(one => one.Key.StartsWith(Receiver, StringComparison.Ordinal)).ToList())
        {
            lab.Keys[key.Replace("Syslog:0", "Syslog:1", StringComparison.Ordinal)] = value;
        }

        Assert.Contains(lab.Check().Errors, error => error.Key == "CwmpShield:Audit:Syslog:1:Name");
    }
}
