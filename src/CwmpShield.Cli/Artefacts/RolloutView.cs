using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using CwmpShield.Gateway.Transfers;

namespace CwmpShield.Cli.Artefacts;

/// <summary>A rollout as it is shown, with stable names.</summary>
internal sealed record RolloutView
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    public required string Artefact { get; init; }

    /// <summary>Null for an operator's word on every file of the name.</summary>
    public string? Sha256 { get; init; }

    /// <summary><c>running</c> or <c>halted</c>.</summary>
    public required string Status { get; init; }

    public required long Orders { get; init; }

    public required long Successes { get; init; }

    public required long Failures { get; init; }

    /// <summary>Share of failures above which it halts; null where it never does by itself.</summary>
    public long? MaxFailurePercent { get; init; }

    public required string Since { get; init; }

    public string? Reason { get; init; }

    public string? Ticket { get; init; }

    public static RolloutView Of(Rollout rollout) => new()
    {
        Artefact = rollout.Artefact,
        Sha256 = rollout.Sha256.Length > 0 ? rollout.Sha256 : null,
        Status = rollout.IsHalted ? "halted" : "running",
        Orders = rollout.Orders,
        Successes = rollout.Successes,
        Failures = rollout.Failures,
        MaxFailurePercent = rollout.LimitPercent < 100 ? rollout.LimitPercent : null,
        Since = rollout.Since.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
        Reason = rollout.Reason.Length > 0 ? rollout.Reason : null,
        Ticket = rollout.Ticket.Length > 0 ? rollout.Ticket : null,
    };

    /// <summary>Prints rollouts: a table, or one line of JSON each.</summary>
    public static void Print(IReadOnlyList<RolloutView> rollouts, bool json, TextWriter output)
    {
        if (json)
        {
            foreach (var rollout in rollouts)
            {
                output.WriteLine(JsonSerializer.Serialize(rollout, Json));
            }

            return;
        }

        var width = rollouts.Select(rollout => rollout.Artefact.Length).Append("ARTEFACT".Length).Max();
        output.WriteLine($"{"ARTEFACT".PadRight(width)}  {"SHA-256",-12}  {"STATUS",-7}  {"ORDERS",6}  {"OK",6}  {"FAILED",6}  {"LIMIT",5}  {"SINCE",-20}  WHY");
        foreach (var rollout in rollouts)
        {
            var limit = rollout.MaxFailurePercent is { } percent ? string.Create(CultureInfo.InvariantCulture, $"{percent}%") : "-";
            output.WriteLine(
                $"{rollout.Artefact.PadRight(width)}  {(rollout.Sha256 ?? "every file")[..Math.Min(12, (rollout.Sha256 ?? "every file").Length)],-12}  {rollout.Status,-7}  {rollout.Orders,6}  {rollout.Successes,6}  {rollout.Failures,6}  {limit,5}  {rollout.Since,-20}  {string.Join(' ', new[] { rollout.Reason, rollout.Ticket }.OfType<string>())}");
        }
    }
}
