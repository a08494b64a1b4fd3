using System.Buffers;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace CwmpShield.Core.Audit.Export;

/// <summary>
/// ArcSight Common Event Format, version 0: one line. A bar and a backslash are escaped in the header, an equals sign, a backslash and
/// line ends in the extension; other invisible characters are spelt out. Values are cut where the format's dictionary ends them.
/// </summary>
public sealed class CefFormat : AuditFormat
{
    private const int Short = 63;
    private const int Usual = 1023;
    private const int Custom = 4000;
    private static readonly string Version = typeof(CefFormat).Assembly.GetName().Version?.ToString(3) ?? "";

    /// <inheritdoc/>
    public override void Write(AuditExportRow row, IBufferWriter<byte> output)
    {
        var record = row.Record;
        var kind = AuditKindName.Of(record.Kind);
        var line = new StringBuilder(512)
            .Append("CEF:0|CwmpShield|CwmpShield|").Append(Header(Version)).Append('|').Append(kind).Append('|').Append(Header(AuditSentence.Title(record)))
            .Append(CultureInfo.InvariantCulture, $"|{Severity(record)}|rt={record.At.ToUnixTimeMilliseconds()} cat={kind}")
            .Append(CultureInfo.InvariantCulture, $" externalId={record.Sequence} cnt={record.Count}");
        Add(line, "dvchost", record.Node, 100);
        AddAddress(line, record.Source);
        Add(line, "suser", record.Actor, Usual);
        Add(line, "act", record.Verdict.Length > 0 ? record.Verdict : record.Action, Short);
        Add(line, "outcome", AuditSentence.Outcome(record), Short);
        Add(line, "reason", string.Join(' ', record.Reasons), Usual);
        Add(line, record.Artefact.Contains("://", StringComparison.Ordinal) ? "request" : "fname", record.Artefact, Usual);
        Add(line, "msg", record.Detail, Usual);
        AddLabelled(line, "cs1", "device", record.Device);
        AddLabelled(line, "cs2", "rules", string.Join(' ', record.Rules));
        AddLabelled(line, "cs3", "parameters", ParameterText.Of(record));
        AddLabelled(line, "cs4", "rpc", record.Message);
        AddLabelled(line, "cs5", "subject", record.Subject);
        AddLabelled(line, "cs6", "hash", row.HashText);
        AddLabelled(line, "cn1", "fault", record.Fault == 0 ? "" : record.Fault.ToString(CultureInfo.InvariantCulture));
        AddLabelled(line, "cn2", "intent", record.Intent == 0 ? "" : record.Intent.ToString(CultureInfo.InvariantCulture));
        AddLabelled(line, "flexString1", "session", record.Session);
        AddLabelled(line, "flexString2", "strength", record.Strength);
        Add(line, "CwmpShieldModel", record.Model, Usual);
        Add(line, "CwmpShieldMessageId", record.MessageId, Usual);
        Add(line, "CwmpShieldOrder", record.Order, Usual);
        Add(line, "CwmpShieldRuleSet", record.RuleSet, Usual);
        Add(line, "CwmpShieldExceptions", string.Join(' ', record.Exceptions), Usual);
        Add(line, "CwmpShieldTrace", record.Trace, Usual);
        Encoding.UTF8.GetBytes(line.ToString(), output);
    }

    private static int Severity(AuditRecord record) => AuditSeverityOf.Record(record) switch
    {
        AuditSeverity.Critical => 9,
        AuditSeverity.High => 7,
        AuditSeverity.Medium => 5,
        AuditSeverity.Low => 3,
        _ => 1,
    };

    private static void AddAddress(StringBuilder line, string source)
    {
        if (!IPAddress.TryParse(source, out var address))
        {
            Add(line, "shost", source, Usual);
        }
        else if (address.AddressFamily == AddressFamily.InterNetwork)
        {
            Add(line, "src", source, Usual);
        }
        else
        {
            Add(line, "c6a2", source, Usual);
            Add(line, "c6a2Label", "Source IPv6 Address", Usual);
        }
    }

    private static void AddLabelled(StringBuilder line, string key, string label, string value)
    {
        if (value.Length > 0)
        {
            Add(line, key, value, Custom);
            Add(line, key + "Label", label, Usual);
        }
    }

    private static void Add(StringBuilder line, string key, string value, int most)
    {
        if (value.Length == 0)
        {
            return;
        }

        var cut = value.Length <= most ? value : value[..(char.IsHighSurrogate(value[most - 1]) ? most - 1 : most)];
        line.Append(' ').Append(key).Append('=').Append(VisibleText.Of(
            cut.Replace("\\", "\\\\", StringComparison.Ordinal)
                .Replace("=", "\\=", StringComparison.Ordinal)
                .Replace("\r", "\\r", StringComparison.Ordinal)
                .Replace("\n", "\\n", StringComparison.Ordinal)));
    }

    private static string Header(string text) => VisibleText.Of(
        text.Replace("\\", "\\\\", StringComparison.Ordinal)
            .Replace("|", "\\|", StringComparison.Ordinal)
            .Replace('\r', ' ')
            .Replace('\n', ' '));
}
