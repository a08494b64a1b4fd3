using CwmpShield.Core.Identity;
using CwmpShield.Core.Identity.Rotation;
using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.Inspection;
using CwmpShield.Gateway.Storage;
using CwmpShield.Gateway.Storage.Credentials;
using CwmpShield.Gateway.Tests.Doubles;
using static CwmpShield.Gateway.Tests.Doubles.CredentialLab;

namespace CwmpShield.Gateway.Tests.Credentials;

/// <summary>The bootstrap lane through the whole gateway: what a device in it gets, how it leaves, and who comes back.</summary>
public sealed class LaneTests
{
    private const string Password = "Device.ManagementServer.Password";
    private const string New = "n3w-Secret-1";

    private const string Rules = """
        cwmpshield: 1
        rules:
          - id: lane
            title: Only credentials
            severity: high
            on: [SetParameterValues]
            where: { device: { status: bootstrap }, parameter: { not-path: "*.ManagementServer.**" } }
            then: deny
        """;

    [Fact]
    public async Task Leaves_the_lane_after_a_whole_session_with_the_rotated_password()
    {
        await using var lab = await StartAsync(status: DeviceStatus.Bootstrap, rules: Rules);

        // :: In the lane: no network name, but a password.
        await lab.OrderAsync(Set(("Device.WiFi.SSID.1.SSID", "Home")), id => SetResponse(id));
        Assert.Equal("9003", lab.Acs.Server.Received.Last().FaultCode);
        await lab.OrderAsync(Set((Password, New)), id => SetResponse(id));
        Assert.Equal(DeviceStatus.Bootstrap, (await lab.RowAsync()).Status);

        // :: Out of it.
        Assert.Equal(200, await lab.LogInAsync(New));
        var row = await lab.RowAsync();
        Assert.Equal((DeviceStatus.Active, "rotated"), (row.Status, row.StatusReason));
        Assert.Equal("SetParameterValues", (await lab.OrderAsync(Set(("Device.WiFi.SSID.1.SSID", "Home")), id => SetResponse(id), New)).Method);
    }

    [Fact]
    public async Task Stays_in_the_lane_when_the_session_with_the_new_password_is_cut()
    {
        await using var lab = await StartAsync(status: DeviceStatus.Bootstrap);
        await lab.OrderAsync(Set((Password, New)), id => SetResponse(id));

        Assert.Equal(200, await lab.TryLogInAsync(New));

        Assert.Equal(DeviceStatus.Bootstrap, (await lab.RowAsync()).Status);
    }

    [Theory]
    [InlineData("0 BOOTSTRAP", IdentityReason.BootstrapForged)]
    [InlineData("1 BOOT", IdentityReason.FactoryCredential)]
    public async Task Refuses_factory_credentials_of_an_active_device(string code, string reason)
    {
        await using var lab = await StartRotatedAsync();

        Assert.Equal(403, (await InformAsync(lab, code)).Status);

        Assert.DoesNotContain(lab.Acs.Server.Received, request => request.Body.Contains(code, StringComparison.Ordinal));
        await lab.Lab.CountsAsync("cwmpshield_authentications_total", reason);
        Assert.Equal(DeviceStatus.Active, (await lab.RowAsync()).Status);
    }

    [Fact]
    public async Task Lets_a_device_back_into_the_lane_after_a_factory_reset_that_was_let_pass()
    {
        await using var lab = await StartRotatedAsync();
        await lab.OrderAsync(id => Soap.Envelope(id, "<cwmp:FactoryReset/>"), id => Soap.Envelope(id, "<cwmp:FactoryResetResponse/>"), New);
        Assert.NotNull((await lab.RowAsync()).FactoryResetAt);

        Assert.Equal(200, (await InformAsync(lab, "0 BOOTSTRAP")).Status);

        var row = await lab.RowAsync();
        Assert.Equal((DeviceStatus.Bootstrap, null), (row.Status, row.FactoryResetAt));
        Assert.Contains("factory reset", row.StatusReason, StringComparison.Ordinal);
        Assert.Equal(200, await lab.LogInAsync(New));
        await lab.OrderAsync(Set((Password, New + "2")), id => SetResponse(id));
        Assert.Equal(200, await lab.LogInAsync(New + "2"));
        Assert.Equal((DeviceStatus.Active, 401), ((await lab.RowAsync()).Status, await lab.LogInAsync(New)));
        Assert.Equal(403, (await InformAsync(lab, "0 BOOTSTRAP")).Status);
    }

    [Theory]
    [InlineData(10, true)]
    [InlineData(70, false)]
    public async Task Believes_a_factory_reset_until_the_device_shows_long_after_that_it_kept_its_password(int minutesAgo, bool believed)
    {
        await using var lab = await StartRotatedAsync();
        await lab.Registry.RememberResetAsync((await lab.RowAsync()).Key, TimeProvider.System.GetUtcNow().AddMinutes(-minutesAgo), default);

        Assert.Equal(200, await lab.LogInAsync(New));

        await lab.Lab.QuietAsync();
        Assert.Equal(believed, (await lab.RowAsync()).FactoryResetAt is not null);
    }

    [Fact]
    public async Task Forgets_a_factory_reset_that_the_device_refuses()
    {
        await using var lab = await StartRotatedAsync();

        await lab.OrderAsync(id => Soap.Envelope(id, "<cwmp:FactoryReset/>"), id => Soap.Fault(id, 9001), New);

        Assert.Null((await lab.RowAsync()).FactoryResetAt);
        Assert.Equal(403, (await InformAsync(lab, "0 BOOTSTRAP")).Status);
    }

