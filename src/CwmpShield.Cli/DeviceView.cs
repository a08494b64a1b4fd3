using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using CwmpShield.Core.Identity;
using CwmpShield.Gateway.Storage;

namespace CwmpShield.Cli;

/// <summary>A registry row as it is shown: no secret, and stable names.</summary>
internal sealed record DeviceView
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    public required string Device { get; init; }

    public required string Oui { get; init; }

    public required string ProductClass { get; init; }

    public required string SerialNumber { get; init; }

    public required string Status { get; init; }

    public string? StatusReason { get; init; }

    public string? StatusSince { get; init; }

    public required string RequiredStrength { get; init; }

    public string? User { get; init; }

    public string? SharedUser { get; init; }

    public string? MigrationUntil { get; init; }

    public required bool HasPassword { get; init; }

    public required IReadOnlyList<string> BoundKeys { get; init; }

    public required IReadOnlyList<string> Groups { get; init; }

    public required string Model { get; init; }

    public required string SoftwareVersion { get; init; }

    public string? FirstSeen { get; init; }

    public string? LastSeen { get; init; }

    public string? LastSource { get; init; }

    /// <summary>How it is called; null where that was not asked for.</summary>
    public EndpointView? ConnectionRequests { get; init; }

    /// <summary>Position in the list, for <c>--after</c>.</summary>
    public required long Key { get; init; }

    /// <summary>A password that was made just now; it is not shown again.</summary>
    public string? Password { get; init; }

    public static DeviceView Of(RegisteredDevice row) => new()
    {
        Device = row.Device.ToString(),
        Oui = row.Device.Oui,
        ProductClass = row.Device.ProductClass,
        SerialNumber = row.Device.SerialNumber,
        Status = StatusName.Of(row.Status),
        StatusReason = row.StatusReason.Length > 0 ? row.StatusReason : null,
        StatusSince = Time(row.StatusSince),
        RequiredStrength = StrengthName.Of(row.RequiredStrength),
        User = row.HttpUser,
        SharedUser = row.SharedUser,
        MigrationUntil = Time(row.MigrationUntil),
        HasPassword = row.HasSecret,
        BoundKeys = row.BoundKeys,
        Groups = row.Groups,
        Model = row.Model,
        SoftwareVersion = row.SoftwareVersion,
        FirstSeen = Time(row.FirstSeen),
        LastSeen = Time(row.LastSeen),
        LastSource = row.LastSource.Length > 0 ? row.LastSource : null,
        Key = row.Key,
    };

    /// <summary>One line of JSON.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Json);

    /// <summary>One field a line, what is empty left out.</summary>
    public void Print(TextWriter output)
    {
        foreach (var (name, value) in Lines().Concat(ConnectionRequests?.Lines() ?? []).Where(line => !string.IsNullOrEmpty(line.Value)))
        {
            output.WriteLine($"{name,-18} {value}");
        }
    }

    private (string Name, string? Value)[] Lines() =>
    [
        ("device", Device),
        ("oui", Oui),
        ("product class", ProductClass),
        ("serial number", SerialNumber),
        ("status", Status),
        ("status reason", StatusReason),
        ("status since", StatusSince),
        ("required strength", RequiredStrength),
        ("user", User),
        ("shared user", SharedUser),
        ("migration until", MigrationUntil),
        ("password", Password ?? (HasPassword ? "stored" : "none")),
        ("bound keys", string.Join(", ", BoundKeys)),
        ("groups", string.Join(", ", Groups)),
        ("model", Model),
        ("software version", SoftwareVersion),
        ("first seen", FirstSeen),
        ("last seen", LastSeen),
        ("last source", LastSource),
    ];

    private static string? Time(DateTimeOffset? time) => time?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
