using System.Globalization;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using CwmpShield.Core.Identity;
using CwmpShield.Core.Identity.Revocation;
using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.Identity;
using CwmpShield.Gateway.Storage;
using CwmpShield.Gateway.Tests.Doubles;
using CwmpShield.Gateway.Tests.Listening;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace CwmpShield.Gateway.Tests.EndToEnd;

/// <summary>Identities as only attackers, broken devices and bad days bring them: over real TLS, and nothing of them reaches the ACS.</summary>
public sealed class BadIdentityTests
{
    private const string Name = $"{Lab.Oui}-{Lab.ProductClass}-1";

    [Theory]
    [InlineData("Basic")]
    [InlineData("Basic !!!!")]
    [InlineData("Basic Og==")]
    [InlineData("Basic /////w==")]
    [InlineData("Basic ////OnB3Nw==")]
    [InlineData("Basic N2FiAGM6cHc3")]
    [InlineData("Digest username=\"7\"")]
    [InlineData("Digest username=\"7\", username=\"8\", realm=\"CwmpShield\"")]
    [InlineData("Digest \"")]
    [InlineData("Digest username=\"\u00ff\u00fe\", realm=\"CwmpShield\", nonce=\"n\", uri=\"/\", qop=auth, nc=00000001, cnonce=\"c\", response=\"00112233445566778899aabbccddeeff\"")]
    [InlineData("Basic \u00c3\u00bc\u00ff")]
    [InlineData("Bearer abc")]
    [InlineData("Negotiate YIIB")]
    public async Task Challenges_or_refuses_an_Authorization_header_that_cannot_be_read(string header)
    {
        await using var server = ThrottleTests.Acs();
        await using var lab = await ThrottleLab.StartAsync(server);
        await using var device = await lab.PasswordAsync("7", "198.51.100.7");
        var right = device.Headers;
        device.Headers = $"Authorization: {header}\r\n";

        var answer = await device.PostAsync(Soap.Inform("7"));

        Assert.True(answer.Status is 400 or 401, $"status {answer.Status}");
        Assert.Equal("", answer.Body);
        Assert.Equal(0, server.Connections);
        device.Headers = right;
        await device.ReconnectAsync();
        await device.InformAsync();
    }

    [Fact]
    public async Task Refuses_two_Authorization_headers_of_which_one_is_right()
    {
        await using var server = ThrottleTests.Acs();
        await using var lab = await ThrottleLab.StartAsync(server);
        await using var device = await lab.PasswordAsync("7", "198.51.100.7");
        device.Headers += device.Headers;

        Assert.Equal(400, (await device.PostAsync(Soap.Inform("7"))).Status);
        Assert.Equal(0, server.Connections);
    }

    [Theory]
    [InlineData($"{Name}\0.evil.example")]
    [InlineData($"{Lab.Oui}-{Lab.ProductClass}-*")]
    [InlineData($"{Name}\n")]
    [InlineData("*")]
    public async Task Refuses_a_certificate_whose_name_can_be_read_two_ways(string commonName)
    {
        await using var server = ThrottleTests.Acs();
        await using var lab = await Lab.StartAsync(server);
        using var certificate = lab.Tls.Devices.Issue(new LabCertificateRequest { Subject = Subject(commonName), ClientAuth = true });

        Assert.Equal(0, await AskAsync(lab, certificate));
        await lab.CountsAsync("cwmpshield_requests_rejected_total", IdentityReason.CertificateNameInvalid);
        Assert.Equal(0, server.Connections);
    }

    [Fact]
    public async Task Refuses_a_certificate_with_two_names_though_one_is_right()
    {
        await using var server = ThrottleTests.Acs();
        await using var lab = await Lab.StartAsync(server);
        using var certificate = lab.Tls.Devices.Issue(new LabCertificateRequest { Subject = Subject(Name, $"{Lab.Oui}-{Lab.ProductClass}-2"), ClientAuth = true });

        Assert.Equal(0, await AskAsync(lab, certificate));
        await lab.CountsAsync("cwmpshield_requests_rejected_total", IdentityReason.CertificateNameInvalid);
        Assert.Equal(0, server.Connections);
    }

    [Theory]
    [InlineData(-60, -5, CertificateReason.Expired)]
    [InlineData(5, 60, CertificateReason.NotYetValid)]
    public async Task Refuses_a_certificate_out_of_its_time_in_the_handshake(int from, int to, string reason)
    {
        await using var server = ThrottleTests.Acs();
        await using var lab = await Lab.StartAsync(server);
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = lab.Tls.Devices.Issue(new LabCertificateRequest
        {
            CommonName = Name, ClientAuth = true, NotBefore = now.AddMinutes(from), NotAfter = now.AddMinutes(to),
        });

        Assert.Equal(0, await AskAsync(lab, certificate));
        await lab.CountsAsync("cwmpshield_requests_rejected_total", reason);
    }

    [Fact]
    public async Task Judges_a_device_that_sends_two_chains_by_its_own_authority_alone()
    {
        await using var server = ThrottleTests.Acs();
        await using var lab = await Lab.StartAsync(server);
        using var strangers = LabCertificateAuthority.CreateRoot("Strangers");
        using var strangersBatch = strangers.CreateIntermediate("Strangers' batch");
        using var batch = lab.Tls.Devices.CreateIntermediate("Batch 7");
        using var good = batch.IssueClient(Name);
        using var bad = strangersBatch.IssueClient($"{Lab.Oui}-{Lab.ProductClass}-2");
        X509Certificate2[] chains = [strangersBatch.Certificate, strangers.Certificate, batch.Certificate, lab.Tls.Devices.Certificate];

        Assert.Equal(200, await AskAsync(lab, good, chains));
        Assert.Equal(0, await AskAsync(lab, bad, chains));
        await lab.CountsAsync("cwmpshield_requests_rejected_total", CertificateReason.Untrusted);
    }

