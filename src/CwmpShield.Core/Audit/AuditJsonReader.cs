using System.Globalization;
using System.Text.Json;

namespace CwmpShield.Core.Audit;

/// <summary>Reads a record back from the bytes that were hashed.</summary>
public static class AuditJsonReader
{
    /// <summary>Reads; null when the bytes are no record. Members that this version does not know are passed over.</summary>
    public static AuditRecord? Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = 8 });
            return document.RootElement.ValueKind == JsonValueKind.Object ? Record(document.RootElement) : null;
        }
        catch (Exception error) when (error is JsonException or FormatException or InvalidOperationException)
        {
            return null;
        }
    }

    private static AuditRecord Record(JsonElement root) => new()
    {
        Node = Text(root, "node"),
        Sequence = Number(root, "seq", 0),
        At = DateTimeOffset.ParseExact(Text(root, "at"), AuditJson.TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal),
        Kind = AuditKindName.Parse(Text(root, "kind")),
        Session = Text(root, "session"),
        Device = Text(root, "device"),
        Model = Text(root, "model"),
        Source = Text(root, "source"),
        Strength = Text(root, "strength"),
        Message = Text(root, "message"),
        MessageId = Text(root, "id"),
        Order = Text(root, "order"),
        Parameters = Parameters(root),
        ParametersLeftOut = (int)Number(root, "left_out", 0),
        Artefact = Text(root, "artefact"),
        Verdict = Text(root, "verdict"),
        Reasons = List(root, "reasons"),
        Rules = List(root, "rules"),
        Exceptions = List(root, "exceptions"),
        RuleSet = Text(root, "ruleset"),
        Fault = (int)Number(root, "fault", 0),
        Actor = Text(root, "actor"),
        Action = Text(root, "action"),
        Subject = Text(root, "subject"),
        Detail = Text(root, "detail"),
        Intent = Number(root, "intent", 0),
        Trace = Text(root, "trace"),
        Count = Number(root, "count", 1),
    };

    private static string Text(JsonElement of, string name) => of.TryGetProperty(name, out var value) ? value.GetString() ?? "" : "";

    private static long Number(JsonElement of, string name, long silent) => of.TryGetProperty(name, out var value) ? value.GetInt64() : silent;

    private static List<string> List(JsonElement of, string name) =>
        of.TryGetProperty(name, out var values) ? [.. values.EnumerateArray().Select(value => value.GetString() ?? "")] : [];

    private static List<AuditParameter> Parameters(JsonElement of) => of.TryGetProperty("parameters", out var values)
        ? [.. values.EnumerateArray().Select(one => new AuditParameter(Text(one, "name"), TextOrNull(one, "value"), TextOrNull(one, "mac")))]
        : [];

    private static string? TextOrNull(JsonElement of, string name) => of.TryGetProperty(name, out var value) ? value.GetString() : null;
}
