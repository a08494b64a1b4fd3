using System.Security.Cryptography;
using System.Text;
using CwmpShield.Core.Cwmp;
using CwmpShield.Core.Identity;
using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.Storage;
using CwmpShield.Gateway.Tests.Doubles;
using Microsoft.Extensions.DependencyInjection;

namespace CwmpShield.Gateway.Tests.EndToEnd;

/// <summary>Devices that log in by password: when they must, and that one connection speaks for one device.</summary>
public sealed class CredentialDeviceTests
{
    [Fact]
    public async Task Accepts_a_log_in_once_for_a_TLS_connection()
    {
        var acs = QueueingAcs.Start();
        await using var server = acs.Server;
        await using var lab = await StartAsync(server, plaintext: false);
        await using var device = await ScriptedDevice.ConnectAsync(lab.Door(), lab.CertificateOf("7"), "7");

        var challenged = await device.PostAsync(Soap.Inform("7"));
        Assert.Equal((401, "Basic"), (challenged.Status, challenged.Header("WWW-Authenticate")![..5]));
        Assert.Equal(0, server.Connections);
        device.Headers = Basic("7");
        await device.InformAsync();
        device.Headers = "";

        Assert.Equal(204, (await device.EmptyAsync()).Status);
        Assert.Equal("Inform -", server.Words);
    }

    [Fact]
    public async Task Refuses_a_connection_that_logs_in_as_another_device_in_the_middle_of_a_session()
    {
        var acs = QueueingAcs.Start();
        await using var server = acs.Server;
        await using var lab = await StartAsync(server, plaintext: false);
        await using var device = await ScriptedDevice.ConnectAsync(lab.Door(), null, "7", tls: true);
        device.Headers = Basic("7");
        await device.InformAsync();
        device.Headers = Basic("8");

        Assert.Equal(403, (await device.EmptyAsync()).Status);

        Assert.Equal("Inform", server.Words);
        await lab.CountsAsync("cwmpshield_requests_rejected_total", "cookie-foreign");
    }

    [Fact]
    public async Task Asks_for_Digest_with_every_request_without_TLS()
    {
        var acs = QueueingAcs.Start();
        await using var server = acs.Server;
        await using var lab = await StartAsync(server, plaintext: true);
        await using var device = await ScriptedDevice.ConnectAsync(lab.Door(), null, "7");

        var challenge = (await device.PostAsync(Soap.Inform("7"))).Header("WWW-Authenticate")!;
        device.Headers = Digest("7", challenge, 1);
        await device.InformAsync();
        device.Headers = "";
        Assert.Equal(401, (await device.EmptyAsync()).Status);
        device.Headers = Digest("7", challenge, 2);
        Assert.Equal(204, (await device.EmptyAsync()).Status);

        Assert.Equal("Inform -", server.Words);
        Assert.Equal("for=127.0.0.1;proto=http", server.Received.First().Header("Forwarded"));
    }

    private static async Task<Lab> StartAsync(ScriptedAcs server, bool plaintext)
    {
        var lab = await Lab.StartAsync(server, options => options with
        {
            Listeners =
            [
                options.Listeners[0] with
                {
                    AllowPlaintext = plaintext,
                    ClientCertificates = plaintext ? ClientCertificatePolicy.None : ClientCertificatePolicy.Allow,
                    Certificate = plaintext ? new() : options.Listeners[0].Certificate,
                    Identity = new ListenerIdentityOptions
                    {
                        Require = IdentityRequirement.Credential,
                        Challenge = plaintext ? HttpChallenge.DigestMd5 : HttpChallenge.Basic,
                        UserPattern = "{serial}",
                    },
                },
            ],
        });
        foreach (var serial in new[] { "7", "8" })
        {
            var draft = new DeviceDraft
            {
                Device = new DeviceId(Lab.Oui, Lab.ProductClass, serial),
                Secret = new StoredSecret.Password(Encoding.UTF8.GetBytes("pw" + serial)),
            };
            await lab.Services.GetRequiredService<IDeviceRegistry>().AddAsync(draft, default);
        }

        return lab;
    }

    private static string Basic(string user) => $"Authorization: Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:pw{user}"))}\r\n";

    private static string Digest(string user, string challenge, int count)
    {
        var nonce = challenge.Split("nonce=\"")[1].Split('"')[0];
        var realm = challenge.Split("realm=\"")[1].Split('"')[0];
        var response = Md5($"{Md5($"{user}:{realm}:pw{user}")}:{nonce}:{count:x8}:c:auth:{Md5("POST:/")}");
        return $"Authorization: Digest username=\"{user}\", realm=\"{realm}\", nonce=\"{nonce}\", uri=\"/\", qop=auth, nc={count:x8}, cnonce=\"c\", response=\"{response}\"\r\n";
    }

#pragma warning disable CA5351 // What devices compute.
    private static string Md5(string text) => Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(text)));
#pragma warning restore CA5351
}
