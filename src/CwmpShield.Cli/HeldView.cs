using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using CwmpShield.Gateway.Storage;

namespace CwmpShield.Cli;

/// <summary>A held order as it is shown, with stable names.</summary>
internal sealed record HeldView
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    public required long Number { get; init; }

    public required string Device { get; init; }

    public required string Rpc { get; init; }

    public required IReadOnlyList<string> Rules { get; init; }

    public required IReadOnlyList<string> Subjects { get; init; }

    /// <summary><c>held</c>, <c>released</c>, <c>expired</c> (a release that nobody used), <c>passed</c> or <c>rejected</c>.</summary>
    public required string Status { get; init; }

    public required long Times { get; init; }

    public required string FirstSeen { get; init; }

    public required string LastSeen { get; init; }

    public string? ReleaseUntil { get; init; }

    public string? Ticket { get; init; }

    public required string Digest { get; init; }

    public static HeldView Of(HeldOrder order, DateTimeOffset now) => new()
    {
        Number = order.Number,
        Device = order.Device.ToString(),
        Rpc = order.Rpc,
        Rules = order.Rules,
        Subjects = order.Subjects,
        Status = order is { Status: HeldStatus.Released, ReleaseUntil: { } until } && until <= now ? "expired" : order.Status.ToString().ToLowerInvariant(),
        Times = order.Times,
        FirstSeen = Time(order.FirstSeen),
        LastSeen = Time(order.LastSeen),
        ReleaseUntil = order.ReleaseUntil is { } end ? Time(end) : null,
        Ticket = order.Ticket.Length > 0 ? order.Ticket : null,
        Digest = order.Digest,
    };

    /// <summary>One line of JSON.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Json);

    /// <summary>One field a line.</summary>
    public void Print(TextWriter output)
    {
        (string Name, string? Value)[] lines =
        [
            ("number", Number.ToString(CultureInfo.InvariantCulture)),
            ("device", Device),
            ("order", Rpc),
            ("about", string.Join("\n" + new string(' ', 15), Subjects)),
            ("held by", string.Join(", ", Rules)),
            ("status", Status),
            ("refused", string.Create(CultureInfo.InvariantCulture, $"{Times} times")),
            ("first ordered", FirstSeen),
            ("last ordered", LastSeen),
            ("release until", ReleaseUntil),
            ("ticket", Ticket),
            ("digest", Digest),
        ];
        foreach (var (name, value) in lines.Where(line => !string.IsNullOrEmpty(line.Value)))
        {
            output.WriteLine($"{name,-14} {value}");
        }
    }

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
