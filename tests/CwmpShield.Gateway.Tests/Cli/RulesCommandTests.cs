using System.Security.Cryptography;
using System.Text.Json;
using CwmpShield.Cli;
using CwmpShield.Core.Rules;
using CwmpShield.Gateway.Tests.Storage;

namespace CwmpShield.Gateway.Tests.Cli;

public sealed class RulesCommandTests : IDisposable
{
    private const string One = "cwmpshield: 1\nlists: { hosts: [a.example] }\nrules:\n  - { id: one, title: First, severity: high, why: because, references: [CVE-1], on: [Reboot], then: deny }\n";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Check_tells_warnings_from_errors()
    {
        var fine = folder.Write("fine.yaml", One);

        Assert.Equal(ExitCode.Ok, (await RulesAsync("check", fine)).Code);
        Assert.Equal(ExitCode.Findings, (await RulesAsync("check", fine, "--strict")).Code);
        var broken = await RulesAsync("check", folder.Write("broken.yaml", "cwmpshield: 1\nrulez: []\nlists: 3"), "--json");
        Assert.Equal(ExitCode.Usage, broken.Code);
        Assert.Equal(["CSR0009", "CSR0008"], broken.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonDocument.Parse(l).RootElement.GetProperty("code").GetString()).OrderDescending(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Test_runs_cases_and_shows_those_that_fail()
    {
        var rules = folder.Write("rules.yaml", One);
        var good = folder.Write("good.yaml", "rule: one\ncases:\n  - { name: reboot, order: Reboot, expect: deny }");
        var bad = folder.Write("bad.yaml", "rule: one\ncases:\n  - { name: reboot, order: Reboot, expect: forward }");

        Assert.Equal((ExitCode.Ok, "1 passed, 0 failed, 1 rules"), Trim(await RulesAsync("test", good, "--rules", rules)));
        var failed = await RulesAsync("test", bad, "--rules", rules);
        Assert.Equal(ExitCode.Denied, failed.Code);
        Assert.Contains("FAIL bad.yaml:3 one: reboot", failed.Output, StringComparison.Ordinal);
        Assert.Contains("one held", failed.Output, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Usage, (await RulesAsync("test", folder.File("none"), "--rules", rules)).Code);
    }

    [Fact]
    public async Task List_and_explain_show_the_rules()
    {
        var rules = folder.Write("rules.yaml", One);

        Assert.Contains("one", (await RulesAsync("list", "--rules", rules)).Output, StringComparison.Ordinal);
        Assert.DoesNotContain("First", (await RulesAsync("list", "--rules", rules, "--severity", "critical")).Output, StringComparison.Ordinal);
        var explained = await RulesAsync("explain", "--rule", "one", "--rules", rules);
        Assert.Contains("why: because", explained.Output, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Usage, (await RulesAsync("explain", "--rule", "two", "--rules", rules)).Code);
    }

    [Fact]
    public async Task Diff_names_what_changes_and_for_which_recordings()
    {
        var old = folder.Write("old.yaml", One);
        var now = folder.Write("new.yaml", One.Replace("then: deny", "then: observe", StringComparison.Ordinal).Replace("a.example", "b.example", StringComparison.Ordinal));
        Directory.CreateDirectory(folder.File("captures"));
        folder.Write("captures/1-res.http", "HTTP/1.1 200 OK\r\n\r\n<e:Envelope xmlns:e=\"http://schemas.xmlsoap.org/soap/envelope/\" xmlns:c=\"urn:dslforum-org:cwmp-1-0\"><e:Body><c:Reboot><CommandKey/></c:Reboot></e:Body></e:Envelope>");

        var run = await RulesAsync("diff", old, now, "--captures", folder.File("captures"));

        Assert.Equal(ExitCode.Ok, run.Code);
        Assert.Contains("changed  rule one: - then deny; + then observe", run.Output, StringComparison.Ordinal);
        Assert.Contains("changed  list hosts: - a.example; + b.example", run.Output, StringComparison.Ordinal);
        Assert.Contains("deny -> observe (one)", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Schema_is_what_the_loader_knows() => Assert.Equal(RuleSchema.Text(), (await RulesAsync("schema")).Output.TrimEnd());

    [Fact]
    public async Task Verify_accepts_what_was_signed_and_nothing_else()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var directory = Directory.CreateDirectory(folder.File("set")).FullName;
        var pack = folder.Write("set/10-one.yaml", One);
        var (secret, known) = (folder.Write("key.pem", key.ExportPkcs8PrivateKeyPem()), folder.Write("pub.pem", key.ExportSubjectPublicKeyInfoPem()));

        Assert.Equal(ExitCode.Denied, (await RulesAsync("verify", directory, "--key", known)).Code);
        Assert.Equal(ExitCode.Ok, (await RulesAsync("sign", directory, "--key", secret, "--version", "3")).Code);
        Assert.Equal(ExitCode.Ok, (await RulesAsync("verify", directory, "--key", known, "--at-least", "3")).Code);
        Assert.Equal(ExitCode.Denied, (await RulesAsync("verify", directory, "--key", known, "--at-least", "4")).Code);
        await File.AppendAllTextAsync(pack, "# changed\n");
        Assert.Equal(ExitCode.Denied, (await RulesAsync("verify", directory, "--key", known)).Code);
    }

    [Fact]
    public async Task Init_writes_a_site_that_loads_and_overwrites_none()
    {
        var site = folder.File("site.yaml");

        var run = await CommandLine.RunAsync(InitCommand.Create(), "--out", site, "--resolvers", "192.0.2.53", "2001:db8::53", "--acs-urls", "https://acs.example.net/cwmp");

        Assert.Equal((ExitCode.Ok, ""), (run.Code, run.Error));
        Assert.Equal<string>(["192.0.2.53", "2001:db8::53"], RuleSetLoader.Load(site).Set!.Lists["resolvers"].ToArray());
        Assert.Equal(ExitCode.Usage, (await CommandLine.RunAsync(InitCommand.Create(), "--out", site)).Code);
        Assert.Equal(ExitCode.Ok, (await CommandLine.RunAsync(InitCommand.Create(), "--out", site, "--force")).Code);
    }

    [Fact]
    public async Task Init_names_the_folder_that_can_be_checked_where_the_file_is_given_alone()
    {
        var site = Path.GetRandomFileName() + ".yaml";
        try
        {
            var run = await CommandLine.RunAsync(InitCommand.Create(), "--out", site);

            Assert.EndsWith("cwmpshield rules check .", run.Output.TrimEnd(), StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(site);
        }
    }

    [Fact]
    public async Task Import_reads_a_data_model_and_refuses_other_files()
    {
        var xml = folder.Write("model.xml", "<d><model name=\"Device:2\"><object name=\"Device.\" access=\"readOnly\"><parameter name=\"A\" access=\"readWrite\"><syntax><boolean/></syntax></parameter></object></model></d>");
        var output = folder.File("model.dm");

        Assert.Equal(ExitCode.Ok, (await CommandLine.RunAsync(DataModelCommand.Create(), "import", xml, "--out", output)).Code);
        Assert.Contains("device.a\tw\tboolean", await File.ReadAllTextAsync(output), StringComparison.Ordinal);
        Assert.Equal(ExitCode.Usage, (await CommandLine.RunAsync(DataModelCommand.Create(), "import", folder.Write("other.xml", "<d/>"), "--out", output)).Code);
        Assert.Equal(ExitCode.Usage, (await CommandLine.RunAsync(DataModelCommand.Create(), "import", folder.File("none.xml"), "--out", output)).Code);
    }

    private static Task<(int Code, string Output, string Error)> RulesAsync(params string[] arguments) => CommandLine.RunAsync(RulesCommand.Create(), arguments);

    private static (int Code, string Output) Trim((int Code, string Output, string Error) run) => (run.Code, run.Output.Trim());
}
