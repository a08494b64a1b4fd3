using System.CommandLine;
using System.Text.Json;
using CwmpShield.Cli;
using CwmpShield.Cli.Artefacts;
using CwmpShield.Gateway.Storage;
using CwmpShield.Gateway.Tests.Storage;

namespace CwmpShield.Gateway.Tests.Cli;

/// <summary>Verbs that change something tell machines what, in one object.</summary>
public sealed class ChangeReportTests : IDisposable
{
    private const string Device = "00AABB-HGW-SN1";
    private readonly TemporaryFolder folder = new();
    private readonly string[] store;

    public ChangeReportTests() => store = ["--store", folder.File("registry.db"), "--key-file", folder.Write("key", MasterKey.Create().Export())];

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("quarantine", "quarantined")]
    [InlineData("disable", "disabled")]
    [InlineData("release", "bootstrap", "--to-bootstrap", "--strength", "none")]
    public async Task Tells_a_device_as_the_list_does(string verb, string status, params string[] more)
    {
        await DeviceAsync("add", Device, "--require-strength", "unique-certificate");
        var changed = await DeviceAsync([verb, Device, "--reason", "CHG-1", .. more, "--json"]);

        Assert.Equal(ExitCode.Ok, changed.Code);
        Assert.Equal((await DeviceAsync("list", "--json")).Output, changed.Output);
        Assert.Equal(status, One(changed.Output).GetProperty("status").GetString());
    }

    [Fact]
    public async Task Tells_the_keys_of_a_device_that_was_bound_and_unbound()
    {
        var spki = new string('a', 64);
        await DeviceAsync("add", Device);

        var bound = One((await DeviceAsync("bind", Device, "--spki", spki, "--json")).Output);
        Assert.Equal([spki], bound.GetProperty("boundKeys").EnumerateArray().Select(key => key.GetString()));
        Assert.Empty(One((await DeviceAsync("unbind", Device, "--spki", spki, "--json")).Output).GetProperty("boundKeys").EnumerateArray());
    }

    [Fact]
    public async Task Tells_a_removal_and_prints_no_object_where_nothing_was_changed()
    {
        await DeviceAsync("add", Device);

        Assert.True(One((await DeviceAsync("remove", Device, "--json")).Output).GetProperty("removed").GetBoolean());
        foreach (var arguments in new string[][] { ["remove", Device], ["disable", Device, "--reason", "x"], ["release", Device, "--reason", "x"] })
        {
            var refused = await DeviceAsync([.. arguments, "--json"]);
            Assert.Equal((ExitCode.Findings, ""), (refused.Code, refused.Output));
        }
    }

    [Fact]
    public async Task Tells_a_rotation_of_the_master_key_in_one_object()
    {
        await DeviceAsync("add", Device, "--generate-password");
        var rotated = await CommandLine.RunAsync(SecretsCommand.Create(), ["rotate", "--generate", "--json", .. store]);

        Assert.Equal(ExitCode.Ok, rotated.Code);
        Assert.Contains("Added the key", rotated.Error, StringComparison.Ordinal);
        var status = await CommandLine.RunAsync(SecretsCommand.Create(), ["status", "--json", .. store]);
        Assert.Contains($"\"key\":\"{One(rotated.Output).GetProperty("key").GetString()}\"", status.Output, StringComparison.Ordinal);
        Assert.Contains($"\"secrets\":{One(rotated.Output).GetProperty("secrets").GetInt32()}}}", status.Output, StringComparison.Ordinal);
        Assert.Single(One(rotated.Output).GetProperty("unused").EnumerateArray());
    }

    [Fact]
    public async Task Tells_a_withdrawal_and_its_end()
    {
        var withdrawn = One((await ArtefactAsync("withdraw", "fw", "--reason", "bricks")).Output);
        Assert.Equal(("fw", "bricks"), (withdrawn.GetProperty("artefact").GetString(), withdrawn.GetProperty("withdrawn").GetString()));
        Assert.True(One((await ArtefactAsync("restore", "fw")).Output).GetProperty("restored").GetBoolean());
        Assert.Equal("", (await ArtefactAsync("restore", "fw")).Output);
    }

    [Fact]
    public async Task Tells_the_files_of_the_lab_authority_and_no_key()
    {
        var lab = folder.File("lab");
        var made = await PkiAsync("init", "--out", lab);
        var issued = await PkiAsync("issue", "--ca", lab, "--device", Device, "--out", folder.File("one"), "--pfx-password-file", folder.Write("p", "pfx-secret-1"));
        var revoked = await PkiAsync("revoke", "--ca", lab, "--cert", folder.File("one.pem"), "--reason", "superseded");
        var signed = await PkiAsync("crl", "--ca", lab);

        Assert.True(File.Exists(made.GetProperty("certificate").GetString()));
        Assert.All(["certificate", "key", "pfx"], name => Assert.True(File.Exists(issued.GetProperty(name).GetString())));
        Assert.DoesNotContain("pfx-secret-1", issued.GetRawText(), StringComparison.Ordinal);
        Assert.Equal((issued.GetProperty("serial").GetString(), "superseded"), (revoked.GetProperty("serial").GetString(), revoked.GetProperty("reason").GetString()));
        Assert.True(File.Exists(signed.GetProperty("crl").GetString()));
    }

    /// <summary>The one line of the output.</summary>
    private static JsonElement One(string output) => JsonDocument.Parse(Assert.Single(output.Split('\n', StringSplitOptions.RemoveEmptyEntries))).RootElement;

    private static async Task<JsonElement> PkiAsync(params string[] arguments) => One((await CommandLine.RunAsync(PkiCommand.Create(), [.. arguments, "--json"])).Output);

    private Task<(int Code, string Output, string Error)> ArtefactAsync(params string[] arguments) =>
        CommandLine.RunAsync(ArtefactCommand.Create(), [.. arguments, "--json", .. store]);

    private Task<(int Code, string Output, string Error)> DeviceAsync(params string[] arguments) => CommandLine.RunAsync(DeviceCommand.Create(), [.. arguments, .. store]);
}
