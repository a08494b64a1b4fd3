using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using CwmpShield.Core.Audit;
using CwmpShield.Gateway.Auditing;

namespace CwmpShield.Cli.Audit;

/// <summary>Records as they are shown: a line of a table for people, the hashed object itself for machines.</summary>
internal static class RecordView
{
    private const int MaxWidth = 80;

    /// <summary>The table's head.</summary>
    public static string Head { get; } = $"{"TIME",-24}  {"RECORD",-20}  {"KIND",-21}  {"DEVICE OR ACTOR",-28}  {"MESSAGE",-22}  WHAT";

    /// <summary>A line of the table.</summary>
    public static string Line(LedgerRow row)
    {
        var record = row.Record;
        var place = string.Create(CultureInfo.InvariantCulture, $"{record.Node} {row.Sequence}");
        var who = record.Device.Length > 0 ? record.Device : record.Actor.Length > 0 ? record.Actor : record.Source;
        return Plain($"{Time(record.At),-24}  {place,-20}  {AuditKindName.Of(record.Kind),-21}  {who,-28}  {record.Message,-22}  {What(record)}");
    }

    /// <summary>A JSON object: where the record is, its hash, and the object that was hashed as it is.</summary>
    public static string ToJson(LedgerRow row)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("place", LedgerPlace.Of(row).ToString());
            json.WriteString("hash", Convert.ToHexStringLower(row.Hash));
            json.WritePropertyName("record");
            if (AuditJsonReader.Read(row.Body) is null)
            {
                json.WriteNullValue();
            }
            else
            {
                json.WriteRawValue(row.Body);
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>A time as records have it.</summary>
    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString(AuditJson.TimeFormat, CultureInfo.InvariantCulture);

    /// <summary>A text of a stranger's on a terminal: nothing in it moves the cursor or changes colours.</summary>
    public static string Plain(string text)
    {
        if (!text.AsSpan().ContainsAnyExceptInRange(' ', '~'))
        {
            return text;
        }

        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            var isShown = Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned);
            clean.Append(isShown ? rune.ToString() : "\uFFFD");
        }

        return clean.ToString();
    }

    private static string What(AuditRecord record)
    {
        var count = record.Count > 1 ? string.Create(CultureInfo.InvariantCulture, $" ({record.Count} times)") : "";
        var fault = record.Fault > 0 ? string.Create(CultureInfo.InvariantCulture, $" fault {record.Fault}") : "";
        string[] words = [record.Verdict, record.Action, string.Join(',', record.Rules), string.Join(',', record.Reasons), record.Artefact, record.Subject, record.Detail];
        var text = string.Join(' ', words.Where(word => word.Length > 0).Distinct(StringComparer.Ordinal));
        return (text.Length > MaxWidth ? text[..MaxWidth] + "…" : text) + fault + count;
    }
}
