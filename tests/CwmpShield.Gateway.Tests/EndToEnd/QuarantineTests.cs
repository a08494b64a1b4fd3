using CwmpShield.Core.Cwmp;
using CwmpShield.Core.Identity;
using CwmpShield.Gateway.Storage;
using CwmpShield.Gateway.Tests.Doubles;
using Microsoft.Extensions.DependencyInjection;

namespace CwmpShield.Gateway.Tests.EndToEnd;

/// <summary>Devices in quarantine: who can put them there, what they may do, and what the ACS hears.</summary>
public sealed class QuarantineTests
{
    private const string Rules = """
        cwmpshield: 1
        rules:
          - id: infected
            title: The device says that it is infected
            severity: critical
            on: [GetParameterValuesResponse]
            where:
              parameter: { path: InternetGatewayDevice.DeviceInfo.SoftwareVersion }
              value: { as: text, in: [plague] }
            then: quarantine
          - id: infected-inform
            title: The device reports an event of an infected one
            severity: critical
            on: [Inform]
            where: { event: "M Plague" }
            then: quarantine
          - id: reset
            title: Nobody resets a device
            severity: high
            on: [FactoryReset]
            then: quarantine
        """;

    [Fact]
    public async Task Quarantines_a_device_by_its_own_answer_in_the_session_and_for_good()
    {
        var acs = QueueingAcs.Start();
        await using var server = acs.Server;
        acs.Order(id => Soap.GetParameterValues(id));
        acs.Order(Soap.Reboot);
        await using var lab = await Lab.StartWithRulesAsync(server, Rules);
        await using var device = await lab.DeviceAsync();
        await device.InformAsync();
        await device.EmptyAsync();

        Assert.Equal(204, (await device.PostAsync(Soap.GetParameterValuesResponse("o1", "plague"))).Status);
        await lab.QuietAsync();
        Assert.Equal("Inform - 9002 9002", server.Words);
        Assert.Equal((DeviceStatus.Quarantined, "rule infected"), await StatusAsync(lab, "1"));

        await device.InformAsync();
        Assert.Equal(204, (await device.EmptyAsync()).Status);
        Assert.Equal(4, server.Received.Count);
        await lab.CountsAsync("cwmpshield_sessions_total", "withdrawn");
    }

    [Fact]
    public async Task Quarantines_a_device_by_its_Inform_and_lets_it_back_when_it_is_released()
    {
        var acs = QueueingAcs.Start();
        await using var server = acs.Server;
        await using var lab = await Lab.StartWithRulesAsync(server, Rules);
        await using var device = await lab.DeviceAsync();

        Assert.Equal("InformResponse", (await device.PostAsync(Soap.Inform("1", "7", "M Plague"))).Method);
        Assert.Equal(204, (await device.EmptyAsync()).Status);
        await lab.QuietAsync();
        Assert.Equal((DeviceStatus.Quarantined, "rule infected-inform"), await StatusAsync(lab, "1"));
        Assert.Equal(0, server.Connections);

        await Registry(lab).ChangeStatusAsync(Id("1"), StatusChange.Release("cleaned", DateTimeOffset.UnixEpoch), default);
        await device.InformAsync();
        Assert.Equal("Inform", server.Words);
    }

    [Fact]
    public async Task Refuses_an_order_under_a_quarantine_rule_and_keeps_the_device()
    {
        var acs = QueueingAcs.Start();
        await using var server = acs.Server;
        acs.Order(id => Soap.Envelope(id, "<cwmp:FactoryReset/>"));
        acs.Order(id => Soap.GetParameterValues(id));
        await using var lab = await Lab.StartWithRulesAsync(server, Rules);
        await using var device = await lab.DeviceAsync();
        await device.InformAsync();

        Assert.Equal("o2", (await device.EmptyAsync()).Id);

        Assert.Equal("Inform - 9001", server.Words);
        Assert.Equal((DeviceStatus.Active, ""), await StatusAsync(lab, "1"));
        await lab.CountsAsync("cwmpshield_refusals_total", "reset");
    }

    [Fact]
    public async Task Keeps_a_device_whose_name_a_stranger_uses()
    {
        var acs = QueueingAcs.Start();
        await using var server = acs.Server;
        await using var lab = await Lab.StartWithRulesAsync(server, Rules, options => options with
        {
            Listeners = [options.Listeners[0] with { Identity = options.Listeners[0].Identity with { Mode = Gateway.Configuration.IdentityMode.Observe } }],
        });
        await using var stranger = await lab.DeviceAsync("2");

        Assert.Equal("InformResponse", (await stranger.PostAsync(Soap.Inform("1", "7", "M Plague"))).Method);

        Assert.Equal((DeviceStatus.Active, ""), await StatusAsync(lab, "1"));
        Assert.Equal(0, server.Connections);
    }

