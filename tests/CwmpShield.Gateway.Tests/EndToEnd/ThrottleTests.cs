using System.Diagnostics;
using System.Globalization;
using CwmpShield.Core.Identity;
using CwmpShield.Core.Identity.Limits;
using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.Storage;
using CwmpShield.Gateway.Tests.Doubles;
using Microsoft.Extensions.DependencyInjection;

namespace CwmpShield.Gateway.Tests.EndToEnd;

/// <summary>Who is told to come later, and who gets in whatever happens around him.</summary>
public sealed class ThrottleTests
{
    private const string Attacker = "203.0.113.9";
    private const string Home = "198.51.100.7";

    private static readonly ThrottleOptions Strict = new()
    {
        Address = new ThrottleFigures { Failures = 3, Sessions = 3, Bytes = 64 << 10 },
        Device = new DeviceThrottleFigures { Failures = 5, Sessions = 4, Bytes = 64 << 10, Attempts = 10 },
    };

    [Fact]
    public async Task Tells_an_address_that_was_wrong_too_often_to_come_later()
    {
        await using var server = Acs();
        await using var lab = await ThrottleLab.StartAsync(server, Strict);
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(401, (await lab.GuessAsync($"guess{i}", Attacker)).Status);
        }

        var refused = await lab.GuessAsync("another", Attacker);

