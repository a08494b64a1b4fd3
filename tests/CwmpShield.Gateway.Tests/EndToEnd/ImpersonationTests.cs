using System.Globalization;
using System.Threading.Channels;
using CwmpShield.Core.Cwmp;
using CwmpShield.Core.Identity;
using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.Identity;
using CwmpShield.Gateway.Inspection;
using CwmpShield.Gateway.Storage;
using CwmpShield.Gateway.Tests.Doubles;
using Microsoft.Extensions.DependencyInjection;

namespace CwmpShield.Gateway.Tests.EndToEnd;

/// <summary>Thieves of names under the shipped rules: what is seen of them, and that nothing falls back on the device that they name.</summary>
public sealed class ImpersonationTests
{
    private const string Attacker = "203.0.113.9";
    private const string Home = "198.51.100.7";
    private static readonly string Rules = File.ReadAllText(Path.Combine(RecordedSession.InRepository("rules"), "95-impersonation.yaml"));
    private static readonly ImpersonationOptions Traps = new() { Canaries = [$"{Lab.Oui}-{Lab.ProductClass}-M9", $"{Lab.Oui}-{Lab.ProductClass}-TRAP*"] };

    [Fact]
    public async Task Quarantines_a_session_that_uses_the_name_of_a_canary_and_shows_where_it_came_from()
    {
        await using var server = ThrottleTests.Acs();
        await using var lab = await StartAsync(server);
        var events = Watch(lab);
        await using var thief = await lab.PasswordAsync("M9", Attacker, "fleet");

        Assert.Equal("InformResponse", (await thief.PostAsync(Soap.Inform("M9"))).Method);
        Assert.Equal(204, (await thief.EmptyAsync()).Status);

        Assert.Equal(0, server.Connections);
        var raised = await EventAsync(events, "canary");
        Assert.Equal((Attacker, null, $"{Lab.Oui}-{Lab.ProductClass}-M9"), (raised.Source!.ToString(), raised.Device, raised.Claim));
        await lab.Lab.CountsAsync("cwmpshield_impersonation_signals_total", "canary");
        Assert.Equal(DeviceStatus.Active, await lab.StatusAsync("M9"));
    }

    [Fact]
    public async Task Sees_a_canary_in_a_log_in_that_fails()
    {
        await using var server = ThrottleTests.Acs();
        await using var lab = await StartAsync(server, Traps with { Canaries = [$"{Lab.Oui}-{Lab.ProductClass}-*", "TRAP-*"] });
        var events = Watch(lab);

        Assert.Equal(401, (await lab.GuessAsync("TRAP-77", Attacker)).Status);

        Assert.Equal("TRAP-77", (await EventAsync(events, "canary")).Claim);
    }

    [Fact]
    public async Task Leaves_the_devices_alone_whose_names_a_thief_walks_through()
    {
        await using var server = ThrottleTests.Acs();
        await using var lab = await StartAsync(server);
        var events = Watch(lab);
        for (var i = 1; i <= 8; i++)
        {
            await using var thief = await lab.PasswordAsync(Name(i), Attacker, "fleet");
            var saw = await thief.PostAsync(Soap.Inform(Name(i)));
            Assert.Equal(i < 8 ? "InformResponse" : "Fault", saw.Method);
        }

        Assert.Equal(Attacker, (await EventAsync(events, "walking-serials")).Source!.ToString());
        Assert.Equal(DeviceStatus.Active, await lab.StatusAsync("M7"));
        await using var honest = await lab.PasswordAsync("M7", Home, "fleet");
        await honest.InformAsync();
        await using var proven = await lab.CertificateAsync("1", Attacker);
        await proven.InformAsync();
        Assert.Equal(DeviceStatus.Active, await lab.StatusAsync("1"));
    }

    [Fact]
    public async Task Refuses_nobody_of_a_batch_behind_one_address_where_a_listener_only_observes_who_speaks()
    {
        await using var server = ThrottleTests.Acs();
        await using var lab = await StartAsync(server);
        for (var i = 1; i <= 20; i++)
        {
            var serial = string.Create(CultureInfo.InvariantCulture, $"2109{i:0000}");
            await using var device = await lab.ObservedAsync(serial, Attacker);
            await device.InformAsync();
            Assert.Equal(204, (await device.EmptyAsync()).Status);
        }

        await using (var thief = await lab.ObservedAsync("TRAP1", Attacker))
        {
            await thief.PostAsync(Soap.Inform("TRAP1"));
        }

        await using var neighbour = await lab.ObservedAsync("21090021", Attacker);
        await neighbour.InformAsync();
        await lab.Lab.CountsAsync("cwmpshield_impersonation_signals_total", "walking-serials");
        await lab.Lab.CountsAsync("cwmpshield_impersonation_signals_total", "canary");
    }

