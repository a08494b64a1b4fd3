using System.Globalization;
using CwmpShield.Core.ConnectionRequests;
using CwmpShield.Core.ConnectionRequests.Exposure;
using CwmpShield.Core.Cwmp;

namespace CwmpShield.Core.Tests.ConnectionRequests;

public sealed class ExposureSummaryTests
{
    private static readonly ExposureFinding Good = new()
    {
        Device = new DeviceId("00D09E", "HGW", "1"),
        Model = "HGW-1",
        Outcome = ExposureOutcome.Answered,
        Status = 401,
        Schemes = LoginSchemes.DigestMd5,
        Realm = RealmClass.Other,
        Server = "lighttpd",
    };

    [Fact]
    public void Counts_by_model()
    {
        var summary = new ExposureSummary();
        summary.Add(Good);
        summary.Add(Good with { Services = ExposedServices.Tr064, Server = "RomPager/4.07" });
        summary.Add(Good with { Status = 200, Schemes = LoginSchemes.None, Realm = RealmClass.None });
        summary.Add(Good with { Schemes = LoginSchemes.Basic | LoginSchemes.DigestMd5, Realm = RealmClass.Serial });
        summary.Add(Good with { Outcome = ExposureOutcome.NotAsked, Refusal = ConnectionRequestReason.Tr064EndpointReuse, Status = 0, Schemes = LoginSchemes.None, Server = "" });
        summary.Add(Good with { Outcome = ExposureOutcome.Silent, Status = 0, Schemes = LoginSchemes.None, Server = "", Model = "A" });

        var model = summary.Models.Last();
        Assert.Equal(("HGW-1", 5, 4, 0, 1), (model.Model, model.Devices, model.Answered, model.Unreachable, model.NotAsked));
        Assert.Equal((2, 0, 1, 1, 2, 1), (model.Tr064, model.Upnp, model.Open, model.Basic, model.Digest, model.SerialInRealm));
        Assert.Equal(3, model.Servers["lighttpd"]);
        Assert.Equal((6, 3), (summary.Devices, summary.Exposed.Count));
        Assert.Equal("A", summary.Models.First().Model);
    }

    [Fact]
    public void Stays_bounded_whatever_models_and_servers_devices_invent()
    {
        var summary = new ExposureSummary();
        for (var i = 0; i < 20_000; i++)
        {
            summary.Add(Good with { Model = $"M{i}", Status = 200, Server = $"S{i}" });
            summary.Add(Good with { Model = "M0", Server = $"S{i}" });
        }

        Assert.Equal(501, summary.Models.Count());
        Assert.Equal(20_000 - 500, summary.Models.Single(model => model.Model == ExposureSummary.Other).Devices);
        Assert.Equal(10_000, summary.Exposed.Count);
        Assert.All(summary.Models, model => Assert.InRange(model.Servers.Count, 1, 8));
    }

    [Fact]
    public void Writes_metrics_with_clean_labels()
    {
        var summary = new ExposureSummary();
        summary.Add(Good with { Model = ServerBanner.Clean("HGW\"} 1\nevil") });

        var text = ExposureMetricsText.Write(summary, DateTimeOffset.UnixEpoch.AddSeconds(1_700_000_000));

        Assert.Contains("cwmpshield_exposure_devices{model=\"HGW?? 1?evil\",finding=\"digest\"} 1\n", text, StringComparison.Ordinal);
        Assert.EndsWith(string.Create(CultureInfo.InvariantCulture, $"cwmpshield_exposure_scan_timestamp_seconds {1_700_000_000}\n"), text, StringComparison.Ordinal);
    }
}
