using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.Tests.Doubles;

namespace CwmpShield.Gateway.Tests.EndToEnd;

/// <summary>How the gateway logs in at the ACS, and how a device does where identity is only observed.</summary>
public sealed class AcsLoginTests
{
    [Fact]
    public async Task Logs_in_by_Digest_with_the_nonce_of_the_socket()
    {
        var acs = QueueingAcs.Start(digestUser: "shield");
        await using var server = acs.Server;
        acs.Order(id => Soap.RogueDownload(id));
        await using var lab = await Lab.StartAsync(server, options => options with { Acs = WithAccount(options.Acs) });
        await using var device = await lab.DeviceAsync();

        await device.InformAsync();
        Assert.Equal(204, (await device.EmptyAsync()).Status);

        Assert.Equal("Inform Inform - 9001", server.Words);
        Assert.Equal(1, server.Connections);
        Assert.All(server.Received.Skip(1), request => Assert.Contains("username=\"shield\"", request.Header("Authorization"), StringComparison.Ordinal));
        Assert.Equal(["00000001", "00000002", "00000003"], server.Received.Skip(1).Select(request => request.Header("Authorization")!.Split("nc=")[1][..8]));
    }

    [Fact]
    public async Task Logs_in_by_Basic_where_the_ACS_asks_for_it()
    {
        await using var server = new ScriptedAcs(request => request.Header("Authorization") is null
            ? AcsAnswer.Status("401 Unauthorized", "no", "WWW-Authenticate: Basic realm=\"acs\"\r\n")
            : request.Method == "Inform" ? AcsAnswer.Soap(Soap.InformResponse(request.Id)) : AcsAnswer.Done);
        await using var lab = await Lab.StartAsync(server, options => options with { Acs = WithAccount(options.Acs) });
        await using var device = await lab.DeviceAsync();

        await device.InformAsync();
        Assert.Equal(204, (await device.EmptyAsync()).Status);

        Assert.Equal("Inform Inform -", server.Words);
        Assert.Equal("Basic c2hpZWxkOnNlY3JldA==", server.Received.Last().Header("Authorization"));
    }

    [Fact]
    public async Task Gives_503_and_no_challenge_where_the_ACS_refuses_the_service_account()
    {
        await using var server = new ScriptedAcs(_ => AcsAnswer.Status("401 Unauthorized", "no", "WWW-Authenticate: Digest realm=\"acs\",nonce=\"n\",qop=\"auth\"\r\n"));
        await using var lab = await Lab.StartAsync(server, options => options with { Acs = WithAccount(options.Acs) });
        await using var device = await lab.DeviceAsync();

        var refused = await device.PostAsync(Soap.Inform("1"));

        Assert.Equal((503, null), (refused.Status, refused.Header("WWW-Authenticate")));
        Assert.Equal(2, server.Received.Count);
        await lab.CountsAsync("cwmpshield_upstream_errors_total", "acs-unauthorized");
    }

    [Fact]
    public async Task Passes_challenge_and_log_in_between_device_and_ACS_where_identity_is_observed()
    {
        var acs = QueueingAcs.Start(digestUser: "00D09E-HGW-9");
        await using var server = acs.Server;
        acs.Order(id => Soap.RogueDownload(id));
        await using var lab = await Lab.StartAsync(server, options => options with
        {
            Listeners = [options.Listeners[0] with { Identity = new ListenerIdentityOptions { Mode = IdentityMode.Observe } }],
        });
        await using var device = await ScriptedDevice.ConnectAsync(lab.Door(), lab.CertificateOf("9"), "9");

        var challenged = await device.PostAsync(Soap.Inform("9"));
        Assert.Equal((401, "Digest realm=\"GenieACS\",qop=\"auth,auth-int\",nonce=\"n1\""), (challenged.Status, challenged.Header("WWW-Authenticate")));
        device.Headers = "Authorization: Digest username=\"00D09E-HGW-9\", nonce=\"n1\", response=\"r\"\r\n";
        await device.InformAsync();
        Assert.Equal(204, (await device.EmptyAsync()).Status);

        Assert.Equal("Inform Inform - 9001", server.Words);
        Assert.Equal(1, server.Connections);
        Assert.Equal("Digest username=\"00D09E-HGW-9\", nonce=\"n1\", response=\"r\"", server.Received.ElementAt(1).Header("Authorization"));
        await lab.CountsAsync("cwmpshield_authentications_total", "device-unknown");
    }

    [Fact]
    public async Task Gives_503_for_a_challenge_that_no_header_can_carry()
    {
        await using var server = new ScriptedAcs(_ => AcsAnswer.Status("401 Unauthorized", "no", "WWW-Authenticate: Basic realm=\"Ger\u00e4te\"\r\n"));
        await using var lab = await Lab.StartAsync(server, options => options with
        {
            Listeners = [options.Listeners[0] with { Identity = new ListenerIdentityOptions { Mode = IdentityMode.Observe } }],
        });
        await using var device = await lab.DeviceAsync();

        var refused = await device.PostAsync(Soap.Inform("1"));

        Assert.Equal((503, null), (refused.Status, refused.Header("WWW-Authenticate")));
        Assert.Null(refused.Header("Set-Cookie"));
        await lab.CountsAsync("cwmpshield_upstream_errors_total", "acs-unreadable");
    }

    [Fact]
    public async Task Does_not_log_in_for_a_device_that_has_proven_nothing()
    {
        var acs = QueueingAcs.Start(digestUser: "shield");
        await using var server = acs.Server;
        await using var lab = await Lab.StartAsync(server, options => options with
        {
            Acs = WithAccount(options.Acs),
            Listeners = [options.Listeners[0] with { Identity = new ListenerIdentityOptions { Mode = IdentityMode.Observe } }],
        });
        await using var device = await lab.DeviceAsync();

        Assert.Equal(401, (await device.PostAsync(Soap.Inform("1"))).Status);

        Assert.All(server.Received, request => Assert.Null(request.Header("Authorization")));
    }

    [Fact]
    public async Task Refuses_another_device_s_Inform_in_answer_to_the_challenge_of_the_first()
    {
        var acs = QueueingAcs.Start(digestUser: "x");
        await using var server = acs.Server;
        await using var lab = await Lab.StartAsync(server, options => options with
        {
            Listeners = [options.Listeners[0] with { Identity = new ListenerIdentityOptions { Mode = IdentityMode.Observe } }],
        });
        await using var device = await lab.DeviceAsync();
        Assert.Equal(401, (await device.PostAsync(Soap.Inform("1"))).Status);

        Assert.Equal(403, (await device.PostAsync(Soap.Inform("2"))).Status);

        Assert.Equal("Inform", server.Words);
    }

    private static AcsOptions WithAccount(AcsOptions acs)
    {
        var file = Path.GetTempFileName();
        File.WriteAllText(file, "secret\n");
        return acs with { Credentials = new AcsCredentialOptions { User = "shield", PasswordFile = file } };
    }
}
