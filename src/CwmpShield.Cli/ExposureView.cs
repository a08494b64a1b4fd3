using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using CwmpShield.Core.ConnectionRequests.Exposure;
using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.ConnectionRequests.Exposure;

namespace CwmpShield.Cli;

/// <summary>A scan as it is shown: a table, or one JSON object with stable names.</summary>
internal static class ExposureView
{
    private const int MaxPrinted = 50;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    /// <summary>Shows who would be asked what.</summary>
    public static async Task PrintPlanAsync(
        ConnectionRequestOptions options, ExposureTargets targets, bool json, TextWriter output, CancellationToken cancellationToken)
    {
        if (!json)
        {
            await output.WriteLineAsync($"Each device is asked by GET, without credentials, for its own endpoint and for {string.Join(' ', ExposureQuestion.Descriptions)}");
        }

        await foreach (var target in targets.ReadAsync(cancellationToken))
        {
            var refusal = ExposureRun.Refusal(options, target);
            if (json)
            {
                await output.WriteLineAsync(JsonSerializer.Serialize(
                    new { device = target.Device.ToString(), url = refusal.Length == 0 ? target.Endpoint!.Url : null, refusal = refusal.Length > 0 ? refusal : null }, Json));
            }
            else
            {
                await output.WriteLineAsync($"{target.Device}  {(refusal.Length == 0 ? target.Endpoint!.Url : $"not asked: {refusal}")}");
            }
        }
    }

    /// <summary>Shows what was found.</summary>
    public static void Print(ExposureSummary summary, DateTimeOffset at, bool json, TextWriter output)
    {
        if (json)
        {
            output.WriteLine(JsonSerializer.Serialize(
                new
                {
                    at = at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
                    complete = summary.IsComplete,
                    devices = summary.Devices,
                    models = summary.Models,
                    exposed = summary.Exposed.Select(Device),
                },
                Json));
            return;
        }

        Table(summary, output);
        foreach (var finding in summary.Exposed.Take(MaxPrinted))
        {
            output.WriteLine($"{finding.Device}  {finding.Model}  {string.Join(", ", Words(finding))}  {string.Join(' ', finding.Paths)}".TrimEnd());
        }

        if (summary.Exposed.Count > MaxPrinted)
        {
            output.WriteLine($"and {summary.Exposed.Count - MaxPrinted} more: --json lists them.");
        }

        if (!summary.IsComplete)
        {
            output.WriteLine("The scan was stopped: the counts are of the devices that were come to.");
        }
    }

    private static void Table(ExposureSummary summary, TextWriter output)
    {
        var width = summary.Models.Select(model => model.Model.Length).Append("MODEL".Length).Max();
        output.WriteLine($"{"MODEL".PadRight(width)}  DEVICES  ANSWERED  TR-064    UPNP    OPEN   BASIC  DIGEST  SERIAL IN REALM  SERVERS");
        foreach (var model in summary.Models)
        {
            var servers = string.Join(", ", model.Servers.OrderByDescending(server => server.Value).ThenBy(server => server.Key, StringComparer.Ordinal).Select(server => server.Key));
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{model.Model.PadRight(width)}  {model.Devices,7}  {model.Answered,8}  {model.Tr064,6}  {model.Upnp,6}  {model.Open,6}  {model.Basic,6}  {model.Digest,6}  {model.SerialInRealm,15}  {servers}").TrimEnd());
        }
    }

    private static object Device(ExposureFinding finding) => new
    {
        device = finding.Device.ToString(),
        model = finding.Model,
        found = Words(finding),
        paths = finding.Paths,
        status = finding.Status,
        server = finding.Server,
    };

    private static IEnumerable<string> Words(ExposureFinding finding)
    {
        if (finding.IsTr064)
        {
            yield return "tr064";
        }

        if (finding.Services.HasFlag(ExposedServices.Upnp))
        {
            yield return "upnp";
        }

        if (finding.Services.HasFlag(ExposedServices.Hnap))
        {
            yield return "hnap";
        }

        if (finding.IsOpen)
        {
            yield return "open";
        }
    }
}