        Assert.Equal((503, "", null, "close"), (refused.Status, refused.Body, refused.Header("WWW-Authenticate"), refused.Header("Connection")));
        Assert.InRange(int.Parse(refused.Header("Retry-After")!, CultureInfo.InvariantCulture), 5, 900);
        await lab.Lab.CountsAsync("cwmpshield_throttle_refusals_total", LimitReason.AddressFailures);
        await lab.Lab.CountsAsync("cwmpshield_requests_rejected_total", LimitReason.AddressFailures);
        await lab.Lab.CountsAsync("cwmpshield_authentications_total", LimitReason.AddressFailures);
        Assert.Equal(0, server.Connections);
    }

    [Fact]
    public async Task Does_not_look_at_a_right_password_of_a_stranger_to_an_address_that_floods()
    {
        await using var server = Acs();
        await using var lab = await ThrottleLab.StartAsync(server, Strict);
        await FloodAsync(lab, Attacker);

        await using var device = await lab.PasswordAsync("7", Attacker);

        Assert.Equal(503, (await device.PostAsync(Soap.Inform("7"))).Status);
    }

    [Fact]
    public async Task Lets_a_device_in_by_its_certificate_from_an_address_that_floods()
    {
        await using var server = Acs();
        await using var lab = await ThrottleLab.StartAsync(server, Strict);
        await FloodAsync(lab, Home);

        await using var device = await lab.CertificateAsync("1", Home);

        await device.InformAsync();
        Assert.Equal(204, (await device.EmptyAsync()).Status);
    }

    [Fact]
    public async Task Lets_a_device_in_by_its_password_from_its_known_address_while_others_behind_it_flood()
    {
        await using var server = Acs();
        await using var lab = await ThrottleLab.StartAsync(server, Strict);
        await using (var before = await lab.PasswordAsync("7", Home))
        {
            await before.InformAsync();
            await before.EmptyAsync();
        }

        await FloodAsync(lab, Home);

        await using var device = await lab.PasswordAsync("7", Home);
        await device.InformAsync();
    }

    [Fact]
    public async Task Knows_the_last_address_of_a_device_after_a_restart_and_from_another_node()
    {
        await using var server = Acs();
        await using var lab = await ThrottleLab.StartAsync(server, Strict);
        var registry = lab.Lab.Services.GetRequiredService<IDeviceRegistry>();
        var row = (await registry.FindAsync(ThrottleLab.Id("7"), default))!.Device;
        await registry.RecordAsync(new Sighting { Key = row.Key, SeenAt = TimeProvider.System.GetUtcNow(), Strength = IdentityStrength.PasswordOverTls, Source = Home }, default);
        await FloodAsync(lab, Home);

        await using var other = await lab.PasswordAsync("8", Home);
        Assert.Equal(503, (await other.PostAsync(Soap.Inform("8"))).Status);
        await using var device = await lab.PasswordAsync("7", Home);
        await device.InformAsync();
    }

    [Fact]
    public async Task Gives_a_device_its_turn_while_somebody_behind_its_address_guesses_with_its_name()
    {
        await using var server = Acs();
        await using var lab = await ThrottleLab.StartAsync(server, Strict);
        await using (var before = await lab.PasswordAsync("7", Home))
        {
            await before.InformAsync();
            await before.EmptyAsync();
        }

        var guesses = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => lab.GuessAsync("7", Home)));
        Assert.All(guesses, guess => Assert.Equal(401, guess.Status));

        await using var device = await lab.PasswordAsync("7", Home);
        await device.InformAsync();
        Assert.Contains("cwmpshield_throttle_delays_total{listener=\"passwords\"}", lab.Lab.Metrics(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lets_a_device_in_from_a_new_address_while_its_name_is_flooded_from_everywhere()
    {
        await using var server = Acs();
        await using var lab = await ThrottleLab.StartAsync(server, Strict);
        for (var i = 1; i <= 20; i++)
        {
            await lab.GuessAsync("7", $"192.0.2.{i}");
        }

        await using var device = await lab.PasswordAsync("7", Home);

        await device.InformAsync();
        Assert.Equal(DeviceStatus.Active, await lab.StatusAsync("7"));
    }

    [Fact]
    public async Task Takes_a_64_for_one_address_and_leaves_its_neighbours()
    {
        await using var server = Acs();
        await using var lab = await ThrottleLab.StartAsync(server, Strict);
        for (var i = 1; i <= 3; i++)
        {
            Assert.Equal(401, (await lab.GuessAsync($"guess{i}", $"2001:db8:1:1::{i}")).Status);
        }

        Assert.Equal(503, (await lab.GuessAsync("guess", "2001:db8:1:1::ff")).Status);
        await using var neighbour = await lab.PasswordAsync("7", "2001:db8:1:2::1");
        await neighbour.InformAsync();
    }

    [Fact]
    public async Task Lets_an_address_of_a_pool_be_wrong_more_often()
    {
        await using var server = Acs();
        await using var lab = await ThrottleLab.StartAsync(
            server, Strict with { Pools = [new ThrottlePool { Networks = ["100.64.0.0/10"], Failures = 6 }] });
        for (var i = 0; i < 6; i++)
        {
            Assert.Equal(401, (await lab.GuessAsync($"guess{i}", "100.64.0.9")).Status);
        }

        Assert.Equal(503, (await lab.GuessAsync("another", "100.64.0.9")).Status);
    }

    [Fact]
    public async Task Only_counts_where_it_is_observed()
    {
        await using var server = Acs();
        await using var lab = await ThrottleLab.StartAsync(server, Strict with { Mode = ThrottleMode.Observe });

        for (var i = 0; i < 5; i++)
        {
            Assert.Equal(401, (await lab.GuessAsync($"guess{i}", Attacker)).Status);
        }

        Assert.Contains("verdict=\"observed\"", lab.Lab.Metrics(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tells_a_device_that_begins_too_many_sessions_to_come_later_and_no_other_behind_its_address()
    {
        await using var server = Acs();
        await using var lab = await ThrottleLab.StartAsync(server, Strict);
        await using var device = await lab.CertificateAsync("1", Home);
        for (var i = 0; i < 4; i++)
        {
            await device.InformAsync();
            await device.EmptyAsync();
            await device.ReconnectAsync();
        }

        var refused = await device.PostAsync(Soap.Inform("1"));

        Assert.Equal((503, ""), (refused.Status, refused.Body));
        await lab.Lab.CountsAsync("cwmpshield_throttle_refusals_total", LimitReason.DeviceSessions);
        await using var other = await lab.CertificateAsync("2", Home);
        await other.InformAsync();
    }

    [Fact]
    public async Task Counts_what_is_done_with_the_factorys_password_against_the_address_and_not_the_device()
    {
        await using var server = Acs();
        await using var lab = await ThrottleLab.StartAsync(server, Strict);
        var draft = new DeviceDraft { Device = ThrottleLab.Id("NEW"), Status = DeviceStatus.Bootstrap, Secret = new StoredSecret.Password("pwNEW"u8.ToArray()) };
        await lab.Lab.Services.GetRequiredService<IDeviceRegistry>().AddAsync(draft, default);
        DeviceSaw saw;
        do
        {
            await using var thief = await lab.PasswordAsync("NEW", Attacker);
            saw = await thief.PostAsync(Soap.Inform("NEW"));
            await thief.EmptyAsync();
        }
        while (saw.Status == 200);

        Assert.Equal(503, saw.Status);
        await lab.Lab.CountsAsync("cwmpshield_throttle_refusals_total", LimitReason.AddressSessions);
        await using var device = await lab.PasswordAsync("NEW", Home);
        await device.InformAsync();
    }

    [Fact]
    public async Task Tells_a_device_that_logs_in_too_often_to_come_later()
    {
        await using var server = Acs();
        await using var lab = await ThrottleLab.StartAsync(server, Strict);
        await using var device = await lab.CertificateAsync("1", Home);
        for (var i = 0; i < 10; i++)
        {
            Assert.Equal(400, (await device.EmptyAsync()).Status);
            await device.ReconnectAsync();
        }

        Assert.Equal(503, (await device.EmptyAsync()).Status);
        await lab.Lab.CountsAsync("cwmpshield_throttle_refusals_total", LimitReason.DeviceAttempts);
    }

    [Fact]
    public async Task Tells_a_device_that_sent_too_much_to_come_later()
    {
        await using var server = Acs();
        await using var lab = await ThrottleLab.StartAsync(server, Strict);
        await using var device = await lab.CertificateAsync("1", Home);
        Assert.Equal(200, (await device.PostAsync(Soap.Inform("1", padding: 70_000))).Status);

        var refused = await device.EmptyAsync();

        Assert.Equal((503, ""), (refused.Status, refused.Body));
        await lab.Lab.CountsAsync("cwmpshield_throttle_refusals_total", LimitReason.DeviceBytes);
        await using var other = await lab.CertificateAsync("2", Home);
        await other.InformAsync();
    }

    [Fact]
    public async Task Challenges_a_device_though_its_address_has_sent_too_much_without_proof()
    {
        await using var server = Acs();
        await using var lab = await ThrottleLab.StartAsync(server, Strict);
        await using var device = await lab.PasswordAsync("7", Home);
        var credential = device.Headers;
        device.Headers = "";
        await device.PostAsync(Soap.Inform("7", padding: 40_000));
        await device.PostAsync(Soap.Inform("7", padding: 40_000));

        var challenged = await device.PostAsync(Soap.Inform("7"));

        Assert.Equal((401, "close"), (challenged.Status, challenged.Header("Connection")));
        device.Headers = credential;
        await device.ReconnectAsync();
        await device.InformAsync();
    }

    [Fact]
    public async Task Counts_wrong_names_behind_a_shared_user_as_wrong_log_ins()
    {
        await using var server = Acs();
        await using var lab = await ThrottleLab.StartAsync(server, Strict with { Address = Strict.Address with { Sessions = 100, Serials = 0 } });
        for (var i = 0; i < 3; i++)
        {
            await using var thief = await lab.PasswordAsync($"X{i}", Attacker, "fleet");
            Assert.Equal(403, (await thief.PostAsync(Soap.Inform($"X{i}"))).Status);
        }

        await using var further = await lab.PasswordAsync("M1", Attacker, "fleet");
        Assert.Equal(503, (await further.PostAsync(Soap.Inform("M1"))).Status);
        await using var honest = await lab.PasswordAsync("M1", Home, "fleet");
        await honest.InformAsync();
    }

    [Fact]
    public async Task Bounds_sessions_without_proof_by_address()
    {
        await using var server = Acs();
        await using var lab = await ThrottleLab.StartAsync(server, Strict);
        for (var i = 1; i <= 3; i++)
        {
            await using var device = await lab.PasswordAsync($"M{i}", Attacker, "fleet");
            await device.InformAsync();
            await device.EmptyAsync();
        }

        await using var fourth = await lab.PasswordAsync("M4", Attacker, "fleet");
        Assert.Equal(503, (await fourth.PostAsync(Soap.Inform("M4"))).Status);
        await lab.Lab.CountsAsync("cwmpshield_throttle_refusals_total", LimitReason.AddressSessions);
        await using var elsewhere = await lab.PasswordAsync("M5", Home, "fleet");
        await elsewhere.InformAsync();
    }

    [Fact]
    public async Task Stops_nobody_where_identity_is_only_observed()
    {
        await using var server = Acs();
        await using var lab = await Lab.StartAsync(server, options => options with
        {
            Throttle = Strict,
            Listeners = [options.Listeners[0] with { Identity = new ListenerIdentityOptions { Mode = IdentityMode.Observe } }],
        });
        for (var i = 0; i < 6; i++)
        {
            await using var device = await lab.DeviceAsync();
            Assert.Equal(200, (await device.PostAsync(Soap.Inform("1", padding: 30_000))).Status);
            Assert.Equal(204, (await device.EmptyAsync()).Status);
        }

        Assert.Contains("verdict=\"observed\"", lab.Metrics(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keeps_forty_guesses_at_one_time_to_the_figure_of_the_address()
    {
        await using var server = Acs();
        await using var lab = await ThrottleLab.StartAsync(server, Strict);
        var guesses = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => lab.GuessAsync($"guess{i}", Attacker)));

        Assert.Equal(3, guesses.Count(guess => guess.Status == 401));
        Assert.Equal(37, guesses.Count(guess => guess.Status == 503));
    }

    /// <summary>An ACS that minds no device's session but each one's own.</summary>
    internal static ScriptedAcs Acs() =>
        new(request => request.Method == "Inform" ? AcsAnswer.Soap(Soap.InformResponse(request.Id)) : AcsAnswer.Done);

    private static async Task FloodAsync(ThrottleLab lab, string from)
    {
        var watch = Stopwatch.StartNew();
        for (var i = 0; (await lab.GuessAsync($"guess{i}", from)).Status != 503; i++)
        {
            Assert.True(watch.Elapsed < TimeSpan.FromMinutes(2), "the flood was never refused");
        }
    }
}
