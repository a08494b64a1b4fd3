using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace CwmpShield.Core.Audit.Export;

/// <summary>Open Cybersecurity Schema Framework 1.3, one JSON object a line. What the schema has no place for stands under <c>unmapped</c>, the hash among it.</summary>
public sealed class OcsfFormat : AuditFormat
{
    /// <summary>Version of the schema.</summary>
    public const string SchemaVersion = "1.3.0";

    private static readonly string Version = typeof(OcsfFormat).Assembly.GetName().Version?.ToString(3) ?? "";

    /// <inheritdoc/>
    public override void Write(AuditExportRow row, IBufferWriter<byte> output)
    {
        var record = row.Record;
        var of = OcsfClass.Of(record);
        using var json = new Utf8JsonWriter(output);
        json.WriteStartObject();
        json.WriteNumber("time", record.At.ToUnixTimeMilliseconds());
        json.WriteNumber("class_uid", of.Uid);
        json.WriteString("class_name", of.Name);
        json.WriteNumber("category_uid", of.CategoryUid);
        json.WriteString("category_name", of.Category);
        json.WriteNumber("activity_id", of.Activity);
        json.WriteString("activity_name", of.ActivityName ?? (record.Message.Length > 0 ? record.Message : record.Action.Length > 0 ? record.Action : AuditKindName.Of(record.Kind)));
        json.WriteNumber("type_uid", of.TypeUid);
        var severity = AuditSeverityOf.Record(record);
        json.WriteNumber("severity_id", (int)severity);
        json.WriteString("severity", severity.ToString());
        json.WriteString("message", record.Detail.Length > 0 ? $"{AuditSentence.Title(record)}: {record.Detail}" : AuditSentence.Title(record));
        WriteStatus(json, record);
        json.WriteNumber("count", record.Count);
        WriteMetadata(json, record, of);
        OcsfParts.Write(json, record, of.Uid, Version);
        WriteUnmapped(json, row);
        json.WriteEndObject();
    }

    private static void WriteStatus(Utf8JsonWriter json, AuditRecord record)
    {
        if (AuditSentence.Outcome(record) is { Length: > 0 } outcome)
        {
            json.WriteNumber("status_id", outcome == "success" ? 1 : 2);
            json.WriteString("status", outcome == "success" ? "Success" : "Failure");
        }

        if (record.Reasons.Count > 0)
        {
            json.WriteString("status_detail", string.Join(' ', record.Reasons));
        }
    }

    private static void WriteMetadata(Utf8JsonWriter json, AuditRecord record, OcsfClass of)
    {
        json.WriteStartObject("metadata");
        json.WriteString("version", SchemaVersion);
        json.WriteString("uid", OcsfParts.UidOf(record));
        json.WriteNumber("sequence", record.Sequence);
        json.WriteString("log_name", "ledger");
        json.WriteString("log_provider", record.Node);
        json.WriteString("event_code", AuditKindName.Of(record.Kind));
        json.WriteString("original_time", record.At.UtcDateTime.ToString(AuditJson.TimeFormat, CultureInfo.InvariantCulture));
        OcsfParts.Text(json, "correlation_uid", record.Session);
        if (of.Uid == OcsfClass.DetectionFinding)
        {
            json.WriteStartArray("profiles");
            json.WriteStringValue("security_control");
            json.WriteEndArray();
        }

        OcsfParts.Product(json, "product", Version);
        json.WriteEndObject();
    }

    private static void WriteUnmapped(Utf8JsonWriter json, AuditExportRow row)
    {
        var record = row.Record;
        json.WriteStartObject("unmapped");
        json.WriteString("hash", row.HashText);
        OcsfParts.Text(json, "model", record.Model);
        OcsfParts.Text(json, "strength", record.Strength);
        OcsfParts.Text(json, "order", record.Order);
        OcsfParts.Text(json, "parameters", ParameterText.Of(record));
        OcsfParts.Text(json, "artefact", record.Artefact);
        OcsfParts.Text(json, "verdict", record.Verdict);
        OcsfParts.Text(json, "action", record.Action);
        OcsfParts.Text(json, "subject", record.Subject);
        OcsfParts.Text(json, "rules", string.Join(' ', record.Rules));
        OcsfParts.Text(json, "exceptions", string.Join(' ', record.Exceptions));
        OcsfParts.Text(json, "ruleset", record.RuleSet);
        OcsfParts.Text(json, "trace", record.Trace);
        if (record.Fault != 0)
        {
            json.WriteNumber("fault", record.Fault);
        }

        if (record.Intent != 0)
        {
            json.WriteNumber("intent", record.Intent);
        }

        json.WriteEndObject();
    }
}
