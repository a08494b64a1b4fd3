using CwmpShield.Core.Audit;
using CwmpShield.Core.Cwmp;
using CwmpShield.Gateway.Auditing;
using CwmpShield.Gateway.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace CwmpShield.Console.Tests;

/// <summary>The pictures of docs/images that need a ledger of a busy week; written there where <c>CWMPSHIELD_PICTURES</c> is set.</summary>
[Collection(BrowserCollection.Name)]
public sealed class EvidencePictures(Browser browser)
{
    private static readonly (string Message, string Verdict, AuditKind Kind, string Rule, string Reason, string About)[] Attacks =
    [
        ("Download", "deny", AuditKind.OrderRefused, "download-unlisted-host", "denied-by-rule", "http://203.0.113.66/bins/mips.bin"),
        ("SetParameterValues", "hold", AuditKind.OrderHeld, "dns-redirect", "held-by-rule", "InternetGatewayDevice.LANDevice.1.LANHostConfigManagement.DNSServers"),
        ("SetParameterValues", "quarantine", AuditKind.OrderRefused, "acs-redirect", "quarantined-by-rule", "InternetGatewayDevice.ManagementServer.URL"),
        ("X_00D09E_Exec", "deny", AuditKind.OrderRefused, "", "rpc-unknown", ""),
        ("Inform", "deny", AuditKind.MessageRefused, "", "doctype", ""),
    ];

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Show_the_evidence_of_a_busy_week(ColorScheme colours)
    {
        await using var lab = await EvidenceLab.StartAsync();
        await FillAsync(lab);
        await using var visitor = await browser.VisitAsync(lab, colours: colours);
        await visitor.SignInAsync(ConsoleLab.Operator);
        await TakeAsync(visitor, "/?span=7d", "overview", colours, 1080);
        await TakeAsync(visitor, "/attacks", "attacks", colours);
        await TakeAsync(visitor, "/refusals", "refusals", colours);
        var held = (await lab.Services.GetRequiredService<LedgerSearch>().FindAsync(new LedgerQuery { Session = "s-story", Kinds = [AuditKind.OrderHeld] }, default))[0];
        await TakeAsync(visitor, $"/records/{held.Chain}/{held.Sequence}", "record", colours, 1330);
        await TakeAsync(visitor, "/rules/dns-redirect", "rule", colours);
        await TakeAsync(visitor, "/held/1", "held", colours);
        Assert.Empty(visitor.Complaints);
    }

    private static async Task TakeAsync(Visitor visitor, string path, string name, ColorScheme colours, int height = 960)
    {
        await visitor.Page.SetViewportSizeAsync(1360, height);
        await visitor.OpenAsync(path);
        await visitor.PictureAsync(name, colours);
    }

    private static async Task FillAsync(ConsoleLab lab)
    {
        var ledger = lab.Services.GetRequiredService<Ledger>();
        var now = TimeProvider.System.GetUtcNow();
        for (var hour = 167; hour >= 0; hour--)
        {
            var wave = 4 + (int)(3 * Math.Sin(hour / 24.0 * 2 * Math.PI)) + (hour is > 20 and < 34 ? 6 : 0);
            for (var i = 0; i < wave; i++)
            {
                ledger.Post(Refused(now.AddHours(-hour).AddMinutes(-i * 7), hour, i));
            }

            for (var i = 0; i < wave * 2; i++)
            {
                ledger.Post(EvidenceLab.Download(now.AddHours(-hour)) with { Kind = AuditKind.OrderIntent, Verdict = i % 5 == 0 ? "observe" : "forward", Reasons = [], Rules = [], Message = "GetParameterValues", Artefact = "", Session = $"f{hour}" });
            }
        }

        await StoryAsync(lab, now.AddHours(-3));
        await lab.Store.WriteAsync(
            commands => commands.ExecuteAsync(
                "INSERT INTO ledger_checkpoint (chain, seq, at, head, key_id, signature) SELECT chain, seq, @now, hash, '3f9a0c51d27be846', '' FROM ledger ORDER BY seq DESC LIMIT 1",
                ("@now", now.AddHours(-3).AddMinutes(1).ToUnixTimeMilliseconds())),
            default);
        for (var i = 1; i <= 6; i++)
        {
            await lab.AddDeviceAsync(new DeviceId("00D09E", "HGW-2000", $"SN{4_207_000 + i}"), "HGW 2000 v2");
        }

        await lab.Services.GetRequiredService<HeldOrderStore>().PassOrRecordAsync(
            new HeldSighting(
                EvidenceLab.Device, new string('d', 64), "SetParameterValues", ["dns-redirect"],
                ["InternetGatewayDevice.LANDevice.1.LANHostConfigManagement.DNSServers"], now.AddHours(-3), MayPass: false),
            default);
    }

