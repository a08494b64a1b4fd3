using CwmpShield.Gateway.Inspection;
using CwmpShield.Gateway.Tests.Doubles;
using Microsoft.Extensions.DependencyInjection;

namespace CwmpShield.Gateway.Tests.EndToEnd;

/// <summary>The way of a message with the rules that ship, and none of the test's.</summary>
public sealed class ShippedRulesTests
{
    [Fact]
    public async Task Refuses_a_rogue_download_and_the_session_goes_on()
    {
        var acs = QueueingAcs.Start();
        await using var server = acs.Server;
        acs.Order(id => Soap.RogueDownload(id));
        acs.Order(id => Soap.GetParameterValues(id));
        await using var lab = await Lab.StartAsync(
            server,
            options => options with { Rules = options.Rules with { Path = RecordedSession.InRepository("rules") } },
            builder => builder.Services.AddSingleton<InspectMessage>(provider => provider.GetRequiredService<RuleSetHolder>().Inspect));
        await using var device = await lab.DeviceAsync();
        await device.InformAsync();

        Assert.Equal("o2", (await device.EmptyAsync()).Id);
        Assert.Equal(204, (await device.PostAsync(Soap.GetParameterValuesResponse("o2"))).Status);

        Assert.Equal("9001", acs.Faults["o1"]);
        Assert.Equal("Inform - 9001 GetParameterValuesResponse", server.Words);
    }
}
