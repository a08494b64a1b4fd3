using System.Globalization;
using System.Text;

namespace CwmpShield.Core.ConnectionRequests.Exposure;

/// <summary>A scan in the text format of Prometheus, for the textfile collector of its node exporter.</summary>
public static class ExposureMetricsText
{
    private const string Devices = "cwmpshield_exposure_devices";
    private const string Ended = "cwmpshield_exposure_scan_timestamp_seconds";

    /// <summary>Writes what <paramref name="summary"/> counts as of <paramref name="at"/>.</summary>
    public static string Write(ExposureSummary summary, DateTimeOffset at)
    {
        var text = new StringBuilder();
        text.Append("# HELP ").Append(Devices).Append(" Devices of the last exposure scan by model and finding.\n# TYPE ").Append(Devices).Append(" gauge\n");
        foreach (var model in summary.Models)
        {
            foreach (var (finding, count) in Findings(model))
            {
                text.Append(CultureInfo.InvariantCulture, $"{Devices}{{model=\"{ServerBanner.Clean(model.Model)}\",finding=\"{finding}\"}} {count}\n");
            }
        }

        text.Append("# HELP ").Append(Ended).Append(" When the last exposure scan ended, in Unix time.\n# TYPE ").Append(Ended).Append(" gauge\n");
        return text.Append(CultureInfo.InvariantCulture, $"{Ended} {at.ToUnixTimeSeconds()}\n").ToString();
    }

    private static (string Finding, int Count)[] Findings(ModelExposure model) =>
    [
        ("any", model.Devices), ("answered", model.Answered), ("unreachable", model.Unreachable), ("not-asked", model.NotAsked), ("tr064", model.Tr064),
        ("upnp", model.Upnp), ("open", model.Open), ("basic", model.Basic), ("digest", model.Digest), ("serial-in-realm", model.SerialInRealm),
    ];
}