    private static AuditRecord Refused(DateTimeOffset at, int hour, int i)
    {
        if (i % 6 == 5)
        {
            return new AuditRecord { At = at, Kind = AuditKind.AuthenticationFailed, Source = $"192.0.2.{20 + (hour % 3)}", Verdict = "deny", Reasons = ["name-failures-exceeded"], Subject = "00D09E-HGW-admin", Detail = "listener devices" };
        }

        var (message, verdict, kind, rule, reason, about) = Attacks[(hour + i) % Attacks.Length];
        return EvidenceLab.Download(at) with
        {
            Kind = kind,
            Device = new DeviceId("00D09E", "HGW-2000", $"SN{4_207_000 + ((hour + i) % 6) + 1}").ToString(),
            Model = i % 3 == 0 ? "202BC1-BM632w" : "00D09E-HGW-2000",
            Source = $"203.0.113.{7 + (i % 4)}",
            Session = $"r{hour}-{i}",
            Message = message,
            Verdict = verdict,
            Rules = rule.Length > 0 ? [rule] : [],
            Reasons = [reason],
            Artefact = message == "Download" ? about : "",
            Parameters = message == "SetParameterValues" ? [new AuditParameter(about, "198.51.100.66", "5d41402abc4b2a76b9719d911017c592")] : [],
        };
    }

    private static async Task StoryAsync(ConsoleLab lab, DateTimeOffset at)
    {
        var hash = lab.Services.GetRequiredService<CwmpShield.Gateway.Inspection.RuleSetHolder>().Current.Hash;
        var order = EvidenceLab.Download(at) with { Session = "s-story", RuleSet = hash, Artefact = "", Rules = [], Reasons = [], Fault = 0 };
        var intent = await EvidenceLab.WriteAsync(lab, order with { Kind = AuditKind.OrderIntent, Message = "GetParameterValues", Verdict = "forward" });
        await EvidenceLab.WriteAsync(lab, order with { At = at.AddMilliseconds(140), Kind = AuditKind.OrderOutcome, Message = "GetParameterValues", Verdict = "", Action = "answered", Intent = intent });
        await EvidenceLab.WriteAsync(lab, order with
        {
            At = at.AddMilliseconds(310),
            Kind = AuditKind.OrderHeld,
            Message = "SetParameterValues",
            MessageId = "1842",
            Verdict = "hold",
            Reasons = ["held-by-rule"],
            Rules = ["dns-redirect"],
            Fault = 9001,
            Parameters =
            [
                new("InternetGatewayDevice.LANDevice.1.LANHostConfigManagement.DNSServers", "198.51.100.66,198.51.100.67", "5d41402abc4b2a76b9719d911017c592"),
                new("InternetGatewayDevice.LANDevice.1.LANHostConfigManagement.DHCPServerEnable", "true", "b326b5062b2f0e69046810717534cb09"),
                new("InternetGatewayDevice.ManagementServer.ConnectionRequestPassword", null, "7215ee9c7d9dc229d2921a40e899ec5f"),
            ],
        });
        await EvidenceLab.WriteAsync(lab, order with { At = at.AddMilliseconds(520), Kind = AuditKind.OrderRefused, Message = "Download", Verdict = "deny", Reasons = ["denied-by-rule"], Rules = [EvidenceLab.Rule], Artefact = "http://203.0.113.66/bins/mips.bin", Fault = 9001 });
    }
}
