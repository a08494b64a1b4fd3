using System.Buffers;
using System.Globalization;
using System.Text;
using CwmpShield.Core.Audit;
using CwmpShield.Core.Audit.Export;
using CwmpShield.Gateway.Configuration;

namespace CwmpShield.Gateway.Auditing.Syslog;

/// <summary>
/// Records and checkpoints as messages of RFC 5424. The structured data names node and sequence, by which a message that comes twice is
/// known, and the hash. Everything outside of CEF is printable ASCII, and all of it one line.
/// </summary>
/// <param name="receiver">Whose messages they are.</param>
internal sealed class SyslogMessage(SyslogOptions receiver)
{
    /// <summary>The id of the structured data: 32473 is the number of documentation (RFC 5612), because the product has none of its own.</summary>
    public const string StructuredData = "cwmpshield@32473";

    private const int Informational = 6;

    private static readonly JsonLinesFormat Json = new();
    private static readonly CefFormat Cef = new();
    private readonly ArrayBufferWriter<byte> buffer = new(4096);

    /// <summary>The message of a record of a node's chain; good until the next one is asked for.</summary>
    public ReadOnlyMemory<byte> Of(LedgerRow row, string node)
    {
        var export = row.Export(node);
        Begin(SeverityOf(row.Record), row.Record.At, AuditKindName.Of(row.Record.Kind), node, row.Sequence, export.HashText);
        if (receiver.Format == SyslogFormat.Cef)
        {
            Cef.Write(export, buffer);
        }
        else if (export.IsOneLine)
        {
            buffer.Write(row.Body);
        }
        else
        {
            Json.Write(export, buffer);
        }

        return buffer.WrittenMemory;
    }

    /// <summary>The message of a checkpoint: its line, as the file of checkpoints has it.</summary>
    public ReadOnlyMemory<byte> Of(AuditCheckpoint checkpoint)
    {
        Begin(Informational, checkpoint.At, "checkpoint", checkpoint.Node, checkpoint.Sequence, checkpoint.Head);
        Encoding.UTF8.GetBytes(LedgerCheckpoints.Line(checkpoint), buffer);
        return buffer.WrittenMemory;
    }

    private void Begin(int severity, DateTimeOffset at, string kind, string node, long sequence, string hash)
    {
        // A node's name has no character to escape: the configuration sees to that. The chain of the command line has the name and a slash.
        var host = node.EndsWith(OperatorAudit.Suffix, StringComparison.Ordinal) ? node[..^OperatorAudit.Suffix.Length] : node;
        buffer.ResetWrittenCount();
        Encoding.ASCII.GetBytes(
            string.Create(
                CultureInfo.InvariantCulture,
                $"<{(receiver.Facility * 8) + severity}>1 {at.UtcDateTime.ToString(AuditJson.TimeFormat, CultureInfo.InvariantCulture)} {host} cwmpshield - {kind} [{StructuredData} node=\"{node}\" sequence=\"{sequence}\" hash=\"{hash}\"] "),
            buffer);
    }

    private static int SeverityOf(AuditRecord record) => AuditSeverityOf.Record(record) switch
    {
        AuditSeverity.Critical => 2,
        AuditSeverity.High => 4,
        AuditSeverity.Medium => 4,
        AuditSeverity.Low => 5,
        _ => Informational,
    };
}
