using System.Net;
using CwmpShield.Core.Identity;
using CwmpShield.Core.Tests.Identity;
using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.Identity;
using CwmpShield.Gateway.Storage;
using CwmpShield.Gateway.Tests.Storage;

namespace CwmpShield.Gateway.Tests.Identity;

/// <summary>Log-ins against each form in which a secret is stored, and against one that an operator has changed.</summary>
public sealed class StoredFormTests : IAsyncLifetime
{
    private IdentityLab lab = null!;

    public async Task InitializeAsync()
    {
        lab = await IdentityLab.OpenAsync();
        lab.Use(identity => identity with { Require = IdentityRequirement.Credential, Challenge = HttpChallenge.Basic });
    }

    public Task DisposeAsync()
    {
        lab.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task Lets_a_Basic_only_device_in_by_Basic_and_not_by_Digest()
    {
        await lab.Registry.AddAsync(new DeviceDraft { Device = IdentityLab.Device, Secret = RegistryLab.Password("s3cret"), BasicOnly = true });
        Assert.Equal(IdentityStrength.PasswordOverTls, (await lab.ProveAsync(authorization: DigestDevice.Basic(IdentityLab.User, "s3cret"))).Strength);
        Assert.Equal("401 credential-wrong", await lab.RefusalAsync(authorization: DigestDevice.Basic(IdentityLab.User, "wrong")));
        lab.Use(identity => identity with { Challenge = HttpChallenge.DigestMd5 });
        var digest = new DigestDevice { User = IdentityLab.User, Nonce = await lab.NonceAsync() };
        Assert.Equal("401 credential-wrong", await lab.RefusalAsync(authorization: digest.Header));
    }

    [Fact]
    public async Task Takes_the_old_password_until_the_window_ends_from_a_cache_too()
    {
        await lab.Registry.AddAsync();
        var cached = new CachedDeviceRegistry(lab.Registry.Registry, lab.Clock, TimeSpan.FromDays(1));
        var now = lab.Clock.GetUtcNow();
        await new DeviceOffice(lab.Registry.Store, lab.Registry.Registry).RotateAsync(IdentityLab.Device, "another one", false, null, now.AddHours(1), now, default);
        var authenticator = new DeviceAuthenticator(cached, lab.Clock);
        async Task<bool> IsIn(string password) => await authenticator.AuthenticateAsync(
            new AuthenticationRequest(lab.Listener, true, null, "POST", "/", [DigestDevice.Basic(IdentityLab.User, password)]), default) is AuthenticationOutcome.Proven;
        Assert.True(await IsIn("another one"));
        Assert.True(await IsIn("s3cret"));
        lab.Clock.Advance(TimeSpan.FromHours(1));
        Assert.True(await IsIn("another one"));
        Assert.False(await IsIn("s3cret"));
    }

    [Fact]
    public async Task Notes_the_address_that_a_device_informed_from()
    {
        await lab.Registry.AddAsync();
        var request = new AuthenticationRequest(lab.Listener, true, null, "POST", "/", [DigestDevice.Basic(IdentityLab.User, "s3cret")]) { Source = IPAddress.Parse("192.0.2.7") };
        var proven = Assert.IsType<AuthenticationOutcome.Proven>(await lab.Authenticator.AuthenticateAsync(request, default)).Identity;
        Assert.Equal("192.0.2.7", (await lab.BoundAsync(proven)).LastSource);
    }
}