    [Fact]
    public async Task Refuses_a_strangers_certificate_below_an_authority_of_the_same_name_and_sends_the_real_one_along()
    {
        await using var server = ThrottleTests.Acs();
        await using var lab = await Lab.StartAsync(server);
        using var twin = LabCertificateAuthority.CreateRoot(TlsLab.DeviceCaName);
        using var forged = twin.IssueClient(Name);

        Assert.Equal(0, await AskAsync(lab, forged, [lab.Tls.Devices.Certificate, twin.Certificate]));
    }

    [Fact]
    public async Task Lets_devices_in_again_when_its_own_clock_is_set_right()
    {
        var clock = new SteppingClock();
        await using var server = ThrottleTests.Acs();
        await using var lab = await Lab.StartAsync(server, configure: builder => builder.Services.AddSingleton<TimeProvider>(clock));
        foreach (var (step, status) in new[] { (TimeSpan.FromDays(-900), 0), (TimeSpan.FromDays(9000), 0), (TimeSpan.Zero, 200) })
        {
            clock.Step = step;
            Assert.Equal(status, await AskAsync(lab, lab.CertificateOf("1")));
        }
    }

    [Fact]
    public async Task Keeps_nobody_out_because_the_clock_was_set_back_after_wrong_log_ins()
    {
        var clock = new SteppingClock();
        await using var server = ThrottleTests.Acs();
        await using var lab = await ThrottleLab.StartAsync(
            server,
            new ThrottleOptions { Window = TimeSpan.FromSeconds(10), Address = new ThrottleFigures { Failures = 3 } },
            configure: builder => builder.Services.AddSingleton<TimeProvider>(clock));
        while ((await lab.GuessAsync("nobody", "203.0.113.9")).Status != 503)
        {
        }

        clock.Step = TimeSpan.FromDays(-2);

        await using var device = await lab.PasswordAsync("7", "203.0.113.9");
        await ListenerHost.EventuallyAsync(
            async () =>
            {
                await device.ReconnectAsync();
                return (await device.PostAsync(Soap.Inform("7"))).Status == 200;
            },
            "the address may fail again");
    }

    [Fact]
    public async Task Gives_503_and_writes_nothing_by_halves_while_the_registry_is_locked()
    {
        await using var server = ThrottleTests.Acs();
        await using var lab = await Lab.StartAsync(server);
        await using var device = await lab.DeviceAsync();
        using (var other = new SqliteConnection($"Data Source={lab.Tls.Path("registry.db")};Pooling=False"))
        {
            other.Open();
            Execute(other, "BEGIN IMMEDIATE");
            var refused = await device.PostAsync(Soap.Inform("1"));

            Assert.Equal((503, ""), (refused.Status, refused.Body));
            Assert.InRange(int.Parse(refused.Header("Retry-After")!, CultureInfo.InvariantCulture), 1, 900);
            await lab.CountsAsync("cwmpshield_authentications_total", IdentityReason.RegistryUnavailable);
            Execute(other, "ROLLBACK");
        }

        var row = (await lab.Services.GetRequiredService<IDeviceRegistry>().FindAsync(ThrottleLab.Id("1"), default))!.Device;
        Assert.Equal((null, 0, IdentityStrength.None), (row.LastSeen, row.BoundKeys.Count, row.RequiredStrength));
        Assert.Equal(0, server.Connections);
        await device.ReconnectAsync();
        await device.InformAsync();
    }

    [Fact]
    public async Task Gives_503_for_every_proof_while_the_registry_cannot_be_read_and_counts_nobody_as_wrong()
    {
        await using var server = ThrottleTests.Acs();
        await using var lab = await ThrottleLab.StartAsync(server, new ThrottleOptions { Address = new ThrottleFigures { Failures = 3 } });
        using var other = new SqliteConnection($"Data Source={lab.Lab.Tls.Path("registry.db")};Pooling=False");
        other.Open();
        Execute(other, "ALTER TABLE device RENAME TO gone");

        for (var i = 0; i < 6; i++)
        {
            await using var device = await lab.PasswordAsync("7", "198.51.100.7");
            Assert.Equal(503, (await device.PostAsync(Soap.Inform("7"))).Status);
            await using var certified = await lab.CertificateAsync("1", "198.51.100.7");
            Assert.Equal(503, (await certified.PostAsync(Soap.Inform("1"))).Status);
        }

        Assert.Equal(0, server.Connections);
        Execute(other, "ALTER TABLE gone RENAME TO device");
        await using var again = await lab.PasswordAsync("7", "198.51.100.7");
        await again.InformAsync();
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The texts are those above.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }

    private static X500DistinguishedName Subject(params string[] commonNames)
    {
        var builder = new X500DistinguishedNameBuilder();
        foreach (var name in commonNames)
        {
            builder.AddCommonName(name);
        }

        return builder.Build();
    }

    /// <summary>The status of an Inform; 0 where the handshake fails.</summary>
    private static async Task<int> AskAsync(Lab lab, X509Certificate2 certificate, params X509Certificate2[] chain)
    {
        try
        {
            await using var client = await RawClient.ConnectTlsAsync(lab.Door(), certificate, chain: chain);
            var answer = await client.AskAsync(RawClient.Post(Soap.Inform("1"), headers: "Content-Type: text/xml\r\n"));
            return DeviceSaw.Parse(answer).Status;
        }
        catch (Exception refused) when (refused is AuthenticationException or IOException)
        {
            return 0;
        }
    }

    private sealed class SteppingClock : TimeProvider
    {
        public TimeSpan Step { get; set; }

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Step;
    }
}
