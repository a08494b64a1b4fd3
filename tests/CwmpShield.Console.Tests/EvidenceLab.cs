using CwmpShield.Core.Audit;
using CwmpShield.Core.Cwmp;
using CwmpShield.Gateway.Auditing;
using CwmpShield.Gateway.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace CwmpShield.Console.Tests;

/// <summary>A console whose ledger tells of a day of attacks.</summary>
internal static class EvidenceLab
{
    public const string Rule = "download-unlisted-host";
    public const string Hostile = "<img src=x onerror=alert(1)>'\"\u202E";

    public const string Rules = """
        cwmpshield: 1
        rules:
          - id: download-unlisted-host
            title: Files come from listed hosts only
            severity: critical
            maturity: stable
            why: A device runs whatever image it is told to fetch.
            references: [ATT&CK T1195.002]
            on: [Download]
            then: deny
            where: {}
          - id: dns-redirect
            title: DNS servers stay the operator's
            severity: high
            on: [SetParameterValues]
            then: hold
            where:
              parameter: { path: "**.DNSServers" }
        exceptions:
          - rule: dns-redirect
            device: { group: resolvers }
            until: 2099-01-01
            ticket: SEC-1201
            reason: Migration of the resolvers
        """;

    public static DeviceId Device { get; } = new("00D09E", "HGW-2000", "SN4207037");

    public static async Task<ConsoleLab> StartAsync(bool twoPersons = false)
    {
        var lab = await ConsoleLab.StartAsync((options, _) => options with { TwoPersonRelease = twoPersons }, rules: Rules);
        await lab.AddDeviceAsync(Device);
        return lab;
    }

    /// <summary>Has an order held; it has the number 1.</summary>
    public static async Task HoldAsync(ConsoleLab lab) => await lab.Services.GetRequiredService<HeldOrderStore>().PassOrRecordAsync(
        new HeldSighting(Device, new string('d', 64), "SetParameterValues", ["dns-redirect"], ["Device.DNS.Client.Server.1.DNSServer", Hostile], TimeProvider.System.GetUtcNow(), MayPass: false), default);

    /// <summary>Yesterday at an hour, UTC.</summary>
    public static DateTimeOffset Yesterday(int hour, int minute = 0) =>
        new DateTimeOffset(TimeProvider.System.GetUtcNow().UtcDateTime.Date, TimeSpan.Zero).AddDays(-1).AddHours(hour).AddMinutes(minute);

    /// <summary>Writes a record down and returns its place.</summary>
    public static async Task<long> WriteAsync(ConsoleLab lab, AuditRecord record) => await lab.Services.GetRequiredService<Ledger>().WriteAsync(record);

    /// <summary>A refused Download of yesterday.</summary>
    public static AuditRecord Download(DateTimeOffset at) => new()
    {
        At = at,
        Kind = AuditKind.OrderRefused,
        Device = Device.ToString(),
        Model = "00D09E-HGW-2000",
        Source = "203.0.113.7",
        Strength = "unique-certificate",
        Session = "s-1",
        Message = "Download",
        MessageId = "77",
        Artefact = "http://files.evil.example/mirai.bin",
        Verdict = "deny",
        Reasons = ["denied-by-rule"],
        Rules = [Rule],
        RuleSet = new string('a', 64),
        Fault = 9001,
    };

    /// <summary>A day as attackers make it: downloads, a held DNS change, and strangers at the door.</summary>
    public static async Task AttackAsync(ConsoleLab lab)
    {
        await WriteAsync(lab, Download(Yesterday(3, 14)));
        await WriteAsync(lab, Download(Yesterday(3, 15)));
        await WriteAsync(lab, Download(Yesterday(4)) with
        {
            Kind = AuditKind.OrderHeld,
            Message = "SetParameterValues",
            Artefact = "",
            Verdict = "hold",
            Reasons = ["held-by-rule"],
            Rules = ["dns-redirect"],
            Parameters =
            [
                new("InternetGatewayDevice.LANDevice.1.LANHostConfigManagement.DNSServers", "198.51.100.66", new string('b', 32)),
                new("InternetGatewayDevice.ManagementServer.Password", null, new string('c', 32)),
            ],
        });
        await WriteAsync(lab, new AuditRecord
        {
            At = Yesterday(5),
            Kind = AuditKind.AuthenticationFailed,
            Source = "192.0.2.99",
            Verdict = "deny",
            Reasons = ["name-failures-exceeded"],
            Subject = Hostile,
            Detail = "listener devices",
        });
        await WriteAsync(lab, Download(TimeProvider.System.GetUtcNow()) with { Message = Hostile, MessageId = Hostile, Session = Hostile, Artefact = Hostile, Rules = [Hostile], Reasons = [Hostile] });
    }
}