    [Theory]
    [InlineData(true, "device-withdrawn")]
    [InlineData(false, "device-quarantined")]
    public async Task Ends_a_session_in_progress_when_an_operator_withdraws_the_device(bool isDisabled, string reason)
    {
        var acs = QueueingAcs.Start();
        await using var server = acs.Server;
        acs.Order(id => Soap.GetParameterValues(id));
        await using var lab = await Lab.StartWithRulesAsync(server, Rules);
        await using var device = await lab.DeviceAsync();
        await device.InformAsync();
        await device.EmptyAsync();

        var change = isDisabled ? StatusChange.Disable("stolen", DateTimeOffset.UnixEpoch) : StatusChange.Quarantine("odd", DateTimeOffset.UnixEpoch);
        await Registry(lab).ChangeStatusAsync(Id("1"), change, default);

        Assert.Equal(204, (await device.PostAsync(Soap.GetParameterValuesResponse("o1"))).Status);
        await lab.QuietAsync();
        Assert.Equal("Inform - 9002", server.Words);
        await lab.CountsAsync("cwmpshield_refusals_total", reason);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Ends_the_session_of_a_shared_user_when_its_device_is_withdrawn_or_has_proven_more(bool isDisabled)
    {
        await using var lab = await CredentialLab.StartAsync();
        var device = CredentialLab.Device("9");
        var added = await lab.Registry.AddAsync(
            new DeviceDraft
            {
                Device = device,
                SharedUser = "fleet",
                SharedSecret = CredentialLab.Password("pw-fleet"),
                MigrationUntil = DateTimeOffset.MaxValue,
            },
            default);
        lab.Acs.Order(id => Soap.GetParameterValues(id));
        await using var stranger = await lab.DeviceAsync("fleet", "pw-fleet", "9");
        await stranger.InformAsync();
        var order = await stranger.EmptyAsync();
        if (isDisabled)
        {
            await lab.Registry.ChangeStatusAsync(device, StatusChange.Disable("stolen", DateTimeOffset.UnixEpoch), default);
        }
        else
        {
            var proof = new Sighting { Key = added.Device!.Key, SeenAt = DateTimeOffset.UnixEpoch, Strength = IdentityStrength.PasswordOverTls };
            await lab.Registry.RecordAsync(proof, default);
        }

        Assert.Equal(204, (await stranger.PostAsync(Soap.GetParameterValuesResponse(order.Id))).Status);

        await lab.Lab.QuietAsync();
        await lab.Lab.CountsAsync("cwmpshield_refusals_total", "device-withdrawn");
    }

    [Fact]
    public async Task Keeps_a_disabled_device_out_whatever_asks_for_its_quarantine()
    {
        var acs = QueueingAcs.Start();
        await using var server = acs.Server;
        await using var lab = await Lab.StartWithRulesAsync(server, Rules);
        await Registry(lab).ChangeStatusAsync(Id("1"), StatusChange.Disable("stolen", DateTimeOffset.UnixEpoch), default);

        Assert.Null(await Registry(lab).ChangeStatusAsync(Id("1"), StatusChange.Quarantine("odd", DateTimeOffset.UnixEpoch), default));
        Assert.Null(await Registry(lab).ChangeStatusAsync(Id("1"), StatusChange.Release("odd", DateTimeOffset.UnixEpoch), default));
        Assert.Null(await Registry(lab).ChangeStatusAsync(Id("9"), StatusChange.Disable("odd", DateTimeOffset.UnixEpoch), default));
        Assert.Equal((DeviceStatus.Disabled, "stolen"), await StatusAsync(lab, "1"));
    }

    private static IDeviceRegistry Registry(Lab lab) => lab.Services.GetRequiredService<IDeviceRegistry>();

    private static DeviceId Id(string serial) => new(Lab.Oui, Lab.ProductClass, serial);

    private static async Task<(DeviceStatus Status, string Reason)> StatusAsync(Lab lab, string serial)
    {
        var row = (await Registry(lab).FindAsync(Id(serial), default))!.Device;
        return (row.Status, row.StatusReason);
    }
}
