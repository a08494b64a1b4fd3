using CwmpShield.Gateway.Tests.Doubles;
using CwmpShield.Gateway.Tests.Listening;

namespace CwmpShield.Gateway.Tests.ConnectionRequests;

/// <summary>TR-064 wherever it is tried: refused, and counted by one metric.</summary>
public sealed class Tr064FamilyTests
{
    private const string Metric = "cwmpshield_tr064_refusals_total";

    private const string Rules = """
        cwmpshield: 1
        rules:
          - id: tr064-message
            title: TR-064
            severity: critical
            on: any
            where: { tr064: true }
            then: deny
        """;

    private const string Call = "<u:SetNTPServers xmlns:u=\"urn:dslforum-org:service:Time:1\"><NewNTPServer1>`x`</NewNTPServer1></u:SetNTPServers>";

    [Fact]
    public async Task Counts_what_a_device_and_its_ACS_are_refused()
    {
        var acs = QueueingAcs.Start();
        await using var server = acs.Server;
        acs.Order(id => Soap.Envelope(id, Call));
        await using var lab = await Lab.StartWithRulesAsync(server, Rules);
        await using var device = await lab.DeviceAsync();
        await device.InformAsync();

        Assert.Equal(204, (await device.EmptyAsync()).Status);

        Assert.StartsWith("Inform - 90", server.Words, StringComparison.Ordinal);
        Assert.DoesNotContain("NewNTPServer1", string.Concat(server.Received.Skip(1).Select(request => request.Body)), StringComparison.Ordinal);
        await lab.CountsAsync(Metric, "acs-message");
    }

    [Theory]
    [InlineData("", "SOAPAction: \"urn:dslforum-org:service:Time:1#SetNTPServers\"\r\n", "tr064-soap-action")]
    [InlineData("<a xmlns=\"urn:dslforum-org:service:Time:1\"><SetNTPServers>", "", "tr064-content")]
    public async Task Counts_what_a_device_sends_besides_messages(string body, string header, string reason)
    {
        var acs = QueueingAcs.Start();
        await using var server = acs.Server;
        await using var lab = await Lab.StartWithRulesAsync(server, Rules);
        await using var device = await lab.DeviceAsync();
        await device.InformAsync();
        device.Headers = header;

        Assert.Equal("8003", (await device.PostAsync(body)).FaultCode);

        Assert.Equal("Inform", server.Words);
        await lab.CountsAsync(Metric, reason);
        await lab.CountsAsync(Metric, "device-message");
    }

    [Theory]
    [InlineData("/UD/act?1")]
    [InlineData("//UD/act")]
    [InlineData("/%55%44/act")]
    [InlineData("/x/upnp/control")]
    public async Task Counts_a_probe_of_the_device_listener(string path)
    {
        var acs = QueueingAcs.Start();
        await using var server = acs.Server;
        await using var lab = await Lab.StartWithRulesAsync(server, Rules);
        await using var client = await RawClient.ConnectTlsAsync(lab.Door(), lab.CertificateOf("1"));

        await client.SendAsync(RawClient.Post(Call, path));

        Assert.StartsWith("HTTP/1.1 404 ", await client.ReadAnswerAsync(), StringComparison.Ordinal);
        await lab.CountsAsync(Metric, "tr064-path");
    }
}
