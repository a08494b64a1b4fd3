using CwmpShield.Core.Audit;
using CwmpShield.Core.Tests;
using CwmpShield.Gateway.Inspection;
using CwmpShield.Gateway.Listening;
using CwmpShield.Gateway.Tests.Doubles;
using CwmpShield.Gateway.Tests.Listening;
using Microsoft.Extensions.DependencyInjection;

namespace CwmpShield.Gateway.Tests.Telemetry.Alerts;

/// <summary>A real Prometheus, a real gateway with the shipped rules, and an ACS in other hands.</summary>
public sealed class FiringTests
{
    [Fact]
    public async Task Fires_when_an_ACS_orders_a_download_that_nobody_signed_and_is_silent_before()
    {
        var acs = QueueingAcs.Start();
        await using var server = acs.Server;
        await using var lab = await Lab.StartAsync(
            server,
            plain => plain with { Rules = plain.Rules with { Path = Repository.Path("rules") } },
            builder => builder.Services.AddSingleton<InspectMessage>(provider => provider.GetRequiredService<RuleSetHolder>().Inspect));
        await using var prometheus = await PrometheusServer.StartAsync(lab.Services.GetRequiredService<BoundEndpoints>().Management);
        Assert.Empty(await prometheus.FiringAsync());

        acs.Order(id => Soap.RogueDownload(id));
        acs.Order(id => Soap.RogueDownload(id, "203.0.113.66"));
        await using var device = await lab.DeviceAsync();
        await device.InformAsync();
        Assert.Equal(204, (await device.EmptyAsync()).Status);

        await ListenerHost.EventuallyAsync(async () => (await prometheus.FiringAsync()).Any(IsDownload), "CwmpDownloadNotInManifest firing");
        await ListenerHost.EventuallyAsync(async () => (await prometheus.FiringAsync()).Any(IsCritical), "CwmpCriticalOrderRefused firing");
        Assert.DoesNotContain(await prometheus.FiringAsync(), alert => alert["alertname"] is "CwmpGatewayDown" or "CwmpFailOpen" or "CwmpLedgerDown");

        // From the number to the record.
        var records = await lab.LedgerAsync(record => record.Kind == AuditKind.OrderRefused, 2);
        await ListenerHost.EventuallyAsync(
            async () => (await prometheus.ExemplarsAsync("cwmpshield_orders_refused_total")).Contains(records[0].Trace, StringComparer.Ordinal), "the exchange as exemplar");
    }

    private static bool IsDownload(IReadOnlyDictionary<string, string> alert) =>
        alert["alertname"] == "CwmpDownloadNotInManifest" && alert["severity"] == "critical" && alert["rpc"] == "Download";

    private static bool IsCritical(IReadOnlyDictionary<string, string> alert) =>
        alert["alertname"] == "CwmpCriticalOrderRefused" && alert["class"] == "artefacts" && alert["job"] == "cwmpshield";
}
