using System.Globalization;
using System.Net;
using System.Text.Json;

namespace CwmpShield.Core.Audit.Export;

/// <summary>What each OCSF class asks for beside the attributes of every event.</summary>
internal static class OcsfParts
{
    private const int RuleAnalytic = 1;
    private const int OtherDevice = 99;

    /// <summary>Writes the attributes of a class.</summary>
    public static void Write(Utf8JsonWriter json, AuditRecord record, int uid, string version)
    {
        switch (uid)
        {
            case OcsfClass.ApiActivity:
                Api(json, record);
                break;
            case OcsfClass.DetectionFinding:
                Finding(json, record);
                break;
            case OcsfClass.Authentication:
                Authentication(json, record);
                break;
            case OcsfClass.ConfigStateChange:
                Gateway(json, record);
                break;
            case OcsfClass.ApplicationLifecycle:
                Product(json, "app", version);
                break;
            case OcsfClass.EventLogActivity:
                json.WriteString("log_name", "ledger");
                Actor(json, record);
                break;
        }
    }

    /// <summary>Names a record among those of all nodes.</summary>
    public static string UidOf(AuditRecord record) => string.Create(CultureInfo.InvariantCulture, $"{record.Node}#{record.Sequence}");

    /// <summary>The product that wrote the record.</summary>
    public static void Product(Utf8JsonWriter json, string member, string version)
    {
        json.WriteStartObject(member);
        json.WriteString("name", "CwmpShield");
        json.WriteString("vendor_name", "CwmpShield");
        json.WriteString("version", version);
        json.WriteEndObject();
    }

    /// <summary>A text that says something.</summary>
    public static void Text(Utf8JsonWriter json, string member, string value)
    {
        if (value.Length > 0)
        {
            json.WriteString(member, value);
        }
    }

    private static void Api(Utf8JsonWriter json, AuditRecord record)
    {
        Actor(json, record);
        Operation(json, record);
        if (record.Kind == AuditKind.OperatorAction)
        {
            Endpoint(json, "src_endpoint", record.Node, "");
        }
        else
        {
            Exchange(json, record);
        }

        Resources(json, record);
    }

    private static void Finding(Utf8JsonWriter json, AuditRecord record)
    {
        json.WriteBoolean("is_alert", true);
        var (action, disposition) = record.Kind switch
        {
            AuditKind.Drift => (3, 19),
            AuditKind.Quarantined => (2, 3),
            _ => (2, 2),
        };
        json.WriteNumber("action_id", action);
        json.WriteNumber("disposition_id", disposition);
        json.WriteStartObject("finding_info");
        json.WriteString("uid", UidOf(record));
        json.WriteString("title", AuditSentence.Title(record));
        json.WriteNumber("created_time", record.At.ToUnixTimeMilliseconds());
        Text(json, "desc", record.Detail);
        Words(json, "types", record.Reasons);
        if (record.Rules.Count > 0)
        {
            json.WriteStartObject("analytic");
            json.WriteString("uid", record.Rules[0]);
            json.WriteString("name", record.Rules[0]);
            json.WriteString("type", "Rule");
            json.WriteNumber("type_id", RuleAnalytic);
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteStartArray("evidences");
        json.WriteStartObject();
        Operation(json, record);
        Exchange(json, record);
        json.WriteEndObject();
        json.WriteEndArray();
        Resources(json, record);
    }

    private static void Authentication(Utf8JsonWriter json, AuditRecord record)
    {
        json.WriteStartObject("user");
        json.WriteString("name", record.Device.Length > 0 ? record.Device : "unknown");
        json.WriteEndObject();
        Endpoint(json, "src_endpoint", record.Device, record.Source);
        Endpoint(json, "dst_endpoint", record.Node, "");
        json.WriteBoolean("is_remote", true);
    }

    private static void Gateway(Utf8JsonWriter json, AuditRecord record)
    {
        json.WriteStartObject("device");
        json.WriteNumber("type_id", OtherDevice);
        json.WriteString("type", "Security gateway");
        json.WriteString("hostname", record.Node);
        json.WriteString("uid", record.Node);
        json.WriteEndObject();
        json.WriteNumber("state_id", OtherDevice);
        json.WriteString("state", record.Action.Length > 0 ? record.Action : AuditKindName.Of(record.Kind));
        if (record.Actor.Length > 0)
        {
            Actor(json, record);
        }
    }

    private static void Actor(Utf8JsonWriter json, AuditRecord record)
    {
        json.WriteStartObject("actor");
        if (record.Actor.Length > 0)
        {
            json.WriteStartObject("user");
            json.WriteString("name", record.Actor);
            json.WriteEndObject();
        }
        else
        {
            json.WriteString("app_name", "acs");
        }

        json.WriteEndObject();
    }

    private static void Operation(Utf8JsonWriter json, AuditRecord record)
    {
        json.WriteStartObject("api");
        json.WriteString("operation", record.Message.Length > 0 ? record.Message : record.Action.Length > 0 ? record.Action : AuditKindName.Of(record.Kind));
        json.WriteStartObject("service");
        json.WriteString("name", record.Kind == AuditKind.OperatorAction ? "cwmpshield" : "cwmp");
        json.WriteEndObject();
        if (record.MessageId.Length > 0)
        {
            json.WriteStartObject("request");
            json.WriteString("uid", record.MessageId);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    /// <summary>From whom to whom: orders go from the ACS to the device, messages the other way.</summary>
    private static void Exchange(Utf8JsonWriter json, AuditRecord record)
    {
        var isOfDevice = record.Kind is AuditKind.MessageRefused or AuditKind.Quarantined or AuditKind.Drift;
        Endpoint(json, isOfDevice ? "dst_endpoint" : "src_endpoint", "acs", "");
        Endpoint(json, isOfDevice ? "src_endpoint" : "dst_endpoint", record.Device, record.Source);
    }

    private static void Endpoint(Utf8JsonWriter json, string member, string name, string address)
    {
        json.WriteStartObject(member);
        json.WriteString("name", name.Length > 0 ? name : "unknown");
        if (IPAddress.TryParse(address, out _))
        {
            json.WriteString("ip", address);
        }

        json.WriteEndObject();
    }

    private static void Resources(Utf8JsonWriter json, AuditRecord record)
    {
        var (name, type) = record.Device.Length > 0 ? (record.Device, "CPE") : (record.Subject, "");
        if (name.Length == 0)
        {
            return;
        }

        json.WriteStartArray("resources");
        json.WriteStartObject();
        json.WriteString("uid", name);
        Text(json, "type", type);
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void Words(Utf8JsonWriter json, string member, IReadOnlyList<string> words)
    {
        if (words.Count == 0)
        {
            return;
        }

        json.WriteStartArray(member);
        foreach (var word in words)
        {
            json.WriteStringValue(word);
        }

        json.WriteEndArray();
    }
}
