using CwmpShield.Core.Identity;
using CwmpShield.Core.Tests.Identity;
using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.Identity;
using CwmpShield.Gateway.Storage;
using CwmpShield.Gateway.Tests.Storage;

namespace CwmpShield.Gateway.Tests.Identity;

public sealed class CredentialAuthenticationTests : IAsyncLifetime
{
    private static readonly DigestDevice Device = new() { User = IdentityLab.User };
    private IdentityLab lab = null!;

    public async Task InitializeAsync()
    {
        lab = await IdentityLab.OpenAsync();
        lab.Use(identity => identity with { Require = IdentityRequirement.Credential });
        await lab.Registry.AddAsync();
    }

    public Task DisposeAsync()
    {
        lab.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task Challenges_a_stranger_once_with_MD5_and_auth()
    {
        var challenged = Assert.IsType<AuthenticationOutcome.Challenged>(await lab.SendAsync());
        Assert.Equal(IdentityReason.CredentialMissing, challenged.Reason);
        Assert.StartsWith("Digest realm=\"CwmpShield\", qop=\"auth\", nonce=\"", challenged.WwwAuthenticate, StringComparison.Ordinal);
        Assert.EndsWith("\", algorithm=MD5", challenged.WwwAuthenticate, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("MD5")]
    [InlineData("MD5-sess")]
    public async Task Accepts_Digest_again_and_again_and_across_connections(string algorithm)
    {
        var device = Device with { Nonce = await lab.NonceAsync(), Algorithm = algorithm };
        for (uint count = 1; count <= 5; count++)
        {
            var proven = await lab.ProveAsync(authorization: (device with { Count = count }).Header);
            Assert.Equal(IdentityLab.Device, proven.Device!.Device);
            Assert.Equal(IdentityStrength.PasswordOverTls, proven.Strength);
            Assert.Equal(IdentityLab.User, proven.User);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Lets_a_device_in_whose_name_another_row_has_for_its_user(bool isShared)
    {
        var other = IdentityLab.Device with { SerialNumber = "SN2" };
        var secret = RegistryLab.Password("0ther");
        await lab.Registry.AddAsync(isShared
            ? new DeviceDraft { Device = other, SharedUser = IdentityLab.User, SharedSecret = secret }
            : new DeviceDraft { Device = other, HttpUser = IdentityLab.User, Secret = secret });

        var proven = await lab.ProveAsync(authorization: (Device with { Nonce = await lab.NonceAsync() }).Header);
        Assert.Equal(IdentityLab.Device, proven.Device!.Device);

        var second = await lab.ProveAsync(authorization: (Device with { Nonce = await lab.NonceAsync(), Password = "0ther" }).Header);
        Assert.Equal(isShared ? null : other, second.Device?.Device);
        Assert.Equal(isShared, second.IsSharedUser);
        var neither = Device with { Nonce = await lab.NonceAsync(), Password = "wrong" };
        Assert.Equal("401 " + IdentityReason.CredentialWrong, await lab.RefusalAsync(authorization: neither.Header));
    }

    [Fact]
    public async Task Answers_a_repeated_count_with_stale_and_a_new_nonce_that_works()
    {
        var device = Device with { Nonce = await lab.NonceAsync() };
        await lab.ProveAsync(authorization: device.Header);
        var stale = Assert.IsType<AuthenticationOutcome.Challenged>(await lab.SendAsync(authorization: device.Header));
        Assert.Equal(IdentityReason.NonceStale, stale.Reason);
        Assert.EndsWith(", stale=true", stale.WwwAuthenticate, StringComparison.Ordinal);
        Assert.NotEqual(device.Nonce, IdentityLab.Nonce(stale.WwwAuthenticate), StringComparer.Ordinal);
        await lab.ProveAsync(authorization: (device with { Nonce = IdentityLab.Nonce(stale.WwwAuthenticate) }).Header);
    }

    [Fact]
    public async Task Answers_an_old_a_foreign_and_an_invented_nonce_with_stale()
    {
        var old = Device with { Nonce = await lab.NonceAsync() };
        lab.Clock.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal("401 " + IdentityReason.NonceStale, await lab.RefusalAsync(authorization: old.Header));
        Assert.Equal("401 " + IdentityReason.NonceStale, await lab.RefusalAsync(authorization: Device.Header));
        var other = new DeviceAuthenticator(lab.Registry.Registry, lab.Clock);
        var challenge = await other.AuthenticateAsync(new AuthenticationRequest(lab.Listener, true, null, "POST", "/", []), default);
        var foreign = Device with { Nonce = IdentityLab.Nonce(Assert.IsType<AuthenticationOutcome.Challenged>(challenge).WwwAuthenticate) };
        Assert.Equal("401 " + IdentityReason.NonceStale, await lab.RefusalAsync(authorization: foreign.Header));
    }

    [Fact]
    public async Task Refuses_the_nonce_of_another_listener()
    {
        var device = Device with { Nonce = await lab.NonceAsync() };
        lab.UseListener(listener => listener with { Name = "other" });
        Assert.Equal("401 " + IdentityReason.NonceStale, await lab.RefusalAsync(authorization: device.Header));
    }

    [Fact]
    public async Task Tells_a_wrong_password_nothing_of_the_nonce()
    {
        var challenged = Assert.IsType<AuthenticationOutcome.Challenged>(
            await lab.SendAsync(authorization: (Device with { Password = "wrong" }).Header));
        Assert.Equal(IdentityReason.CredentialWrong, challenged.Reason);
        Assert.DoesNotContain("stale", challenged.WwwAuthenticate, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lets_a_wrong_password_use_up_no_count()
    {
        var device = Device with { Nonce = await lab.NonceAsync() };
        await lab.RefusalAsync(authorization: (device with { Password = "wrong" }).Header);
        await lab.ProveAsync(authorization: device.Header);
    }

    [Theory]
    [InlineData("00AABB-HGW-SN2")]
    [InlineData("00AABB-CPE-SN1")]
    [InlineData("SN1")]
    [InlineData("admin")]
    [InlineData("00AABB-HGW-SN1-")]
    public async Task Refuses_an_unknown_user_as_a_wrong_password(string user)
    {
        var device = Device with { User = user, Nonce = await lab.NonceAsync() };
        Assert.Equal("401 " + IdentityReason.CredentialWrong, await lab.RefusalAsync(authorization: device.Header));
        Assert.Equal("401 " + IdentityReason.CredentialWrong, await lab.RefusalAsync(authorization: DigestDevice.Basic(user, "s3cret")));
    }

    [Theory]
    [InlineData("/", "/other")]
    [InlineData("/cwmp", "/cwmp?x")]
    [InlineData("https://acs.example.net/", "/other")]
    public async Task Refuses_a_digest_for_another_target(string uri, string target)
    {
        var device = Device with { Nonce = await lab.NonceAsync(), Uri = uri };
        Assert.Equal("401 " + IdentityReason.DigestUriMismatch, await lab.RefusalAsync(authorization: device.Header, target: target));
    }

    [Fact]
    public async Task Refuses_another_realm_and_another_algorithm()
    {
        var device = Device with { Nonce = await lab.NonceAsync() };
        Assert.Equal("401 " + IdentityReason.CredentialWrong, await lab.RefusalAsync(authorization: (device with { Realm = "GenieACS" }).Header));
        Assert.Equal("401 " + IdentityReason.CredentialSchemeRefused, await lab.RefusalAsync(authorization: (device with { Algorithm = "SHA-256" }).Header));
    }

    [Theory]
    [InlineData("SHA-256")]
    [InlineData("SHA-256-sess")]
    public async Task Accepts_SHA_256_where_the_listener_asks_for_it_and_no_MD5(string algorithm)
    {
        lab.Use(identity => identity with { Challenge = HttpChallenge.DigestSha256 });
        var device = Device with { Nonce = await lab.NonceAsync(), Algorithm = algorithm };
        await lab.ProveAsync(authorization: device.Header);
        Assert.Equal("401 " + IdentityReason.CredentialSchemeRefused, await lab.RefusalAsync(authorization: (device with { Algorithm = "MD5" }).Header));
    }

    [Theory]
    [InlineData(HttpChallenge.Basic)]
    [InlineData(HttpChallenge.DigestMd5)]
    [InlineData(HttpChallenge.DigestSha256)]
    public async Task Accepts_pre_emptive_Basic_inside_TLS(HttpChallenge challenge)
    {
        lab.Use(identity => identity with { Challenge = challenge });
        var proven = await lab.ProveAsync(authorization: DigestDevice.Basic(IdentityLab.User, "s3cret"));
        Assert.Equal(IdentityStrength.PasswordOverTls, proven.Strength);
        Assert.Equal("401 " + IdentityReason.CredentialWrong, await lab.RefusalAsync(authorization: DigestDevice.Basic(IdentityLab.User, "")));
    }

    [Fact]
    public async Task Challenges_with_Basic_where_the_listener_says_so()
    {
        lab.Use(identity => identity with { Challenge = HttpChallenge.Basic });
        Assert.Equal("Basic realm=\"CwmpShield\"", Assert.IsType<AuthenticationOutcome.Challenged>(await lab.SendAsync()).WwwAuthenticate);
        Assert.Equal("401 " + IdentityReason.CredentialSchemeRefused, await lab.RefusalAsync(authorization: Device.Header));
    }

    [Fact]
    public async Task Takes_Digest_only_without_TLS()
    {
        lab.UseListener(listener => listener with { AllowPlaintext = true });
        lab.Use(identity => identity with { Challenge = HttpChallenge.Basic });
        Assert.Equal("401 " + IdentityReason.BasicWithoutTls, await lab.RefusalAsync(authorization: DigestDevice.Basic(IdentityLab.User, "s3cret"), isTls: false));
        var device = Device with { Nonce = await lab.NonceAsync(isTls: false) };
        Assert.Equal(IdentityStrength.DigestWithoutTls, (await lab.ProveAsync(authorization: device.Header, isTls: false)).Strength);
    }

    [Fact]
    public async Task Refuses_more_than_one_Authorization_header()
    {
        var basic = DigestDevice.Basic(IdentityLab.User, "s3cret");
        var outcome = await lab.Authenticator.AuthenticateAsync(new AuthenticationRequest(lab.Listener, true, null, "POST", "/", [basic, basic]), default);
        Assert.Equal(IdentityReason.CredentialMalformed, Assert.IsType<AuthenticationOutcome.Challenged>(outcome).Reason);
        Assert.Equal("401 " + IdentityReason.CredentialMalformed, await lab.RefusalAsync(authorization: $"{basic}, {basic}"));
        Assert.Equal("401 " + IdentityReason.CredentialMalformed, await lab.RefusalAsync(authorization: ""));
        Assert.Equal("401 " + IdentityReason.CredentialSchemeRefused, await lab.RefusalAsync(authorization: "Bearer x"));
    }

    [Fact]
    public async Task Accepts_the_user_that_the_row_names_and_then_no_other()
    {
        await lab.Registry.AddAsync(new DeviceDraft
        {
            Device = new("202BC1", "BM632w", "000001"),
            HttpUser = "8KA8WA1151100043",
            Secret = RegistryLab.Password("p"),
        });
        var proven = await lab.ProveAsync(authorization: DigestDevice.Basic("8KA8WA1151100043", "p"));
        Assert.Equal("000001", proven.Device!.Device.SerialNumber);
        Assert.Equal("401 " + IdentityReason.CredentialWrong, await lab.RefusalAsync(authorization: DigestDevice.Basic("202BC1-BM632w-000001", "p")));
    }

    [Fact]
    public async Task Follows_the_listeners_user_pattern()
    {
        lab.Use(identity => identity with { UserPattern = "{serial}" });
        Assert.Equal(IdentityLab.Device, (await lab.ProveAsync(authorization: DigestDevice.Basic("SN1", "s3cret"))).Device!.Device);
        await lab.Registry.AddAsync(new DeviceDraft { Device = new("00AABB", "CPE", "SN1"), Secret = RegistryLab.Password("s3cret") });
        Assert.Equal("401 " + IdentityReason.CredentialWrong, await lab.RefusalAsync(authorization: DigestDevice.Basic("SN1", "s3cret")));
    }

    [Fact]
    public async Task Compares_percent_encoded_users_by_what_they_mean()
    {
        await lab.Registry.AddAsync(new DeviceDraft { Device = new("00AABB", "HGW-2000", "SN/1"), Secret = RegistryLab.Password("p") });
        await lab.ProveAsync(authorization: DigestDevice.Basic("00AABB-HGW%2D2000-SN%2F1", "p"));
        await lab.ProveAsync(authorization: DigestDevice.Basic("00aabb-HGW%2d2000-SN%2f1", "p"));
        Assert.Equal("401 " + IdentityReason.CredentialWrong, await lab.RefusalAsync(authorization: DigestDevice.Basic("00AABB-HGW-2000-SN/1", "p")));
    }

    [Fact]
    public async Task Refuses_a_device_without_a_stored_password()
    {
        await lab.Registry.AddAsync(new DeviceDraft { Device = new("00AABB", "HGW", "SN2") });
        Assert.Equal("401 " + IdentityReason.CredentialWrong, await lab.RefusalAsync(authorization: DigestDevice.Basic("00AABB-HGW-SN2", "")));
    }

    [Fact]
    public async Task Refuses_a_disabled_device_and_one_that_has_proven_more()
    {
        await lab.Registry.AddAsync(new DeviceDraft { Device = new("00AABB", "HGW", "SN2"), Secret = RegistryLab.Password("p"), Status = DeviceStatus.Disabled });
        Assert.Equal("403 " + IdentityReason.DeviceDisabled, await lab.RefusalAsync(authorization: DigestDevice.Basic("00AABB-HGW-SN2", "p")));
        await lab.Registry.AddAsync(new DeviceDraft
        {
            Device = new("00AABB", "HGW", "SN3"),
            Secret = RegistryLab.Password("p"),
            RequiredStrength = IdentityStrength.UniqueCertificate,
        });
        Assert.Equal("403 " + IdentityReason.StrengthTooLow, await lab.RefusalAsync(authorization: DigestDevice.Basic("00AABB-HGW-SN3", "p")));
    }

    [Fact]
    public async Task Proves_the_fleet_and_no_device_by_a_shared_user()
    {
        await lab.Registry.AddAsync(new DeviceDraft { Device = new("00AABB", "HGW", "SN2"), SharedUser = "acs", SharedSecret = RegistryLab.Password("acs") });
        var proven = await lab.ProveAsync(authorization: DigestDevice.Basic("acs", "acs"));
        Assert.Null(proven.Device);
        Assert.True(proven.IsSharedUser);
        Assert.Equal(IdentityStrength.None, proven.Strength);
        Assert.Equal("401 " + IdentityReason.CredentialWrong, await lab.RefusalAsync(authorization: DigestDevice.Basic("acs", "admin")));
    }

    [Fact]
    public async Task Is_unavailable_when_the_registry_is()
    {
        await lab.Registry.Store.WriteAsync(commands => commands.ExecuteAsync("DROP TABLE device_secret"), default);
        var outcome = await lab.SendAsync(authorization: DigestDevice.Basic(IdentityLab.User, "s3cret"));
        Assert.Equal(IdentityReason.RegistryUnavailable, Assert.IsType<AuthenticationOutcome.Unavailable>(outcome).Reason);
    }
}
