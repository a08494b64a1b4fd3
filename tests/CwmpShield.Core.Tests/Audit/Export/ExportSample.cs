using System.Buffers;
using System.Text;
using CwmpShield.Core.Audit;
using CwmpShield.Core.Audit.Export;

namespace CwmpShield.Core.Tests.Audit.Export;

/// <summary>Records as a store gives them.</summary>
internal static class ExportSample
{
    public static readonly AuditRecord Plain = new()
    {
        Node = "gw-1",
        Sequence = 7,
        At = new DateTimeOffset(2026, 11, 26, 20, 15, 1, 123, TimeSpan.Zero),
        Kind = AuditKind.OrderRefused,
        Device = "00AABB-HGW-SN1",
        Source = "192.0.2.7",
        Message = "SetParameterValues",
        Verdict = "deny",
        Reasons = ["rule-refused"],
        Rules = ["dns-redirect"],
        Fault = 9001,
    };

    public static AuditExportRow Row(AuditRecord record)
    {
        var body = new ArrayBufferWriter<byte>();
        AuditJson.Write(record, body);
        var hash = new byte[AuditChain.HashLength];
        AuditChain.Hash(AuditChain.Origin.Span, body.WrittenSpan, hash);
        return new AuditExportRow(record, body.WrittenMemory, hash);
    }

    public static string Text(AuditFormat format, AuditRecord record) => Text(format, Row(record));

    public static string Text(AuditFormat format, AuditExportRow row)
    {
        var output = new ArrayBufferWriter<byte>();
        format.Write(row, output);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }
}
