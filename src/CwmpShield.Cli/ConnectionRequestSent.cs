using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace CwmpShield.Cli;

/// <summary>What came of a connection request from the command line.</summary>
/// <param name="Device">The device.</param>
/// <param name="Status">The status that an ACS would have got.</param>
/// <param name="Reason">Why the device was not called, or did not take it; empty when it did.</param>
/// <param name="InformAfterSeconds">How long its Inform took; null where none came or none was waited for.</param>
internal sealed record ConnectionRequestSent(string Device, int Status, string Reason, double? InformAfterSeconds)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    /// <summary>One line of JSON.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Json);

    /// <summary>One line for people.</summary>
    public string ToText(TimeSpan patience) =>
        Status is not (200 or 204) ? $"{Device} was not reached: {Reason} ({Status})."
        : InformAfterSeconds is { } seconds ? string.Create(CultureInfo.InvariantCulture, $"{Device} took it ({Status}) and informed after {seconds:0.0} s.")
        : patience > TimeSpan.Zero ? string.Create(CultureInfo.InvariantCulture, $"{Device} took it ({Status}) and did not inform within {patience.TotalSeconds:0} s.")
        : $"{Device} took it ({Status}).";
}
