using CwmpShield.Core.Cwmp;
using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.Inspection;
using CwmpShield.Gateway.Storage;
using CwmpShield.Gateway.Tests.Doubles;
using Microsoft.Extensions.DependencyInjection;

namespace CwmpShield.Gateway.Tests.EndToEnd;

/// <summary>What only shows in a running gateway: counts across sessions, reports that change on their way, answers in the ACS's place.</summary>
public sealed class ShippedRulesSessionTests
{
    [Fact]
    public async Task Refuses_the_factory_reset_beyond_the_fleet_s_budget_whichever_device_it_is_for()
    {
        var acs = QueueingAcs.Start();
        await using var server = acs.Server;
        await using var lab = await StartAsync(server);
        Assert.Equal(1, await ResetAsync(lab, acs, "1", orders: 1));
        Assert.Equal(1, await ResetAsync(lab, acs, "2", orders: 1));

        // The rest of the hour's budget goes to devices that are not in this test.
        var rates = lab.Services.GetRequiredService<Core.Rules.RateCounters>();
        var now = TimeProvider.System.GetUtcNow();
        const int budget = 20;
        Assert.Equal(budget - 2, Enumerable.Range(0, 2 * budget).Count(_ => rates.TryTake("factory-reset-mass", "fleet", budget, TimeSpan.FromHours(1), now)));

        Assert.Equal(0, await ResetAsync(lab, acs, "3", orders: 1));
        await lab.CountsAsync("cwmpshield_refusals_total", "factory-reset-mass");
    }

    [Fact]
    public async Task Refuses_a_reset_that_the_fleet_has_no_budget_for_and_counts_across_a_reload()
    {
        const string rules = """
            cwmpshield: 1
            rules:
              - id: reset-mass
                title: More than two in an hour
                severity: high
                on: [FactoryReset]
                where: { rate: { per: fleet, more-than: 2, within: 1h } }
                then: deny
            """;
        var acs = QueueingAcs.Start();
        await using var server = acs.Server;
        await using var lab = await Lab.StartWithRulesAsync(server, rules);

        Assert.Equal(1, await ResetAsync(lab, acs, "1", orders: 1));
        var holder = lab.Services.GetRequiredService<RuleSetHolder>();
        var before = holder.Current.Hash;
        await File.AppendAllTextAsync(lab.Tls.Path("rules.yaml"), "\n# changed\n");
        holder.Poll();
        Assert.NotEqual(before, holder.Current.Hash);

        Assert.Equal(1, await ResetAsync(lab, acs, "2", orders: 1));
        Assert.Equal(0, await ResetAsync(lab, acs, "3", orders: 1));
    }

    [Fact]
    public async Task Enrols_nobody_by_an_Inform_that_the_rules_refuse()
    {
        const string rules = """
            cwmpshield: 1
            rules:
              - id: name
                title: A name that no device has
                severity: high
                on: [Inform]
                where: { argument: { name: EventCode, as: text, matches: BOOTSTRAP } }
                then: deny
            """;
        var acs = QueueingAcs.Start();
        await using var server = acs.Server;
        await using var lab = await Lab.StartWithRulesAsync(server, rules, options => options with
        {
            Listeners = [options.Listeners[0] with { Identity = options.Listeners[0].Identity with { Mode = IdentityMode.Learn } }],
        });
        var registry = lab.Services.GetRequiredService<IDeviceRegistry>();
        var stranger = new DeviceId(Lab.Oui, Lab.ProductClass, "9");
        await using var device = await lab.DeviceAsync("9");

        var refused = await device.PostAsync(Soap.Inform("9", @event: "0 BOOTSTRAP"));
        Assert.Contains("8001", refused.Body, StringComparison.Ordinal);
        Assert.Empty(server.Received);
        Assert.Null(await registry.FindAsync(stranger, default));

        await device.InformAsync();
        Assert.NotNull(await registry.FindAsync(stranger, default));
    }

