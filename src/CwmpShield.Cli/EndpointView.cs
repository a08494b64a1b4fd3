using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using CwmpShield.Gateway.ConnectionRequests;

namespace CwmpShield.Cli;

/// <summary>How a device is called, as it is shown: no secret, and stable names.</summary>
internal sealed record EndpointView
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    public required string Device { get; init; }

    public string? Url { get; init; }

    public string? Refusal { get; init; }

    public string? Udp { get; init; }

    public required int Generation { get; init; }

    public string? LearnedAt { get; init; }

    public required bool HasCredentials { get; init; }

    public required long Calls { get; init; }

    public required long Taken { get; init; }

    public required long Answered { get; init; }

    public required long Unanswered { get; init; }

    public string? LastCallAt { get; init; }

    public string? LastOutcome { get; init; }

    public double? LastLatencySeconds { get; init; }

    /// <summary>Position in the list, for <c>--after</c>.</summary>
    public required long Key { get; init; }

    public static EndpointView Of(EndpointReport report) => new()
    {
        Device = report.Learned.Device.ToString(),
        Url = report.Learned.Endpoint?.Url,
        Refusal = report.Learned.Endpoint is null ? report.Learned.Refusal : null,
        Udp = report.Learned.Udp?.Place,
        Generation = report.Learned.Generation,
        LearnedAt = Time(report.Learned.LearnedAt),
        HasCredentials = report.HasCredentials,
        Calls = report.Calls,
        Taken = report.Taken,
        Answered = report.Answered,
        Unanswered = report.Unanswered,
        LastCallAt = Time(report.LastCallAt),
        LastOutcome = report.LastOutcome.Length > 0 ? report.LastOutcome : null,
        LastLatencySeconds = report.LastLatency?.TotalSeconds,
        Key = report.Learned.DeviceKey,
    };

    /// <summary>One line of JSON.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Json);

    /// <summary>The lines of <c>device show</c>.</summary>
    public (string Name, string? Value)[] Lines() =>
    [
        ("called at", Url ?? $"nowhere ({Refusal})"),
        ("called over udp", Udp),
        ("call credentials", HasCredentials ? "stored" : "unknown"),
        ("calls", Calls == 0 ? null : $"{Calls}, taken {Taken}, followed by an Inform {Answered}, unanswered in a row {Unanswered}"),
        ("last call", LastCallAt is null ? null : $"{LastCallAt} {LastOutcome}"),
        ("last inform after", LastLatencySeconds is { } seconds ? string.Create(CultureInfo.InvariantCulture, $"{seconds:0.000} s") : null),
    ];

    private static string? Time(DateTimeOffset? time) => time?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
