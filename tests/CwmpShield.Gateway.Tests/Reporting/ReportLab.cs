using System.Text.Json;
using CwmpShield.Core.Audit;
using CwmpShield.Core.Audit.Controls;
using CwmpShield.Core.Cwmp;
using CwmpShield.Core.Identity;
using CwmpShield.Gateway.Auditing;
using CwmpShield.Gateway.Drifting;
using CwmpShield.Gateway.Reporting;
using CwmpShield.Gateway.Storage;
using CwmpShield.Gateway.Tests.Storage;
using CwmpShield.Gateway.Transfers;

namespace CwmpShield.Gateway.Tests.Reporting;

/// <summary>A store with three days of a small fleet in it, and what is needed to make a report of them.</summary>
internal sealed class ReportLab : IDisposable
{
    /// <summary>What a hostile device calls itself.</summary>
    public const string Hostile = "\"><script>alert(1)</script><img src=x onerror=alert(2)>\u202Egnp.";

    public static readonly DateTimeOffset From = new(2026, 11, 23, 0, 0, 0, TimeSpan.Zero);

    private readonly TemporaryFolder folder = new();

    private ReportLab()
    {
        StoreFile = folder.File("registry.db");
        Store = SqliteStore.Open(StoreFile);
        KeyFile = folder.File("ledger-key.pem");
        using var key = LedgerKey.Open(KeyFile, "");
    }

    public SqliteStore Store { get; }

    public string StoreFile { get; }

    public string KeyFile { get; }

    public string Html => folder.File("report.html");

    public string Json => folder.File("report.json");

    public string File(string name) => folder.File(name);

    public static async Task<ReportLab> StartAsync()
    {
        var lab = new ReportLab();
        await lab.FillAsync();
        return lab;
    }

    public static ReportRequest Request() => new()
    {
        From = From,
        To = From.AddDays(7),
        At = From.AddDays(7).AddHours(1),
        Version = "test",
        ControlsHash = "hash",
        Verify = _ => Task.FromResult(new ReportedVerification(true, 26, HasElsewhere: false, [new VerifiedChain("edge-1", 1, 20, 2, 20)], 0, [])),
        Schemes = ControlLoader.LoadText("s.yaml", Scheme).Schemes,
    };

    /// <summary>Makes the report and reads it back.</summary>
    public async Task<(string Html, JsonElement Json, ReportOutcome Outcome)> MakeAsync(ReportRequest? request = null)
    {
        using var key = LedgerKey.Open(KeyFile, "");
        var outcome = await ReportRun.WriteAsync(Store, request ?? Request(), key, Html, Json, default);
        return (await System.IO.File.ReadAllTextAsync(Html), JsonDocument.Parse(await System.IO.File.ReadAllTextAsync(Json)).RootElement, outcome);
    }

    /// <summary>Adds records to the ledger of a node, and signs its head.</summary>
    public async Task AddAsync(string node, params AuditRecord[] records) => await Store.WriteAsync(
        async commands =>
        {
            var tip = await LedgerRows.TipAsync(commands, node);
            var rows = new List<LedgerRow>();
            var buffer = new System.Buffers.ArrayBufferWriter<byte>();
            foreach (var record in records)
            {
                rows.Add(tip.Next(record, buffer));
                tip = tip.With(rows[^1]);
            }

            await LedgerRows.AppendAsync(commands, rows);
            using var key = LedgerKey.Open(KeyFile, "");
            await LedgerRows.AddAsync(commands, tip.Chain, key.Sign(tip, rows[^1].Record.At), key.PublicKey);
            return 0;
        },
        default);

    public static AuditRecord Refused(DateTimeOffset at, string device = "00AABB-HGW-1", string rule = "dns-redirect", string message = "SetParameterValues") => new()
    {
        At = at, Kind = AuditKind.OrderRefused, Device = device, Model = "00AABB-HGW", Strength = "unique-certificate", Message = message, Verdict = "deny", Fault = 9001,
        Rules = [rule], Reasons = ["rule-denied"], RuleSet = new string('a', 64),
        Parameters = [new AuditParameter("Device.DNS.Client.Server.1.DNSServer", "203.0.113.9", new string('5', 32)), new AuditParameter("Device.Users.User.1.Password", null, new string('6', 32))],
    };

    public void Dispose()
    {
        Store.Dispose();
        folder.Dispose();
    }

    private const string Scheme = """
        controls-version: 1
        scheme: small
        title: A small scheme
        scope: Two controls.
        controls:
          - { id: "1", title: Shown, statement: "Orders are judged.", coverage: partial, evidence: [refused-orders, refused-by-rule, drift], rules: ["dns-*"], elsewhere: The rest., source: none, confirmed: false }
          - { id: "2", title: Not shown, statement: "Nothing is seen of it.", coverage: none, elsewhere: Elsewhere., source: none, confirmed: true }
        """;

