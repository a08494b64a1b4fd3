using System.Buffers;
using System.Globalization;
using System.Text;

namespace CwmpShield.Core.Audit.Export;

/// <summary>
/// CSV (RFC 4180) with a header. A cell that a spreadsheet would take for a formula begins with an apostrophe; control characters but
/// line ends and tabs are spelt out.
/// </summary>
public sealed class CsvFormat : AuditFormat
{
    private static readonly SearchValues<char> Quoted = SearchValues.Create(",\"\r\n");

    /// <summary>Beginnings of formulas, the wide forms that some programs read alike among them.</summary>
    private static readonly SearchValues<char> Formulas = SearchValues.Create("=+-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20");

    private static readonly (string Name, Func<AuditExportRow, string> Cell)[] Columns =
    [
        ("node", row => row.Record.Node),
        ("sequence", row => Number(row.Record.Sequence)),
        ("time", row => row.Record.At.UtcDateTime.ToString(AuditJson.TimeFormat, CultureInfo.InvariantCulture)),
        ("kind", row => AuditKindName.Of(row.Record.Kind)),
        ("device", row => row.Record.Device),
        ("model", row => row.Record.Model),
        ("session", row => row.Record.Session),
        ("source", row => row.Record.Source),
        ("strength", row => row.Record.Strength),
        ("message", row => row.Record.Message),
        ("message_id", row => row.Record.MessageId),
        ("order", row => row.Record.Order),
        ("parameters", row => ParameterText.Of(row.Record)),
        ("artefact", row => row.Record.Artefact),
        ("verdict", row => row.Record.Verdict),
        ("reasons", row => string.Join(' ', row.Record.Reasons)),
        ("rules", row => string.Join(' ', row.Record.Rules)),
        ("exceptions", row => string.Join(' ', row.Record.Exceptions)),
        ("ruleset", row => row.Record.RuleSet),
        ("fault", row => row.Record.Fault == 0 ? "" : Number(row.Record.Fault)),
        ("actor", row => row.Record.Actor),
        ("action", row => row.Record.Action),
        ("subject", row => row.Record.Subject),
        ("detail", row => row.Record.Detail),
        ("intent", row => row.Record.Intent == 0 ? "" : Number(row.Record.Intent)),
        ("trace", row => row.Record.Trace),
        ("count", row => Number(row.Record.Count)),
        ("hash", row => row.HashText),
    ];

    /// <inheritdoc/>
    public override ReadOnlySpan<byte> LineEnd => "\r\n"u8;

    /// <inheritdoc/>
    public override void Begin(IBufferWriter<byte> output)
    {
        Encoding.UTF8.GetBytes(string.Join(',', Columns.Select(column => column.Name)), output);
        output.Write(LineEnd);
    }

    /// <inheritdoc/>
    public override void Write(AuditExportRow row, IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(output);
        for (var i = 0; i < Columns.Length; i++)
        {
            if (i > 0)
            {
                output.Write(","u8);
            }

            Encoding.UTF8.GetBytes(Escaped(Columns[i].Cell(row)), output);
        }
    }

    private static string Escaped(string cell)
    {
        var safe = VisibleText.Of(cell, "\r\n\t");
        if (safe.Length > 0 && Formulas.Contains(safe[0]))
        {
            safe = "'" + safe;
        }

        return safe.AsSpan().ContainsAny(Quoted) ? $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : safe;
    }

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
