using System.CommandLine;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using CwmpShield.Cli;
using CwmpShield.Core.Identity;
using CwmpShield.Gateway.Storage;
using CwmpShield.Gateway.Tests.Storage;

namespace CwmpShield.Gateway.Tests.Identity;

public sealed class DeviceCommandTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly string store;
    private readonly string keyFile;

    public DeviceCommandTests()
    {
        store = folder.File("registry.db");
        keyFile = folder.Write("key", MasterKey.Create().Export());
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Adds_shows_lists_and_removes_a_device()
    {
        Assert.Equal(ExitCode.Ok, (await DeviceAsync("add", "00aabb-HGW-SN1", "--group", "lab", "--group", "north", "--model", "M1")).Code);
        var shown = JsonDocument.Parse((await DeviceAsync("show", "00AABB-HGW-SN1", "--json")).Output).RootElement;
        Assert.Equal("00AABB", shown.GetProperty("oui").GetString());
        Assert.Equal("active", shown.GetProperty("status").GetString());
        Assert.False(shown.GetProperty("hasPassword").GetBoolean());
        Assert.Equal(2, shown.GetProperty("groups").GetArrayLength());
        Assert.Contains("00AABB-HGW-SN1", (await DeviceAsync("list", "--group", "lab")).Output, StringComparison.Ordinal);
        Assert.DoesNotContain("00AABB-HGW-SN1", (await DeviceAsync("list", "--group", "south")).Output, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Ok, (await DeviceAsync("remove", "00AABB-HGW-SN1")).Code);
        Assert.Equal(ExitCode.Findings, (await DeviceAsync("show", "00AABB-HGW-SN1")).Code);
        Assert.Equal(ExitCode.Findings, (await DeviceAsync("remove", "00AABB-HGW-SN1")).Code);
    }

    [Fact]
    public async Task Releases_a_device_into_the_bootstrap_lane_out_of_it_and_to_a_weaker_log_in()
    {
        await DeviceAsync("add", "00AABB-HGW-SN1", "--require-strength", "unique-certificate");
        var label = folder.Write("label", "factory-pw-1");

        Assert.Equal(ExitCode.Ok, (await DeviceAsync("release", "00AABB-HGW-SN1", "--reason", "CHG 1", "--to-bootstrap", "--factory-password-file", label, "--strength", "password-over-tls")).Code);
        var shown = JsonDocument.Parse((await DeviceAsync("show", "00AABB-HGW-SN1", "--json")).Output).RootElement;
        Assert.Equal(("bootstrap", "CHG 1"), (shown.GetProperty("status").GetString(), shown.GetProperty("statusReason").GetString()));
        Assert.Equal("password-over-tls", shown.GetProperty("requiredStrength").GetString());
        using (var opened = StoreFactory.Open(new() { Path = store, KeyFile = keyFile }))
        {
            var registry = await StoredDeviceRegistry.OpenAsync(opened, MasterKey.Read(keyFile));
            Assert.NotNull((await registry.FindAsync(new("00AABB", "HGW", "SN1"), default))!.Login.Factory);
        }

        Assert.Equal(ExitCode.Findings, (await DeviceAsync("release", "00AABB-HGW-SN1", "--reason", "x", "--to-bootstrap")).Code);
        Assert.Equal(ExitCode.Findings, (await DeviceAsync("release", "00AABB-HGW-SN1", "--reason", "x")).Code);
        Assert.Equal(ExitCode.Ok, (await DeviceAsync("release", "00AABB-HGW-SN1", "--reason", "x", "--from-bootstrap")).Code);
        Assert.Equal(ExitCode.Findings, (await DeviceAsync("release", "00AABB-HGW-SN2", "--reason", "x", "--strength", "none")).Code);
        Assert.Equal(ExitCode.Usage, (await DeviceAsync("release", "00AABB-HGW-SN1", "--reason", "x", "--factory-password-file", label)).Code);
        Assert.Equal(ExitCode.Usage, (await DeviceAsync("release", "00AABB-HGW-SN1", "--reason", "x", "--strength", "strong")).Code);
    }

    [Fact]
    public async Task Quarantines_releases_disables_and_enables_a_device()
    {
        await DeviceAsync("add", "00AABB-HGW-SN1");
        (string Verb, int Code, string Status)[] steps =
        [
            ("release", ExitCode.Findings, "active"), ("enable", ExitCode.Findings, "active"), ("quarantine", ExitCode.Ok, "quarantined"),
            ("release", ExitCode.Ok, "active"), ("disable", ExitCode.Ok, "disabled"), ("quarantine", ExitCode.Findings, "disabled"), ("enable", ExitCode.Ok, "active"),
        ];
        foreach (var (verb, code, status) in steps)
        {
            Assert.Equal(code, (await DeviceAsync(verb, "00AABB-HGW-SN1", "--reason", "CHG " + verb)).Code);
            var shown = JsonDocument.Parse((await DeviceAsync("show", "00AABB-HGW-SN1", "--json")).Output).RootElement;
            Assert.Equal(status, shown.GetProperty("status").GetString());
            Assert.True(code != ExitCode.Ok || shown.GetProperty("statusReason").GetString() == "CHG " + verb);
        }

        Assert.Equal(ExitCode.Findings, (await DeviceAsync("disable", "00AABB-HGW-SN2", "--reason", "x")).Code);
        Assert.Equal(ExitCode.Usage, (await DeviceAsync("disable", "00AABB-HGW-SN1")).Code);
        Assert.Equal(ExitCode.Usage, (await DeviceAsync("disable", "00AABB-HGW-SN1", "--reason", "")).Code);
    }

    [Fact]
    public async Task Takes_fields_as_they_are_and_shows_them_percent_encoded()
    {
        await DeviceAsync("add", "--oui", "00AABB", "--product-class", "HGW-2000", "--serial", "SN/ü");
        var shown = JsonDocument.Parse((await DeviceAsync("show", "00AABB-HGW%2D2000-SN%2F%C3%BC", "--json")).Output).RootElement;
        Assert.Equal("SN/ü", shown.GetProperty("serialNumber").GetString());
        Assert.Equal("00AABB-HGW%2D2000-SN%2F%C3%BC", shown.GetProperty("device").GetString());
    }

    [Fact]
    public async Task Makes_a_password_and_shows_it_once()
    {
        var added = JsonDocument.Parse((await DeviceAsync("add", "00AABB-HGW-SN1", "--generate-password", "--json")).Output).RootElement;
        var password = added.GetProperty("password").GetString()!;
        Assert.Equal(24, password.Length);
        Assert.DoesNotContain(password, (await DeviceAsync("show", "00AABB-HGW-SN1")).Output, StringComparison.Ordinal);
        Assert.Equal(password, await PasswordAsync("00AABB-HGW-SN1"));
    }

    [Fact]
    public async Task Reads_a_password_from_the_first_line_of_a_file_and_refuses_a_default_one()
    {
        var good = await DeviceAsync("add", "00AABB-HGW-SN1", "--user", "u1", "--password-file", folder.Write("p", "pässword 1\r\nmore"));
        Assert.Equal((ExitCode.Ok, ""), (good.Code, good.Error));
        Assert.Equal("pässword 1", await PasswordAsync("00AABB-HGW-SN1"));
        var weak = await DeviceAsync("add", "00AABB-HGW-SN2", "--password-file", folder.Write("p", "sn2"));
        Assert.Equal(ExitCode.Usage, weak.Code);
        Assert.Contains("same-as-serial", weak.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Findings, (await DeviceAsync("show", "00AABB-HGW-SN2")).Code);
        Assert.Equal(ExitCode.Ok, (await DeviceAsync("add", "00AABB-HGW-SN2", "--allow-weak", "--password-file", folder.Write("p", "sn2"))).Code);
        Assert.Contains("HGW-SN2", (await DeviceAsync("list", "--weak")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Adds_a_shared_user_until_a_date_and_binds_a_certificate_at_once()
    {
        using var authority = CwmpShield.Gateway.Identity.LabCertificateAuthority.CreateRoot("Root");
        using var certificate = authority.IssueClient("whatever");
        var shared = folder.Write("acs", "acs");
        var added = await DeviceAsync(
            "add", "00AABB-HGW-SN1", "--shared-user", "acs", "--shared-password-file", shared, "--migration-until", "2027-03-31",
            "--certificate", folder.Write("d.pem", certificate.ExportCertificatePem()), "--require-strength", "unique-certificate", "--status", "bootstrap", "--json");
        var view = JsonDocument.Parse(added.Output).RootElement;
        Assert.Equal("2027-03-31T00:00:00Z", view.GetProperty("migrationUntil").GetString());
        Assert.Equal("unique-certificate", view.GetProperty("requiredStrength").GetString());
        Assert.Equal("bootstrap", view.GetProperty("status").GetString());
        Assert.True(CertificateFactsReader.TryRead(certificate, out var facts, out _));
        Assert.Equal(facts!.SpkiSha256, view.GetProperty("boundKeys")[0].GetString());
        Assert.Equal(ExitCode.Ok, (await DeviceAsync("add", "00AABB-HGW-SN2", "--shared-user", "acs")).Code);
    }

    [Theory]
    [InlineData("add")]
    [InlineData("add", "00AABB")]
    [InlineData("add", "00AABB-HGW-2000-SN1")]
    [InlineData("add", "00AABX-HGW-SN1")]
    [InlineData("add", "00AABB-HGW-%00")]
    [InlineData("add", "00AABB-HGW-SN1", "--serial", "SN1")]
    [InlineData("add", "--oui", "00AABB", "--product-class", "HGW")]
    [InlineData("add", "00AABB-HGW-SN1", "--status", "asleep")]
    [InlineData("add", "00AABB-HGW-SN1", "--require-strength", "some")]
    [InlineData("add", "00AABB-HGW-SN1", "--group", "a,b")]
    [InlineData("add", "00AABB-HGW-SN1", "--user", "a:b")]
    [InlineData("add", "00AABB-HGW-SN1", "--shared-user", "acs", "--migration-until", "soon")]
    [InlineData("add", "00AABB-HGW-SN1", "--migration-until", "2027-03-31")]
    [InlineData("add", "00AABB-HGW-SN1", "--generate-password", "--password-file", "x")]
    [InlineData("add", "00AABB-HGW-SN1", "--password-file", "/nowhere/x")]
    [InlineData("add", "00AABB-HGW-SN1", "--certificate", "/nowhere/x")]
    [InlineData("add", "00AABB-HGW-SN1", "--password", "in the process list")]
    [InlineData("list", "--limit", "0")]
    [InlineData("list", "--limit", "1001")]
    [InlineData("show")]
    [InlineData("remove")]
    public async Task Refuses_bad_usage_with_a_word_and_exit_code_2(params string[] arguments)
    {
        var run = await DeviceAsync(arguments);
        Assert.Equal(ExitCode.Usage, run.Code);
        Assert.NotEmpty(run.Error);
        Assert.Empty(run.Output);
    }

    [Fact]
    public async Task Says_why_a_device_cannot_be_added()
    {
        await DeviceAsync("add", "00AABB-HGW-SN1", "--user", "u1");
        Assert.Equal(ExitCode.Findings, (await DeviceAsync("add", "00AABB-HGW-SN1")).Code);
        var taken = await DeviceAsync("add", "00AABB-HGW-SN2", "--user", "u1");
        Assert.Equal(ExitCode.Findings, taken.Code);
        Assert.Contains("u1", taken.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Findings, (await DeviceAsync("add", "00AABB-HGW-SN2", "--shared-user", "acs")).Code);
    }

    [Fact]
    public async Task Says_how_to_make_a_key_and_makes_none()
    {
        var run = await RunAsync(DeviceCommand.Create(), ["list", "--store", store, "--key-file", folder.File("none")]);
        Assert.Equal(ExitCode.Usage, run.Code);
        Assert.Contains("openssl rand -base64 32", run.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(folder.File("none")));
        Assert.False(File.Exists(store));
        Assert.Equal(ExitCode.Usage, (await RunAsync(DeviceCommand.Create(), ["list", "--store", store])).Code);
    }

    [Fact]
    public async Task Makes_an_authority_and_issues_for_servers_and_devices()
    {
        var lab = folder.File("lab");
        Assert.Equal(ExitCode.Ok, (await PkiAsync("init", "--out", lab)).Code);
        Assert.Equal(ExitCode.Usage, (await PkiAsync("init", "--out", lab)).Code);
        var password = folder.Write("pfx", "pfx password");
        Assert.Equal(ExitCode.Ok, (await PkiAsync("issue", "--ca", lab, "--server", "localhost", "--out", Path.Combine(lab, "gw"))).Code);
        var device = await PkiAsync("issue", "--ca", lab, "--device", "00AABB-HGW-SN1", "--key", "rsa", "--out", Path.Combine(lab, "sn1"), "--pfx-password-file", password);
        Assert.Equal(ExitCode.Ok, device.Code);
        using var server = X509Certificate2.CreateFromPemFile(Path.Combine(lab, "gw.pem"), Path.Combine(lab, "gw.key"));
        Assert.True(server.MatchesHostname("localhost"));
        using var client = X509CertificateLoader.LoadPkcs12FromFile(Path.Combine(lab, "sn1.pfx"), "pfx password");
        Assert.Equal("CN=00AABB-HGW-SN1", client.Subject);
        Assert.NotNull(client.GetRSAPrivateKey());
        if (!OperatingSystem.IsWindows())
        {
            var ownerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            Assert.All(["ca.key", "gw.key", "sn1.key", "sn1.pfx"], name => Assert.Equal(ownerOnly, File.GetUnixFileMode(Path.Combine(lab, name))));
        }
    }

    [Theory]
    [InlineData("issue", "--ca", "lab", "--out", "x")]
    [InlineData("issue", "--ca", "lab", "--out", "x", "--server", "a", "--device", "00AABB-HGW-SN1")]
    [InlineData("issue", "--ca", "lab", "--out", "x", "--device", "no device")]
    [InlineData("issue", "--ca", "lab", "--out", "x", "--server", "a", "--days", "0")]
    [InlineData("issue", "--ca", "/nowhere", "--out", "x", "--server", "a")]
    [InlineData("init")]
    public async Task Refuses_to_issue_what_makes_no_sense(params string[] arguments) =>
        Assert.Equal(ExitCode.Usage, (await PkiAsync(arguments)).Code);

    private static Task<(int Code, string Output, string Error)> PkiAsync(params string[] arguments) => RunAsync(PkiCommand.Create(), arguments);

    private static async Task<(int Code, string Output, string Error)> RunAsync(Command command, string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var parsed = new RootCommand { command }.Parse([command.Name, .. arguments]);
        foreach (var problem in parsed.Errors)
        {
            await error.WriteLineAsync(problem.Message);
        }

        var code = parsed.Errors.Count > 0
            ? ExitCode.Usage
            : await parsed.InvokeAsync(new InvocationConfiguration { Output = output, Error = error });
        return (code, output.ToString(), error.ToString());
    }

    private Task<(int Code, string Output, string Error)> DeviceAsync(params string[] arguments) =>
        RunAsync(DeviceCommand.Create(), [.. arguments, "--store", store, "--key-file", keyFile]);

    private async Task<string> PasswordAsync(string device)
    {
        using var opened = SqliteStore.Open(store);
        var registry = await StoredDeviceRegistry.OpenAsync(opened, MasterKey.Read(keyFile));
        Assert.True(CwmpShield.Core.Cwmp.DeviceIdText.TryParse(device, out var named));
        var record = await registry.FindAsync(named!, default);
        return Encoding.UTF8.GetString(Assert.IsType<StoredSecret.Password>(record!.Secret).Utf8.Span);
    }
}