    private async Task FillAsync()
    {
        await AddAsync("edge-1", [.. Records()]);
        await AddAsync("edge-1/cli", new AuditRecord { At = From.AddHours(30), Kind = AuditKind.OperatorAction, Actor = "alice", Action = "device-quarantine", Subject = "00AABB-HGW-1", Detail = "--reason CHG-1" });
        await Store.WriteAsync(
            async commands =>
            {
                await commands.ExecuteAsync("INSERT INTO device (oui, product_class, serial_number, status, required_strength, model, software_version) VALUES ('00AABB', 'HGW', '1', 'active', 4, '', '1.0')");
                await commands.ExecuteAsync("INSERT INTO device (oui, product_class, serial_number, status, required_strength, model, software_version) VALUES ('00AABB', 'HGW', '2', 'active', 2, '', '1.0')");
                await commands.ExecuteAsync("INSERT INTO device (oui, product_class, serial_number, status, required_strength, model, software_version) VALUES ('00AABB', @class, '3', 'quarantined', 0, '', '1.0')", ("@class", Hostile));
                await commands.ExecuteAsync(
                    "INSERT INTO certificate_seen (fingerprint, spki_sha256, subject, issuer, serial, key_kind, not_before, not_after, listener, first_seen, last_seen) VALUES ('f1', 's1', @subject, 'i', '01', 'ECDSA-256', 0, @until, 'tls', 0, 0)",
                    ("@subject", "CN=" + Hostile),
                    ("@until", From.AddDays(20).ToUnixTimeMilliseconds()));
                await ExpectationRows.PutAsync(commands, new DeviceId("00AABB", "HGW", "1"), [new Expectation
                {
                    Name = "Device.WiFi.SSID.1.SSID", Form = "string", Same = "1", Mac = new string('1', 32), Shown = "Home", OrderedAt = From, Drift = DriftKind.Value,
                    ObservedMac = new string('2', 32), ObservedShown = Hostile, Since = From.AddHours(3), Seen = From.AddHours(3),
                }]);
                return 0;
            },
            default);
        var transfer = new TransferRecord
        {
            Device = new DeviceId("00AABB", "HGW", "1"), Rpc = "Download", Artefact = "fw-2.0", Sha256 = new string('b', 64), Version = "2.0", IsFirmware = true, IsVerified = true,
            OrderedAt = From.AddHours(5), ExpiresAt = From.AddDays(1),
        };
        await new TransferLedger(Store).OpenAsync([(transfer, 100)], default);
    }

    private static IEnumerable<AuditRecord> Records()
    {
        yield return new AuditRecord { At = From.AddDays(-1), Kind = AuditKind.RulesChanged, Subject = new string('a', 64), Detail = "version 1.0.0" };
        yield return new AuditRecord { At = From.AddHours(1), Kind = AuditKind.NodeStarted, Subject = new string('c', 64), Detail = "version 0.9.0, rules enforce" };
        yield return new AuditRecord { At = From.AddHours(2), Kind = AuditKind.OrderIntent, Device = "00AABB-HGW-1", Model = "00AABB-HGW", Strength = "unique-certificate", Message = "Reboot", Verdict = "forward" };
        yield return Refused(From.AddHours(3));
        yield return Refused(From.AddHours(3), "00AABB-HGW-2", "artefact-unlisted", "Download") with { Artefact = "http://evil.example/fw.bin" };
        yield return Refused(From.AddHours(4), Hostile) with { Kind = AuditKind.OrderHeld, Verdict = "hold", Model = "" };
        yield return new AuditRecord { At = From.AddHours(5), Kind = AuditKind.MessageRefused, Device = "00AABB-HGW-2", Model = "00AABB-HGW", Message = "Inform", Verdict = "deny", Reasons = ["markup"], Rules = ["script-in-report"] };
        yield return new AuditRecord { At = From.AddHours(6), Kind = AuditKind.AuthenticationFailed, Source = "198.51.100.7", Verdict = "deny", Reasons = ["certificate-revoked"], Subject = Hostile };
        yield return new AuditRecord { At = From.AddHours(7), Kind = AuditKind.Summarised, Action = AuditReason.Strangers, Subject = "authentication-failed", Verdict = "deny", Reasons = ["certificate-untrusted"], Count = 40 };
        yield return new AuditRecord { At = From.AddHours(8), Kind = AuditKind.Summarised, Action = AuditReason.Lost, Count = 3 };
        yield return new AuditRecord { At = From.AddHours(9), Kind = AuditKind.RulesChanged, Subject = new string('d', 64), Detail = "version 1.1.0", RuleSet = new string('d', 64) };
        yield return new AuditRecord { At = From.AddHours(10), Kind = AuditKind.RulesChanged, Action = ChangeAudit.Kept, Subject = new string('e', 64), Detail = "20-dns.yaml:3:1: error" };
        yield return new AuditRecord { At = From.AddHours(11), Kind = AuditKind.ManifestChanged, Subject = new string('b', 64), Detail = "version 7, signed by release" };
        yield return new AuditRecord { At = From.AddHours(12), Kind = AuditKind.FailClosed, Action = AuditReason.Available, Detail = "since 2026-11-23T11:50:00.000Z dangerous orders were refused" };
        yield return new AuditRecord { At = From.AddHours(13), Kind = AuditKind.Drift, Device = "00AABB-HGW-1", Model = "00AABB-HGW", Action = DriftAction.Found, Reasons = [DriftKind.Value], Subject = "Device.WiFi.SSID.1.SSID" };
        yield return new AuditRecord { At = From.AddHours(14), Kind = AuditKind.NodeEnded };
        yield return new AuditRecord { At = From.AddHours(16), Kind = AuditKind.NodeStarted, Subject = new string('f', 64), Detail = "version 0.9.1, rules enforce" };
        yield return new AuditRecord { At = From.AddHours(16), Kind = AuditKind.ConfigurationChanged, Subject = new string('f', 64), Detail = $"was {new string('c', 64)}" };
        yield return new AuditRecord { At = From.AddHours(50), Kind = AuditKind.NodeStarted, Action = AuditReason.UncleanEnd, Subject = new string('f', 64), Detail = "version 0.9.1, rules enforce" };
        yield return Refused(From.AddDays(8), rule: "dns-after-the-period");
    }
}
