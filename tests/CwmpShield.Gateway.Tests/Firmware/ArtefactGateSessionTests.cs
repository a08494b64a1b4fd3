using CwmpShield.Core.Cwmp;
using CwmpShield.Core.Firmware;
using CwmpShield.Core.Identity;
using CwmpShield.Gateway.Firmware;
using CwmpShield.Gateway.Storage;
using CwmpShield.Gateway.Tests.Doubles;
using Microsoft.Extensions.DependencyInjection;

namespace CwmpShield.Gateway.Tests.Firmware;

/// <summary>The gate in sessions: what the ACS is told, and what reaches the device.</summary>
public sealed class ArtefactGateSessionTests : IDisposable
{
    private const string Rules = """
        cwmpshield: 1
        rules:
          - { id: artefact-withdrawn, title: t, severity: critical, on: [Download], where: { artefact: { reason: artefact-withdrawn } }, then: deny }
          - { id: artefact-unknown-url, title: t, severity: critical, on: [Download], where: { artefact: { reason: artefact-unknown-url } }, then: deny }
          - { id: whatever-else, title: t, severity: high, on: [Download], where: { artefact: { reason: any } }, then: deny }
        """;

    private readonly ManifestLab manifest = new(TimeProvider.System.GetUtcNow());

    public void Dispose() => manifest.Dispose();

    [Fact]
    public async Task Refuses_what_the_manifest_does_not_list_and_lets_the_listed_file_through()
    {
        manifest.Write(1);
        var acs = QueueingAcs.Start();
        await using var server = acs.Server;
        acs.Order(id => Download(id, "https://fw.example.net/other.bin"));
        acs.Order(id => Download(id, ManifestLab.Url, size: 999));
        acs.Order(id => Download(id, ManifestLab.Url));
        await using var lab = await Lab.StartWithRulesAsync(server, Rules, options => options with { Artefacts = manifest.Options, Mirror = options.Mirror with { Direct = ["fw.example.net"] } });
        await using var device = await lab.DeviceAsync();
        await device.InformAsync();

        var seen = await device.EmptyAsync();

        Assert.Equal(("Download", "o3"), (seen.Method, seen.Id));
        Assert.Contains($"gateway: {ArtefactReason.UnknownUrl}", Fault(server, "o1"), StringComparison.Ordinal);
        Assert.Contains($"gateway: whatever-else ({ArtefactReason.SizeMismatch})", Fault(server, "o2"), StringComparison.Ordinal);
        await lab.CountsAsync("cwmpshield_refusals_total", ArtefactReason.UnknownUrl);
    }

    [Fact]
    public async Task Refuses_a_withdrawn_file_at_once()
    {
        manifest.Write(1);
        var acs = QueueingAcs.Start();
        await using var server = acs.Server;
        acs.Order(id => Download(id, ManifestLab.Url));
        acs.Order(id => Soap.GetParameterValues(id));
        await using var lab = await Lab.StartWithRulesAsync(server, Rules, options => options with { Artefacts = manifest.Options, Mirror = options.Mirror with { Direct = ["fw.example.net"] } });
        await new ArtefactStore(lab.Store).WithdrawAsync(new Withdrawal("hgw-1.3.0", "bricks", TimeProvider.System.GetUtcNow(), "ops"), default);
        await lab.Services.GetRequiredService<ArtefactHolder>().PollAsync(default);
        await using var device = await lab.DeviceAsync();
        await device.InformAsync();

        Assert.Equal("o2", (await device.EmptyAsync()).Id);
        Assert.Contains(ArtefactReason.Withdrawn, Fault(server, "o1"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Serves_sessions_while_no_manifest_counts_and_refuses_downloads()
    {
        manifest.Write(1, signed: false);
        var acs = QueueingAcs.Start();
        await using var server = acs.Server;
        acs.Order(id => Download(id, ManifestLab.Url));
        acs.Order(id => Soap.GetParameterValues(id));
        await using var lab = await Lab.StartWithRulesAsync(server, Rules, options => options with { Artefacts = manifest.Options, Mirror = options.Mirror with { Direct = ["fw.example.net"] } });
        await using var device = await lab.DeviceAsync();
        await device.InformAsync();

        Assert.Equal("o2", (await device.EmptyAsync()).Id);
        Assert.Contains(ArtefactReason.NotSigned, Fault(server, "o1"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refuses_firmware_older_than_the_device_once_ran()
    {
        manifest.Write(1);
        var acs = QueueingAcs.Start();
        await using var server = acs.Server;
        acs.Order(id => Download(id, ManifestLab.Url));
        acs.Order(id => Soap.GetParameterValues(id));
        await using var lab = await Lab.StartWithRulesAsync(server, Rules, options => options with { Artefacts = manifest.Options });
        var registry = lab.Services.GetRequiredService<IDeviceRegistry>();
        var row = (await registry.FindAsync(new DeviceId(Lab.Oui, Lab.ProductClass, "1"), default))!.Device;
        await registry.RecordAsync(
            new Sighting { Key = row.Key, SeenAt = TimeProvider.System.GetUtcNow(), Strength = IdentityStrength.None, SoftwareVersion = "1.10.0" }, default);
        await using var device = await lab.DeviceAsync();
        await device.InformAsync();

        // It informs 1.0 now, and 1.3.0 is on offer.
        Assert.Equal("o2", (await device.EmptyAsync()).Id);
        Assert.Contains(ArtefactReason.Rollback, Fault(server, "o1"), StringComparison.Ordinal);
    }

    private static string Fault(ScriptedAcs server, string id)
    {
        var fault = Assert.Single(server.Received, r => r.Method == "Fault" && r.Id == id);
        Assert.Equal("9001", fault.FaultCode);
        return fault.Body;
    }

    private static string Download(string id, string url, int size = 0) => Soap.Envelope(
        id,
        $"<cwmp:Download><CommandKey>{id}</CommandKey><FileType>1 Firmware Upgrade Image</FileType><URL>{url}</URL><Username/><Password/><FileSize>{size}</FileSize><TargetFileName/><DelaySeconds>0</DelaySeconds><SuccessURL/><FailureURL/></cwmp:Download>");
}
