using System.Buffers;
using System.Globalization;
using CwmpShield.Core.Audit;
using CwmpShield.Gateway.Auditing;
using CwmpShield.Gateway.Storage;

namespace CwmpShield.Bench;

/// <summary>A ledger as of a fleet under attack: good chains, checkpoints and counts, written in groups of thousands.</summary>
internal static class LedgerFill
{
    private const int Group = 4000;
    private static readonly string[] Messages = ["GetParameterValues", "SetParameterValues", "Download", "Reboot", "GetParameterNames"];
    private static readonly string[] Models = ["00D09E-HGW", "00AABB-HGW", "00D09E-STB", "F0F0F0-ONT"];
    private static readonly string[] Rules = ["dns-redirect", "rogue-firmware", "acs-takeover", "remote-access", "credentials-read"];

    /// <summary>Adds records to the chain of a node.</summary>
    /// <param name="store">The store.</param>
    /// <param name="key">Signs a checkpoint behind each group.</param>
    /// <param name="node">The node.</param>
    /// <param name="records">How many.</param>
    /// <param name="from">When the first was written.</param>
    /// <param name="to">When the last was.</param>
    public static async Task WriteAsync(Store store, LedgerKey key, string node, long records, DateTimeOffset from, DateTimeOffset to)
    {
        await store.WriteAsync(
            async commands =>
            {
                await BulkInsert.PrepareAsync(commands);
                return 0;
            },
            default);
        var buffer = new ArrayBufferWriter<byte>(2048);
        for (var done = 0L; done < records; done += Group)
        {
            var (first, count) = (done, (int)Math.Min(Group, records - done));
            await store.WriteAsync(
                async commands =>
                {
                    var tip = await LedgerRows.TipAsync(commands, node);
                    var rows = new List<LedgerRow>(count);
                    for (var i = 0; i < count; i++)
                    {
                        var row = tip.Next(Record(first + i, from + ((to - from) * ((double)(first + i) / records))), buffer);
                        rows.Add(row);
                        tip = tip.With(row);
                    }

                    await LedgerRows.AppendAsync(commands, rows);
                    await LedgerRows.AddAsync(commands, tip.Chain, key.Sign(tip, rows[^1].Record.At), key.PublicKey);
                    return 0;
                },
                default);
        }
    }

    /// <summary>One of the records: an order and its outcome, one in nine refused, log-ins that fail now and then.</summary>
    public static AuditRecord Record(long number, DateTimeOffset at)
    {
        var message = Messages[number / 2 % Messages.Length];
        var model = Models[number / 7 % Models.Length];
        var record = new AuditRecord
        {
            At = at,
            Kind = AuditKind.OrderIntent,
            Session = string.Create(CultureInfo.InvariantCulture, $"{number / 8 * 2654435761 % 281474976710656:x12}"),
            Device = string.Create(CultureInfo.InvariantCulture, $"{model}-SN{number / 8 % 50_000:D8}"),
            Model = model,
            Source = string.Create(CultureInfo.InvariantCulture, $"198.51.{number / 64 % 256}.{number / 8 % 256}"),
            Strength = "unique-certificate",
            Message = message,
            MessageId = string.Create(CultureInfo.InvariantCulture, $"o{number}"),
            Verdict = "forward",
            RuleSet = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        };
        return (number % 18) switch
        {
            0 => record with { Kind = AuditKind.AuthenticationFailed, Device = "", Model = "", Session = "", Message = "", MessageId = "", Verdict = "deny", Reasons = ["wrong-password"], Subject = "admin" },
            9 => record with { Kind = AuditKind.OrderRefused, Verdict = "deny", Reasons = ["rule"], Rules = [Rules[number / 18 % Rules.Length]], Fault = 9001, Parameters = Values(number) },
            < 9 => record with { Parameters = Values(number), Order = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad" },
            _ => record with { Kind = AuditKind.OrderOutcome, Verdict = "", RuleSet = "", Action = "answered", Intent = number - 8 },
        };
    }

    private static AuditParameter[] Values(long number) =>
    [
        new("Device.ManagementServer.PeriodicInformInterval", "3600", "00112233445566778899aabbccddeeff"),
        new("Device.WiFi.SSID.1.SSID", null, string.Create(CultureInfo.InvariantCulture, $"{number:x32}")),
    ];
}
