using System.Security.Cryptography;
using CwmpShield.Cli;
using CwmpShield.Gateway.Tests.Cli;

namespace CwmpShield.Gateway.Tests.Reporting;

/// <summary><c>cwmpshield report</c> and <c>report verify</c>.</summary>
public sealed class ReportCommandTests
{
    [Fact]
    public async Task Writes_a_signed_report_that_verifies_until_a_byte_of_it_changes()
    {
        using var lab = await ReportLab.StartAsync();
        var (code, output, error) = await RunAsync(lab, "--from", "2026-11-23", "--to", "2026-11-30", "--scheme", "nis2", "--json", lab.Json);
        Assert.Equal((ExitCode.Ok, ""), (code, error));
        Assert.Contains("3 refused and held orders, 14 controls, ledger intact", output, StringComparison.Ordinal);

        foreach (var file in new[] { lab.Html, lab.Json })
        {
            Assert.Equal(ExitCode.Ok, (await VerifyAsync(lab, file)).Code);
            await File.AppendAllTextAsync(file, " ");
            var changed = await VerifyAsync(lab, file);
            Assert.Equal(ExitCode.Denied, changed.Code);
            Assert.Contains("NOT good", changed.Output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Refuses_a_signature_of_another_key_and_one_that_is_missing()
    {
        using var lab = await ReportLab.StartAsync();
        await RunAsync(lab, "--from", "2026-11-23", "--to", "2026-11-30", "--scheme", "none");
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        await File.WriteAllTextAsync(lab.File("other.pub"), other.ExportSubjectPublicKeyInfoPem());

        Assert.Equal(ExitCode.Denied, (await CommandLine.RunAsync(ReportCommand.Create(), "verify", lab.Html, "--public-key", lab.File("other.pub"))).Code);
        await File.WriteAllTextAsync(lab.File("no.pub"), "no key");
        Assert.Equal(ExitCode.Denied, (await CommandLine.RunAsync(ReportCommand.Create(), "verify", lab.Html, "--public-key", lab.File("no.pub"))).Code);
        File.Delete(lab.Html + ".sig");
        Assert.Equal(ExitCode.Denied, (await VerifyAsync(lab, lab.Html)).Code);
        Assert.Equal(ExitCode.Usage, (await CommandLine.RunAsync(ReportCommand.Create(), "verify", lab.Html, "--public-key", lab.File("missing.pub"))).Code);
    }

    [Fact]
    public async Task Verifies_the_ledger_and_names_a_record_that_was_changed()
    {
        using var lab = await ReportLab.StartAsync();
        string[] period = ["--from", "2026-11-23", "--to", "2026-11-30", "--scheme", "none"];
        await lab.Store.WriteAsync(commands => commands.ExecuteAsync("UPDATE ledger SET device = '00AABB-HGW-9' WHERE seq = 4 AND kind = 'order-refused'"), default);

        Assert.Equal(ExitCode.Denied, (await RunAsync(lab, period)).Code);
        var html = await File.ReadAllTextAsync(lab.Html);
        Assert.Contains("NOT INTACT", html, StringComparison.Ordinal);
        Assert.Contains("<td class=\"t\">edge-1</td><td class=\"n\">4</td>", html, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Ok, (await VerifyAsync(lab, lab.Html)).Code);

        Assert.Equal(ExitCode.Ok, (await RunAsync(lab, [.. period, "--no-verify"])).Code);
        Assert.Contains("were not verified while", await File.ReadAllTextAsync(lab.Html), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("yesterday", "2026-11-30", "2026-11-25")]
    [InlineData("2026-11-23", "2026-11-31", "2026-11-25")]
    [InlineData("2026-11-23T08:30Z", "2026-11-30", "whole hour")]
    [InlineData("2026-11-30", "2026-11-23", "before")]
    [InlineData("2026-11-23", "2026-11-23", "before")]
    public async Task Refuses_a_period_that_is_none(string from, string to, string hint)
    {
        using var lab = await ReportLab.StartAsync();
        var command = ReportCommand.Create();
        var parsed = new System.CommandLine.RootCommand { command }.Parse(["report", "--from", from, "--to", to, "--out", lab.Html, "--store", lab.StoreFile, "--signing-key", lab.KeyFile]);

        Assert.Contains(parsed.Errors, error => error.Message.Contains(hint, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Says_what_is_missing()
    {
        using var lab = await ReportLab.StartAsync();
        string[] period = ["--from", "2026-11-23", "--to", "2026-11-30"];

        Assert.Contains("\"pci\"", (await RunAsync(lab, [.. period, "--scheme", "pci"])).Error, StringComparison.Ordinal);
        Assert.Contains("Mapping", (await RunAsync(lab, [.. period, "--controls", lab.File("nowhere")])).Error, StringComparison.OrdinalIgnoreCase);
        var unwritable = await RunAsync(lab, [.. period, "--scheme", "none", "--json", lab.File("no/such/report.json")]);
        Assert.Equal(ExitCode.Usage, unwritable.Code);
        Assert.Contains("cannot be written", unwritable.Error, StringComparison.Ordinal);
        File.Delete(lab.KeyFile);
        var unsigned = await RunAsync(lab, period);
        Assert.Equal(ExitCode.Usage, unsigned.Code);
        Assert.Contains("There is no key", unsigned.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(lab.KeyFile));
        Assert.Equal(ExitCode.Usage, (await CommandLine.RunAsync(ReportCommand.Create(), [.. period, "--out", lab.Html, "--store", lab.StoreFile])).Code);
        Assert.Equal(ExitCode.Usage, (await CommandLine.RunAsync(ReportCommand.Create(), [.. period, "--out", lab.Html, "--store", lab.File("no.db"), "--signing-key", lab.KeyFile])).Code);
    }

    private static Task<(int Code, string Output, string Error)> RunAsync(ReportLab lab, params string[] arguments) => CommandLine.RunAsync(
        ReportCommand.Create(), [.. arguments, "--out", lab.Html, "--store", lab.StoreFile, "--signing-key", lab.KeyFile]);

    private static Task<(int Code, string Output, string Error)> VerifyAsync(ReportLab lab, string file) =>
        CommandLine.RunAsync(ReportCommand.Create(), "verify", file, "--public-key", lab.KeyFile);
}
