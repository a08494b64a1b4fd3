using CwmpShield.Core.Identity;
using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.Forwarding;
using CwmpShield.Gateway.Storage;
using CwmpShield.Gateway.Tests.Doubles;
using static CwmpShield.Gateway.Tests.Doubles.CredentialLab;

namespace CwmpShield.Gateway.Tests.Credentials;

/// <summary>The gateway as the device before an ACS that checks devices itself.</summary>
public sealed class AcsDeviceLoginTests
{
    private const string New = "n3w-Secret-1";

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Logs_in_as_the_device(bool isDigest)
    {
        await using var lab = await StartAsync(isDigest, AcsCredentialMode.Device);
        lab.Acs.ChecksAll = true;
        lab.Acs.Passwords["7"] = "pw7";
        lab.Acs.Order(id => Soap.GetParameterValues(id));
        await using var device = await lab.DeviceAsync();

        await device.InformAsync();
        var order = await device.EmptyAsync();
        Assert.Equal(204, (await device.PostAsync(Soap.GetParameterValuesResponse(order.Id))).Status);

        Assert.Equal(["7"], lab.Acs.Users);
        Assert.Equal("Inform Inform - GetParameterValuesResponse", lab.Acs.Server.Words);
        Assert.Equal((0, 1), (lab.Acs.Wrong, lab.Acs.Server.Connections));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Logs_in_with_whichever_secret_the_ACS_knows_while_one_rotates(bool isDigest)
    {
        await using var lab = await StartAsync(isDigest, AcsCredentialMode.Device);
        lab.Acs.Passwords["7"] = "pw7";
        await lab.OrderAsync(Set(("Device.ManagementServer.Password", New)), id => SetResponse(id));

        // The device has acknowledged: the ACS most likely knows the new one, and is asked for the old one once at most.
        lab.Acs.Passwords["7"] = New;
        Assert.Equal(200, await lab.TryLogInAsync("pw7"));
        Assert.Equal(0, lab.Acs.Wrong);
        lab.Acs.Passwords["7"] = "pw7";
        Assert.Equal(200, await lab.TryLogInAsync("pw7"));
        Assert.Equal(1, lab.Acs.Wrong);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Tries_the_own_secret_before_a_pending_one(bool isDigest)
    {
        await using var lab = await StartAsync(isDigest, AcsCredentialMode.Device);
        lab.Acs.Passwords["7"] = "pw7";
        await lab.OrderAsync(Set(("Device.ManagementServer.Password", New)), answer: null);

        Assert.Equal(200, await lab.TryLogInAsync("pw7"));
        Assert.Equal(0, lab.Acs.Wrong);
        lab.Acs.Passwords["7"] = New;
        Assert.Equal(200, await lab.TryLogInAsync("pw7"));
        Assert.Equal(1, lab.Acs.Wrong);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Goes_on_when_the_ACS_changes_its_mind_in_the_middle_of_the_session(bool isDigest)
    {
        await using var lab = await StartAsync(isDigest, AcsCredentialMode.Device);
        lab.Acs.ChecksAll = true;
        lab.Acs.Passwords["7"] = "pw7";
        lab.Acs.Order(Set(("Device.ManagementServer.Password", New)));
        await using var device = await lab.DeviceAsync();
        await device.InformAsync();
        var order = await device.EmptyAsync();
        lab.Acs.Passwords["7"] = New;

        Assert.Equal(204, (await device.PostAsync(SetResponse(order.Id))).Status);

        await lab.Lab.QuietAsync();
        Assert.Equal($"acknowledged:{New} current:pw7", await lab.StatesAsync());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Tries_each_secret_once_and_gives_503_then(bool isDigest)
    {
        await using var lab = await StartAsync(isDigest, AcsCredentialMode.Device);
        lab.Acs.Passwords["7"] = "pw7";
        await lab.OrderAsync(Set(("Device.ManagementServer.Password", New)), answer: null);
        lab.Acs.Passwords["7"] = "something else";
        var before = lab.Acs.Server.Received.Count;

        Assert.Equal(503, await lab.LogInAsync("pw7"));

        Assert.Equal((2, 3), (lab.Acs.Wrong, lab.Acs.Server.Received.Count - before));
        await lab.Lab.CountsAsync("cwmpshield_upstream_errors_total", ForwardingReason.AcsUnauthorized);
    }

    [Fact]
    public async Task Logs_in_with_the_user_that_came_with_the_new_password()
    {
        await using var lab = await StartAsync(isDigest: true, mode: AcsCredentialMode.Device);
        lab.Acs.Passwords["7"] = "pw7";
        await lab.OrderAsync(Set(("Device.ManagementServer.Username", "seven"), ("Device.ManagementServer.Password", New)), id => SetResponse(id));
        lab.Acs.Passwords.TryRemove("7", out _);
        lab.Acs.Passwords["seven"] = New;

        Assert.Equal(200, await lab.LogInAsync(New, "seven"));

        Assert.Equal(["7", "seven"], lab.Acs.Users);
        Assert.Equal(0, lab.Acs.Wrong);
    }

    [Theory]
    [InlineData(true, "acs", 200)]
    [InlineData(true, "other", 503)]
    [InlineData(false, "acs", 503)]
    public async Task Answers_with_a_stored_hash_where_it_fits_and_says_why_not_elsewhere(bool isDigest, string realm, int status)
    {
        await using var lab = await StartAsync(isDigest, AcsCredentialMode.Device);
        lab.Acs.Passwords["00D09E-HGW-9"] = "pw9";
        var ha1 = new StoredSecret.Ha1(DigestHash.Md5, realm, Md5($"00D09E-HGW-9:{realm}:pw9"));
        await lab.Registry.AddAsync(new DeviceDraft { Device = Device("9"), HttpUser = "00D09E-HGW-9", Secret = ha1 }, default);

        Assert.Equal(status, await lab.LogInAsync("pw9", "00D09E-HGW-9", "9"));

        if (status == 503)
        {
            await lab.Lab.CountsAsync("cwmpshield_upstream_errors_total", ForwardingReason.AcsCredentialUnknown);
            Assert.Equal(0, lab.Acs.Wrong);
        }
    }

    [Theory]
    [InlineData(true, 503)]
    [InlineData(false, 200)]
    public async Task Says_that_a_user_beyond_ASCII_cannot_log_in_by_Digest_and_leaves_the_ACS_its_health(bool isDigest, int status)
    {
        await using var lab = await StartAsync(isDigest, AcsCredentialMode.Device);
        lab.Acs.Passwords["m\u00fcller"] = "pw9";
        lab.Acs.Passwords["7"] = "pw7";
        await lab.Registry.AddAsync(new DeviceDraft { Device = Device("9"), HttpUser = "m\u00fcller", Secret = Password("pw9") }, default);

        Assert.Equal(status, await lab.LogInAsync("pw9", "m\u00fcller", "9"));
        Assert.Equal(200, await lab.LogInAsync("pw7"));
    }

    [Fact]
    public async Task Says_why_it_cannot_log_in_for_a_device_whose_password_it_does_not_know()
    {
        await using var lab = await StartAsync(mode: AcsCredentialMode.Device, options: options => options with
        {
            Listeners = [options.Listeners[0] with { ClientCertificates = ClientCertificatePolicy.Require, Identity = new ListenerIdentityOptions() }],
        });
        lab.Acs.Passwords["1"] = "pw1";
        await using var device = await lab.Lab.DeviceAsync();

        Assert.Equal(503, (await device.PostAsync(Soap.Inform("1"))).Status);

        await lab.Lab.CountsAsync("cwmpshield_upstream_errors_total", ForwardingReason.AcsCredentialUnknown);
    }

    [Fact]
    public async Task Never_logs_in_for_a_device_that_is_only_observed()
    {
        await using var lab = await StartAsync(mode: AcsCredentialMode.Device, options: options => options with
        {
            Listeners = [options.Listeners[0] with { Identity = options.Listeners[0].Identity with { Mode = IdentityMode.Observe } }],
        });
        lab.Acs.Passwords["7"] = "pw7";
        await using var device = await ScriptedDevice.ConnectAsync(lab.Lab.Door(), null, "7", tls: true);

        Assert.Equal(401, (await device.PostAsync(Soap.Inform("7"))).Status);

        Assert.All(lab.Acs.Server.Received, request => Assert.Null(request.Header("Authorization")));
    }

#pragma warning disable CA5351 // What devices compute.
    private static byte[] Md5(string text) => System.Security.Cryptography.MD5.HashData(System.Text.Encoding.UTF8.GetBytes(text));
#pragma warning restore CA5351
}
