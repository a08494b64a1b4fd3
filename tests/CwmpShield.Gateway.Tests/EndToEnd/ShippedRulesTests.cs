using CwmpShield.Gateway.Inspection;
using CwmpShield.Gateway.Tests.Doubles;
using Microsoft.Extensions.DependencyInjection;

namespace CwmpShield.Gateway.Tests.EndToEnd;

/// <summary>The way of a message with the rules that ship, and none of the test's.</summary>
public sealed class ShippedRulesTests
{
    public static TheoryData<string, string> Dangers => new()
    {
        { "9001", Soap.RogueDownload("ID") },
        { "9003", Set("InternetGatewayDevice.LANDevice.1.LANHostConfigManagement.DNSServers", "203.0.113.66") },
        { "9003", Set("Device.DNS.Client.Server.1.DNSServer", "203.0.113.66") },
        { "9003", Set("Device.ManagementServer.URL", "http://evil.example/") },
        { "9000", Soap.Envelope("ID", "<u:SetNTPServers xmlns:u=\"urn:dslforum-org:service:Time:1\"><NewNTPServer1>x</NewNTPServer1></u:SetNTPServers>") },
        { "9000", Soap.Envelope("ID", "<cwmp:X_EVIL_Shell/>") },
    };

    [Theory]
    [MemberData(nameof(Dangers))]
    public async Task Refuses_a_dangerous_order_and_the_session_goes_on(string code, string danger)
    {
        var acs = QueueingAcs.Start();
        await using var server = acs.Server;
        acs.Order(id => danger.Replace("ID", id, StringComparison.Ordinal).Replace($"cwmp:{id}", "cwmp:ID", StringComparison.Ordinal));
        acs.Order(id => Soap.GetParameterValues(id));
        await using var lab = await Lab.StartAsync(
            server,
            options => options with { Rules = options.Rules with { Path = RecordedSession.InRepository("rules") } },
            builder => builder.Services.AddSingleton<InspectMessage>(provider => provider.GetRequiredService<RuleSetHolder>().Inspect));
        await using var device = await lab.DeviceAsync();
        await device.InformAsync();

        Assert.Equal("o2", (await device.EmptyAsync()).Id);
        Assert.Equal(204, (await device.PostAsync(Soap.GetParameterValuesResponse("o2"))).Status);

        Assert.Equal($"Inform - {code} GetParameterValuesResponse", server.Words);
        Assert.Equal(code, acs.Faults["o1"][..4]);
    }

    private static string Set(string name, string value) => Soap.Envelope(
        "ID",
        $"""<cwmp:SetParameterValues><ParameterList soap-enc:arrayType="cwmp:ParameterValueStruct[1]"><ParameterValueStruct><Name>{name}</Name><Value xsi:type="xsd:string">{value}</Value></ParameterValueStruct></ParameterList><ParameterKey/></cwmp:SetParameterValues>""");
}