    [Fact]
    public async Task Forgets_a_factory_reset_that_never_reached_its_device()
    {
        await using var lab = await StartRotatedAsync(options => options with { Refusal = options.Refusal with { MaxRounds = 1 } });
        lab.Acs.Order(id => Soap.RogueDownload(id));

        await lab.OrderAsync(id => Soap.Envelope(id, "<cwmp:FactoryReset/>"), answer: null, New);

        Assert.Null((await lab.RowAsync()).FactoryResetAt);
    }

    [Fact]
    public async Task Lets_the_bound_certificate_back_into_the_lane()
    {
        await using var lab = await StartRotatedAsync();
        await using (var first = await ScriptedDevice.ConnectAsync(lab.Lab.Door(), lab.Lab.CertificateOf("7"), "7"))
        {
            first.Headers = Basic("7", New);
            await first.InformAsync();
            Assert.Equal(204, (await first.EmptyAsync()).Status);
        }

        await lab.Lab.QuietAsync();
        await using var device = await ScriptedDevice.ConnectAsync(lab.Lab.Door(), lab.Lab.CertificateOf("7"), "7");
        device.Headers = Basic("7", "pw7");

        Assert.Equal(200, (await device.PostAsync(Soap.Inform("7", @event: "0 BOOTSTRAP"))).Status);

        Assert.Equal(DeviceStatus.Bootstrap, (await lab.RowAsync()).Status);
    }

    [Fact]
    public async Task Lets_a_device_back_into_the_lane_that_an_operator_has_released()
    {
        await using var lab = await StartRotatedAsync();
        await lab.Registry.ChangeStatusAsync(Device("7"), StatusChange.ToBootstrap("SEC-7", TimeProvider.System.GetUtcNow()), default);

        Assert.Equal(200, (await InformAsync(lab, "0 BOOTSTRAP")).Status);
        Assert.Equal(200, await lab.LogInAsync(New));
    }

    [Fact]
    public async Task Keeps_a_release_into_the_lane_that_came_in_the_middle_of_a_session()
    {
        await using var lab = await StartAsync();
        await lab.OrderAsync(Set((Password, New)), id => SetResponse(id));
        await using (var device = await lab.DeviceAsync(password: New))
        {
            await device.InformAsync();
            await lab.Registry.ChangeStatusAsync(Device("7"), StatusChange.ToBootstrap("SEC-7", TimeProvider.System.GetUtcNow()), default);
            Assert.Equal(204, (await device.EmptyAsync()).Status);
        }

        await lab.Lab.QuietAsync();
        Assert.Equal(($"current:{New}", DeviceStatus.Bootstrap), (await lab.StatesAsync(), (await lab.RowAsync()).Status));
    }

    [Fact]
    public async Task Keeps_an_active_device_active_that_informs_with_bootstrap_and_its_own_password()
    {
        await using var lab = await StartRotatedAsync();

        Assert.Equal(200, (await InformAsync(lab, "0 BOOTSTRAP", New)).Status);

        Assert.Equal(DeviceStatus.Active, (await lab.RowAsync()).Status);
    }

    [Fact]
    public async Task Refuses_a_weaker_log_in_than_was_proven_until_the_mark_is_lowered()
    {
        await using var lab = await StartAsync();
        await using (var strong = await ScriptedDevice.ConnectAsync(lab.Lab.Door(), lab.Lab.CertificateOf("7"), "7"))
        {
            strong.Headers = Basic("7", "pw7");
            await strong.InformAsync();
            Assert.Equal(204, (await strong.EmptyAsync()).Status);
        }

        await lab.Lab.QuietAsync();
        Assert.Equal(403, await lab.LogInAsync("pw7"));
        await lab.Lab.CountsAsync("cwmpshield_sessions_started_total", "unique-certificate");

        await lab.Registry.LowerStrengthAsync(Device("7"), IdentityStrength.PasswordOverTls, default);

        Assert.Equal(200, await lab.LogInAsync("pw7"));
        await lab.Lab.CountsAsync("cwmpshield_sessions_started_total", "password-over-tls");
    }

    /// <summary>A device whose factory password <c>pw7</c> has given way to its own.</summary>
    private static async Task<CredentialLab> StartRotatedAsync(Func<GatewayOptions, GatewayOptions>? options = null)
    {
        var lab = await StartAsync(status: DeviceStatus.Bootstrap, options: options);
        var row = await lab.RowAsync();
        var credential = new DeviceCredential(null, CredentialLab.Password(New));
        await lab.Registry.ChangeCredentialAsync(
            new CredentialChange
            {
                Device = row.Key,
                At = TimeProvider.System.GetUtcNow(),
                LeavesLane = "rotated",
                Apply = state => state.Ordered(credential, SessionCredential.None).Used(new SessionCredential(credential, IsBootstrap: true)),
            },
            default);
        Assert.Equal($"current:{New} factory:pw7", await lab.StatesAsync());
        return lab;
    }

    private static async Task<DeviceSaw> InformAsync(CredentialLab lab, string code, string password = "pw7")
    {
        DeviceSaw answer;
        await using (var device = await lab.DeviceAsync(password: password))
        {
            answer = await device.PostAsync(Soap.Inform("7", @event: code));
            if (answer.Status == 200)
            {
                Assert.Equal(204, (await device.EmptyAsync()).Status);
            }
        }

        await lab.Lab.QuietAsync();
        return answer;
    }
}
