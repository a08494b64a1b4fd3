using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace CwmpShield.Core.Audit;

/// <summary>
/// The bytes that are hashed: one JSON object in ASCII, members in this order, those that say nothing left out. Control characters,
/// markup and everything outside ASCII is escaped, so that a device's text stays text wherever the record is shown.
/// </summary>
public static class AuditJson
{
    /// <summary>Format of <see cref="AuditRecord.At"/>.</summary>
    public const string TimeFormat = "yyyy-MM-ddTHH:mm:ss.fffZ";

    /// <summary>Characters of a short text at most.</summary>
    internal const int MaxShort = 256;

    private const int MaxDetail = 512;

    /// <summary>Writes a record.</summary>
    public static void Write(AuditRecord record, IBufferWriter<byte> output)
    {
        using var json = new Utf8JsonWriter(output);
        Write(record, json);
    }

    /// <summary>Writes a record with a writer of the caller's, which is flushed.</summary>
    public static void Write(AuditRecord record, Utf8JsonWriter json)
    {
        ArgumentNullException.ThrowIfNull(record);
        ArgumentNullException.ThrowIfNull(json);
        json.WriteStartObject();
        json.WriteNumber("v"u8, 1);
        json.WriteString("node"u8, Cut(record.Node, MaxShort));
        json.WriteNumber("seq"u8, record.Sequence);
        WriteTime(json, record.At);
        json.WriteString("kind"u8, AuditKindName.Of(record.Kind));
        Text(json, "session"u8, record.Session);
        Text(json, "device"u8, record.Device);
        Text(json, "model"u8, record.Model);
        Text(json, "source"u8, record.Source);
        Text(json, "strength"u8, record.Strength);
        Text(json, "message"u8, record.Message);
        Text(json, "id"u8, record.MessageId, 64);
        Text(json, "order"u8, record.Order);
        Parameters(json, record);
        Text(json, "artefact"u8, record.Artefact, MaxDetail);
        Text(json, "verdict"u8, record.Verdict);
        List(json, "reasons"u8, record.Reasons);
        List(json, "rules"u8, record.Rules);
        List(json, "exceptions"u8, record.Exceptions);
        Text(json, "ruleset"u8, record.RuleSet);
        Number(json, "fault"u8, record.Fault, 0);
        Text(json, "actor"u8, record.Actor);
        Text(json, "action"u8, record.Action);
        Text(json, "subject"u8, record.Subject, MaxDetail);
        Text(json, "detail"u8, record.Detail, MaxDetail);
        Number(json, "intent"u8, record.Intent, 0);
        Text(json, "trace"u8, record.Trace);
        Number(json, "count"u8, record.Count, 1);
        json.WriteEndObject();
        json.Flush();
    }

    private static void WriteTime(Utf8JsonWriter json, DateTimeOffset at)
    {
        Span<byte> text = stackalloc byte[24];
        at.UtcDateTime.TryFormat(text, out var written, TimeFormat, CultureInfo.InvariantCulture);
        json.WriteString("at"u8, text[..written]);
    }

    private static void Parameters(Utf8JsonWriter json, AuditRecord record)
    {
        if (record.Parameters.Count > 0)
        {
            json.WriteStartArray("parameters"u8);
            foreach (var parameter in record.Parameters)
            {
                json.WriteStartObject();
                json.WriteString("name"u8, Cut(parameter.Name, MaxShort));
                Text(json, "value"u8, parameter.Value ?? "");
                Text(json, "mac"u8, parameter.Mac ?? "");
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        Number(json, "left_out"u8, record.ParametersLeftOut, 0);
    }

    private static void Text(Utf8JsonWriter json, ReadOnlySpan<byte> name, string value, int most = MaxShort)
    {
        if (value.Length > 0)
        {
            json.WriteString(name, Cut(value, most));
        }
    }

    private static void Number(Utf8JsonWriter json, ReadOnlySpan<byte> name, long value, long silent)
    {
        if (value != silent)
        {
            json.WriteNumber(name, value);
        }
    }

    private static void List(Utf8JsonWriter json, ReadOnlySpan<byte> name, IReadOnlyList<string> values)
    {
        if (values.Count == 0)
        {
            return;
        }

        json.WriteStartArray(name);
        foreach (var value in values.Take(AuditRecord.MaxParameters))
        {
            json.WriteStringValue(Cut(value, MaxShort));
        }

        json.WriteEndArray();
    }

    /// <summary>A text, shortened.</summary>
    internal static ReadOnlySpan<char> Cut(string text, int most)
    {
        if (text.Length <= most)
        {
            return text;
        }

        // Not between the halves of a pair: what is left must be text.
        return text.AsSpan(0, char.IsHighSurrogate(text[most - 1]) ? most - 1 : most);
    }
}