    [Fact]
    public async Task Neutralises_a_host_name_in_an_answer_and_the_session_goes_on()
    {
        var acs = QueueingAcs.Start();
        await using var server = acs.Server;
        acs.Order(id => Soap.GetParameterValues(id, "InternetGatewayDevice.LANDevice.1.Hosts.Host.1.HostName"));
        acs.Order(Soap.Reboot);
        await using var lab = await StartAsync(server);
        await using var device = await lab.DeviceAsync();
        await device.InformAsync();
        await device.EmptyAsync();

        var answer = Soap.GetParameterValuesResponse("o1", "tv&lt;script&gt;alert(1)&lt;/script&gt;")
            .Replace("InternetGatewayDevice.DeviceInfo.SoftwareVersion", "InternetGatewayDevice.LANDevice.1.Hosts.Host.1.HostName", StringComparison.Ordinal);
        var next = await device.PostAsync(answer);
        Assert.Equal(("Reboot", "o2"), (next.Method, next.Id));

        var seen = server.Received.Last().Body;
        Assert.Contains("HostName", seen, StringComparison.Ordinal);
        Assert.Contains("tv_script", seen, StringComparison.Ordinal);
        Assert.DoesNotContain("&lt;script", seen, StringComparison.Ordinal);
        await lab.CountsAsync("cwmpshield_messages_total", "neutralise");
    }

    [Theory]
    [InlineData("TransferComplete")]
    [InlineData("AutonomousTransferComplete")]
    public async Task Acknowledges_a_refused_report_in_the_ACS_s_place(string method)
    {
        var acs = QueueingAcs.Start();
        await using var server = acs.Server;
        acs.Order(Soap.Reboot);
        await using var lab = await Lab.StartWithRulesAsync(server, $"""
            cwmpshield: 1
            rules:
              - id: nobody-asked
                title: Not wanted
                severity: high
                on: [{method}]
                then: deny
            """);
        await using var device = await lab.DeviceAsync();
        await device.InformAsync();

        var answer = await device.PostAsync(method == "TransferComplete" ? Soap.TransferComplete("7") : Autonomous("7"));
        Assert.Equal((200, method + "Response", "7"), (answer.Status, answer.Method, answer.Id));
        Assert.Equal("Reboot", (await device.EmptyAsync()).Method);

        Assert.Equal("Inform -", server.Words);
        await lab.CountsAsync("cwmpshield_refusals_total", "nobody-asked");
    }

    [Fact]
    public async Task Names_the_rule_to_the_ACS_where_a_method_is_TR_064()
    {
        var acs = QueueingAcs.Start();
        await using var server = acs.Server;
        acs.Order(id => Soap.Envelope(id, """<u:SetNTPServers xmlns:u="urn:dslforum-org:service:Time:1"><NewNTPServer1>x</NewNTPServer1></u:SetNTPServers>"""));
        acs.Order(id => Soap.Envelope(id, "<cwmp:X_00D09E_SetNTPServers><NewNTPServer1 xmlns:u=\"urn:dslforum-org:service:Time:1\" u:a=\"1\">x</NewNTPServer1></cwmp:X_00D09E_SetNTPServers>"));
        await using var lab = await StartAsync(server);
        await using var device = await lab.DeviceAsync();
        await device.InformAsync();

        Assert.Equal(204, (await device.EmptyAsync()).Status);

        Assert.Contains("tr064-message", server.Received.Last().Body, StringComparison.Ordinal);
    }

    private static string Autonomous(string id) => Soap.Envelope(
        id,
        "<cwmp:AutonomousTransferComplete><AnnounceURL/><TransferURL/><IsDownload>1</IsDownload><FileType>1 Firmware Upgrade Image</FileType><FileSize>0</FileSize><TargetFileName/><FaultStruct><FaultCode>0</FaultCode><FaultString/></FaultStruct><StartTime>2026-11-22T03:29:07Z</StartTime><CompleteTime>2026-11-22T03:29:08Z</CompleteTime></cwmp:AutonomousTransferComplete>");

    private static Task<Lab> StartAsync(ScriptedAcs server) => Lab.StartAsync(
        server,
        options => options with { Rules = options.Rules with { Path = RecordedSession.InRepository("rules") } },
        builder => builder.Services.AddSingleton<InspectMessage>(provider => provider.GetRequiredService<RuleSetHolder>().Inspect));

    /// <summary>One session in which the ACS orders resets; how many reach the device.</summary>
    private static async Task<int> ResetAsync(Lab lab, QueueingAcs acs, string serial, int orders)
    {
        for (var i = 0; i < orders; i++)
        {
            acs.Order(id => Soap.Envelope(id, "<cwmp:FactoryReset/>"));
        }

        await using var device = await lab.DeviceAsync(serial);
        await device.InformAsync();
        var delivered = 0;
        for (var seen = await device.EmptyAsync(); seen.Method == "FactoryReset"; delivered++)
        {
            seen = await device.PostAsync(Soap.Envelope(seen.Id, "<cwmp:FactoryResetResponse/>"));
        }

        await lab.QuietAsync();
        return delivered;
    }
}
