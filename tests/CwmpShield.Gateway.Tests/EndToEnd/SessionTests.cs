using CwmpShield.Gateway.Tests.Doubles;

namespace CwmpShield.Gateway.Tests.EndToEnd;

/// <summary>Sessions as devices and ACSs have them, over mutual TLS.</summary>
public sealed class SessionTests
{
    [Fact]
    public async Task Carries_a_whole_session_on_one_upstream_connection()
    {
        var acs = QueueingAcs.Start();
        await using var server = acs.Server;
        acs.Order(id => Soap.GetParameterValues(id));
        acs.Order(Soap.Reboot);
        await using var lab = await Lab.StartAsync(server);
        await using var device = await lab.DeviceAsync();

        await device.InformAsync();
        Assert.Equal("TransferCompleteResponse", (await device.PostAsync(Soap.TransferComplete("2"))).Method);
        var get = await device.EmptyAsync();
        Assert.Equal(("GetParameterValues", "o1"), (get.Method, get.Id));
        var reboot = await device.PostAsync(Soap.GetParameterValuesResponse("o1"));
        Assert.Equal(("Reboot", "o2"), (reboot.Method, reboot.Id));
        var end = await device.PostAsync(Soap.RebootResponse("o2"));

        Assert.Equal(204, end.Status);
        Assert.Equal("Inform TransferComplete - GetParameterValuesResponse RebootResponse", server.Words);
        Assert.Equal(1, server.Connections);
        await lab.CountsAsync("cwmpshield_sessions_total", "completed");
        await lab.QuietAsync();
    }
}
