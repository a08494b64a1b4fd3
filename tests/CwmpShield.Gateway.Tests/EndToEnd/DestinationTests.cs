using System.Net;
using System.Net.Sockets;
using CwmpShield.Gateway.Tests.Doubles;
using CwmpShield.Gateway.Tests.Listening;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;

namespace CwmpShield.Gateway.Tests.EndToEnd;

/// <summary>Several ACS nodes behind one gateway: sessions stay where they began, and the dead are found out.</summary>
public sealed class DestinationTests
{
    [Fact]
    public async Task Keeps_a_session_on_the_node_where_it_began()
    {
        var first = QueueingAcs.Start();
        var second = QueueingAcs.Start();
        await using var one = first.Server;
        await using var two = second.Server;
        await using var lab = await Lab.StartAsync([one.Address, two.Address], configure: Cluster(("LoadBalancingPolicy", "RoundRobin")));

        foreach (var serial in new[] { "1", "2" })
        {
            await using var device = await lab.DeviceAsync(serial);
            await device.InformAsync();
            Assert.Equal("TransferCompleteResponse", (await device.PostAsync(Soap.TransferComplete("2"))).Method);
            Assert.Equal(204, (await device.EmptyAsync()).Status);
        }

        Assert.Equal(("Inform TransferComplete -", "Inform TransferComplete -"), (one.Words, two.Words));
    }

    [Fact]
    public async Task Takes_an_ACS_that_answers_probes_with_405_for_healthy_and_leaves_the_dead_one_out()
    {
        using var dead = new Socket(SocketType.Stream, ProtocolType.Tcp);
        dead.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        await using var server = new ScriptedAcs(request => request.RequestLine.StartsWith("GET", StringComparison.Ordinal)
            ? AcsAnswer.Status("405 Method Not Allowed")
            : request.Method == "Inform" ? AcsAnswer.Soap(Soap.InformResponse(request.Id)) : AcsAnswer.Done);
        await using var lab = await Lab.StartAsync(
            [$"http://127.0.0.1:{((IPEndPoint)dead.LocalEndPoint!).Port}/", server.Address],
            configure: Cluster(("HealthCheck:Active:Enabled", "true"), ("HealthCheck:Active:Interval", "00:00:00.1"), ("LoadBalancingPolicy", "FirstAlphabetical")));

        await ListenerHost.EventuallyAsync(() => server.Received.Count(request => request.Body.Length == 0) >= 3, "three probes");

        for (var session = 1; session <= 3; session++)
        {
            await using var device = await lab.DeviceAsync();
            await device.InformAsync();
            Assert.Equal(204, (await device.EmptyAsync()).Status);
            await lab.QuietAsync();
        }
    }

    [Fact]
    public async Task Takes_refused_connections_for_ill_health_and_rubbish_for_none()
    {
        using var dead = new Socket(SocketType.Stream, ProtocolType.Tcp);
        dead.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        await using var rubbish = new ScriptedAcs(_ => AcsAnswer.Status("500 Internal Server Error"));
        await using var lab = await Lab.StartAsync(
            [$"http://127.0.0.1:{((IPEndPoint)dead.LocalEndPoint!).Port}/", rubbish.Address],
            configure: Cluster(
                ("HealthCheck:Passive:Enabled", "true"),
                ("HealthCheck:Passive:Policy", "TransportFailureRate"),
                ("HealthCheck:Passive:ReactivationPeriod", "00:10:00"),
                ("LoadBalancingPolicy", "FirstAlphabetical"),
                ("Metadata:TransportFailureRateHealthPolicy.RateLimit", "0.5")));

        // Ten failures condemn the dead node; twice as many of the other kind leave the other node alone.
        for (var session = 1; session <= 100 && rubbish.Received.Count < 20; session++)
        {
            await using var device = await lab.DeviceAsync();
            Assert.Equal(503, (await device.PostAsync(Soap.Inform("1"))).Status);
            await lab.QuietAsync();
        }

        Assert.Equal(20, rubbish.Received.Count);
        Assert.DoesNotContain("acs-no-destination", lab.Metrics(), StringComparison.Ordinal);
    }

    private static Action<WebApplicationBuilder> Cluster(params (string Key, string Value)[] settings) => builder =>
        builder.Configuration.AddInMemoryCollection(settings.Select(pair => KeyValuePair.Create<string, string?>("ReverseProxy:Clusters:acs:" + pair.Key, pair.Value)));
}