    [Fact]
    public async Task Leaves_new_devices_alone_whose_factory_passwords_a_thief_walks_through()
    {
        await using var server = ThrottleTests.Acs();
        await using var lab = await StartAsync(server);
        var registry = lab.Lab.Services.GetRequiredService<IDeviceRegistry>();
        for (var i = 1; i <= 9; i++)
        {
            var draft = new DeviceDraft { Device = ThrottleLab.Id($"NEW{i}"), Status = DeviceStatus.Bootstrap, Secret = new StoredSecret.Password("pwfactory"u8.ToArray()) };
            await registry.AddAsync(draft, default);
        }

        for (var i = 1; i <= 9; i++)
        {
            await using var thief = await lab.PasswordAsync($"NEW{i}", Attacker, password: "pwfactory");
            Assert.Equal("InformResponse", (await thief.PostAsync(Soap.Inform($"NEW{i}", "1", "0 BOOTSTRAP"))).Method);
            await thief.EmptyAsync();
        }

        await lab.Lab.CountsAsync("cwmpshield_refusals_total", InspectionReason.QuarantineBegins);
        for (var i = 1; i <= 9; i++)
        {
            Assert.Equal(DeviceStatus.Bootstrap, await lab.StatusAsync($"NEW{i}"));
        }

        await using var honest = await lab.PasswordAsync("NEW9", Home, password: "pwfactory");
        Assert.Equal("InformResponse", (await honest.PostAsync(Soap.Inform("NEW9", "1", "0 BOOTSTRAP"))).Method);
        Assert.Equal(204, (await honest.EmptyAsync()).Status);
        Assert.Contains(server.Received, request => request.Body.Contains("NEW9", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Quarantines_the_device_whose_proven_identity_tries_to_be_others_and_not_the_others()
    {
        await using var server = ThrottleTests.Acs();
        await using var lab = await StartAsync(server);
        var events = Watch(lab);
        await using var device = await lab.CertificateAsync("1", Home);
        for (var i = 0; i < 8; i++)
        {
            Assert.Equal(403, (await device.PostAsync(Soap.Inform($"SN{1000 + i}"))).Status);
            await device.ReconnectAsync();
        }

        Assert.Equal(403, (await device.PostAsync(Soap.Inform("2"))).Status);
        await device.ReconnectAsync();
        Assert.Equal("InformResponse", (await device.PostAsync(Soap.Inform("1"))).Method);

        await EventAsync(events, "walking-serials");
        Assert.Equal((DeviceStatus.Quarantined, DeviceStatus.Active), (await lab.StatusAsync("1"), await lab.StatusAsync("2")));
        Assert.Equal(0, server.Connections);
    }

    [Fact]
    public async Task Holds_the_secrets_of_a_device_that_is_in_two_networks_at_once()
    {
        var acs = QueueingAcs.Start();
        await using var server = acs.Server;
        acs.Order(id => Soap.GetParameterValues(id));
        await using var lab = await StartAsync(server);
        var events = Watch(lab);
        await using var home = await lab.CertificateAsync("1", Home);
        await home.InformAsync();
        await home.EmptyAsync();
        await home.PostAsync(Soap.GetParameterValuesResponse("o1"));

        acs.Order(id => Soap.Envelope(id, """<cwmp:SetParameterValues><ParameterList soap-enc:arrayType="cwmp:ParameterValueStruct[1]"><ParameterValueStruct><Name>InternetGatewayDevice.LANDevice.1.WLANConfiguration.1.KeyPassphrase</Name><Value xsi:type="xsd:string">correct-horse</Value></ParameterValueStruct></ParameterList><ParameterKey/></cwmp:SetParameterValues>"""));
        await using var copy = await lab.CertificateAsync("1", "192.0.2.99");
        await copy.InformAsync();
        Assert.Equal(204, (await copy.EmptyAsync()).Status);

        var raised = await EventAsync(events, "two-networks");
        Assert.Equal((ThrottleLab.Id("1"), "192.0.2.99"), (raised.Device, raised.Source!.ToString()));
        Assert.Contains(acs.Faults.Values, code => code == "9003");
        await lab.Lab.CountsAsync("cwmpshield_refusals_total", "subscriber-secret-doubtful-identity");
    }

    [Fact]
    public async Task Sees_a_second_key_for_a_device_against_the_address_and_lets_the_device_in()
    {
        await using var server = ThrottleTests.Acs();
        await using var lab = await StartAsync(server);
        var events = Watch(lab);
        await using (var device = await lab.CertificateAsync("1", Home))
        {
            await device.InformAsync();
            await device.EmptyAsync();
        }

        using var forged = lab.Lab.Tls.Devices.Issue(new LabCertificateRequest
        {
            CommonName = $"{Lab.Oui}-{Lab.ProductClass}-1",
            ClientAuth = true,
            NotBefore = TimeProvider.System.GetUtcNow().AddMinutes(-30),
        });
        await using var copy = await lab.CertificateAsync("1", Attacker, forged);
        Assert.Equal(403, (await copy.PostAsync(Soap.Inform("1"))).Status);

        Assert.Equal(Attacker, (await EventAsync(events, "two-keys")).Source!.ToString());
        await using var real = await lab.CertificateAsync("1", Home);
        await real.InformAsync();
        Assert.Equal(DeviceStatus.Active, await lab.StatusAsync("1"));
    }

    [Fact]
    public async Task Sees_a_key_that_is_used_for_another_device()
    {
        await using var server = ThrottleTests.Acs();
        await using var lab = await StartAsync(server);
        var events = Watch(lab);
        await lab.Lab.Services.GetRequiredService<IDeviceRegistry>().AddAsync(
            new DeviceDraft
            {
                Device = ThrottleLab.Id("K1"),
                Key = new KeyToBind(Spki(lab.Lab.CertificateOf("2")), TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(1)),
            },
            default);

        await using var device = await lab.CertificateAsync("2", Attacker);
        Assert.Equal(403, (await device.PostAsync(Soap.Inform("2"))).Status);

        Assert.Equal(Attacker, (await EventAsync(events, "key-of-several-devices")).Source!.ToString());
    }

    [Fact]
    public async Task Sees_a_device_that_bootstraps_again_and_again()
    {
        await using var server = ThrottleTests.Acs();
        await using var lab = await StartAsync(server);
        var events = Watch(lab);
        await using var device = await lab.CertificateAsync("1", Home);
        for (var i = 0; i < 4; i++)
        {
            Assert.Equal("InformResponse", (await device.PostAsync(Soap.Inform("1", "1", "0 BOOTSTRAP"))).Method);
            await device.EmptyAsync();
            await device.ReconnectAsync();
        }

        Assert.Equal(ThrottleLab.Id("1"), (await EventAsync(events, "repeated-bootstrap")).Device);
    }

    [Fact]
    public async Task Sees_failed_log_ins_once_and_keeps_names_out_of_the_metrics()
    {
        await using var server = ThrottleTests.Acs();
        await using var lab = await ThrottleLab.StartAsync(server, new ThrottleOptions { Address = new ThrottleFigures { Failures = 3 } }, Traps, Rules);
        var events = Watch(lab);
        for (var i = 0; i < 6; i++)
        {
            await lab.GuessAsync($"guess{i}", Attacker);
        }

        await EventAsync(events, "failed-log-ins");
        Assert.False(events.TryRead(out var second) && second.Decision.Reasons.Contains("failed-log-ins"), "raised twice");
        Assert.DoesNotContain("guess0", lab.Lab.Metrics(), StringComparison.Ordinal);
        Assert.DoesNotContain(Attacker, lab.Lab.Metrics(), StringComparison.Ordinal);
    }

    private static string Name(int i) => string.Create(CultureInfo.InvariantCulture, $"M{i}");

    private static Task<ThrottleLab> StartAsync(ScriptedAcs server, ImpersonationOptions? options = null) =>
        ThrottleLab.StartAsync(server, null, options ?? Traps, Rules);

    private static ChannelReader<DecisionEvent> Watch(ThrottleLab lab) => lab.Lab.Services.GetRequiredService<DecisionFeed>().Watch();

    private static async Task<DecisionEvent> EventAsync(ChannelReader<DecisionEvent> events, string reason)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (true)
        {
            var shown = await events.ReadAsync(patience.Token);
            if (shown.Decision.Reasons.Contains(reason))
            {
                return shown;
            }
        }
    }

    private static string Spki(System.Security.Cryptography.X509Certificates.X509Certificate2 certificate) =>
        Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(certificate.PublicKey.ExportSubjectPublicKeyInfo()));
}
