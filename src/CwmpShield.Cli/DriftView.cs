using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using CwmpShield.Core.Cwmp;
using CwmpShield.Gateway.Drifting;

namespace CwmpShield.Cli;

/// <summary>A drift as it is shown: values only where they may be, and stable names.</summary>
internal sealed record DriftView
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    public required string Device { get; init; }

    public required string Name { get; init; }

    public required string Kind { get; init; }

    public string? Expected { get; init; }

    public string? ExpectedMac { get; init; }

    public string? Observed { get; init; }

    public string? ObservedMac { get; init; }

    public required string OrderedAt { get; init; }

    public required string Since { get; init; }

    public required string Seen { get; init; }

    /// <summary>Position in the list, for <c>--after</c>.</summary>
    public required long Number { get; init; }

    /// <summary>What was ordered, for people.</summary>
    [JsonIgnore]
    public string ExpectedText => Shown(Expected, ExpectedMac, Kind == DriftKind.ObjectBack ? "deleted" : "added");

    /// <summary>What is reported, for people.</summary>
    [JsonIgnore]
    public string ObservedText => Shown(Observed, ObservedMac, Kind == DriftKind.ObjectBack ? "there" : "not there");

    /// <summary>The view of a drift.</summary>
    public static DriftView Of(OpenDrift drift) => new()
    {
        Device = drift.Device.ToString(),
        Name = drift.Name,
        Kind = drift.Kind,
        Expected = drift.Expected,
        ExpectedMac = drift.ExpectedMac.Length > 0 ? drift.ExpectedMac : null,
        Observed = drift.Observed,
        ObservedMac = drift.ObservedMac.Length > 0 ? drift.ObservedMac : null,
        OrderedAt = Time(drift.OrderedAt),
        Since = Time(drift.Since),
        Seen = Time(drift.Seen),
        Number = drift.Number,
    };

    /// <summary>The one object of <c>--clear</c>.</summary>
    public static string ClearedJson(DeviceId device, int count) => JsonSerializer.Serialize(new { device = device.ToString(), accepted = count }, Json);

    /// <summary>One line.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Json);

    private static string Shown(string? value, string? mac, string otherwise) =>
        value is not null ? $"\"{string.Concat(value.Select(c => char.IsControl(c) ? '?' : c))}\"" : mac is not null ? $"(not shown, {mac[..8]})" : otherwise;

    private static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
}
