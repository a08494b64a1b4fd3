using CwmpShield.Core.Cwmp;
using CwmpShield.Core.Identity;
using CwmpShield.Core.Tests.Identity;
using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.Identity;
using CwmpShield.Gateway.Storage;
using CwmpShield.Gateway.Tests.Storage;

namespace CwmpShield.Gateway.Tests.Identity;

public sealed class CertificateAuthenticationTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Later = DateTimeOffset.UnixEpoch.AddYears(1);
    private IdentityLab lab = null!;

    public async Task InitializeAsync() => lab = await IdentityLab.OpenAsync();

    public Task DisposeAsync()
    {
        lab.Dispose();
        return Task.CompletedTask;
    }

    [Theory]
    [InlineData("00AABB-HGW-SN1")]
    [InlineData("00aabb-HGW-SN1")]
    [InlineData("00AABB-SN1")]
    public async Task Accepts_a_certificate_that_names_a_registered_device(string name)
    {
        await lab.AddBareAsync();
        var proven = await lab.ProveAsync(IdentityLab.Certificate(name));
        Assert.Equal(IdentityLab.Device, proven.Device!.Device);
        Assert.Equal(IdentityStrength.UniqueCertificate, proven.Strength);
        Assert.Null(proven.User);
    }

    [Fact]
    public async Task Refuses_who_shows_no_certificate_or_one_of_nobody()
    {
        await lab.Registry.AddAsync();
        Assert.Equal("403 " + IdentityReason.CertificateMissing, await lab.RefusalAsync());
        Assert.Equal("403 " + IdentityReason.CertificateMissing, await lab.RefusalAsync(authorization: DigestDevice.Basic(IdentityLab.User, "s3cret")));
        Assert.Equal("403 " + IdentityReason.CertificateUnnamed, await lab.RefusalAsync(IdentityLab.Certificate("Router")));
        Assert.Equal("403 " + IdentityReason.CertificateUnnamed, await lab.RefusalAsync(IdentityLab.Certificate("00AABB-HGW-SN1-X")));
        Assert.Equal("403 " + IdentityReason.DeviceUnknown, await lab.RefusalAsync(IdentityLab.Certificate("00AABB-HGW-SN2")));
        Assert.Equal("403 " + IdentityReason.CertificateNameInvalid, await lab.RefusalAsync(IdentityLab.Certificate("00AABB-HGW-SN1\0")));
    }

    [Fact]
    public async Task Refuses_names_that_disagree_or_fit_two_devices()
    {
        lab.Use(identity => identity with { SubjectPatterns = [.. identity.SubjectPatterns, "san:{serial}.example.net"] });
        await lab.AddBareAsync();
        var two = IdentityLab.Certificate() with { AlternativeNames = ["SN2.example.net"] };
        Assert.Equal("403 " + IdentityReason.CertificateNamesDisagree, await lab.RefusalAsync(two));
        await lab.Registry.AddAsync(new DeviceDraft { Device = IdentityLab.Device with { ProductClass = "CPE" } });
        Assert.Equal("403 " + IdentityReason.DeviceAmbiguous, await lab.RefusalAsync(IdentityLab.Certificate("00AABB-SN1")));
    }

    [Fact]
    public async Task Knows_a_device_by_its_bound_key_whatever_its_certificate_is_called()
    {
        await lab.Registry.AddAsync(new DeviceDraft { Device = IdentityLab.Device, Key = RegistryLab.BindKey("k1") });
        Assert.Equal(IdentityLab.Device, (await lab.ProveAsync(IdentityLab.Certificate("Router"))).Device!.Device);
        Assert.Equal("403 " + IdentityReason.CertificateKeyOfAnotherDevice, await lab.RefusalAsync(IdentityLab.Certificate("00AABB-HGW-SN2")));
    }

    [Fact]
    public async Task Accepts_a_renewed_key_and_refuses_a_second_one_beside_it()
    {
        await lab.Registry.AddAsync(new DeviceDraft { Device = IdentityLab.Device, Key = RegistryLab.BindKey("k1", Later) });
        await lab.ProveAsync(IdentityLab.Certificate(key: "k2", notBefore: Later.AddDays(1)));
        Assert.Equal("403 " + IdentityReason.CertificateKeyChanged, await lab.RefusalAsync(IdentityLab.Certificate(key: "k2", notBefore: Later)));
        Assert.Equal("403 " + IdentityReason.CertificateKeyChanged, await lab.RefusalAsync(IdentityLab.Certificate(key: "k2", notBefore: Later.AddDays(-1))));
    }

    [Fact]
    public async Task Asks_for_the_devices_own_password_beside_a_shared_certificate()
    {
        lab.Use(identity => identity with { SharedSubjects = ["HGW generic"] });
        await lab.Registry.AddAsync();
        var shared = IdentityLab.Certificate("HGW generic");
        Assert.Equal("401 " + IdentityReason.CredentialMissing, await lab.RefusalAsync(shared));
        var proven = await lab.ProveAsync(shared, DigestDevice.Basic(IdentityLab.User, "s3cret"));
        Assert.Equal(IdentityStrength.SharedCertificateAndPassword, proven.Strength);
        Assert.False(proven.IsUniqueCertificate);
        Assert.Equal("401 " + IdentityReason.CredentialWrong, await lab.RefusalAsync(shared, DigestDevice.Basic(IdentityLab.User, "wrong")));
    }

    [Fact]
    public async Task Asks_for_certificate_and_credential_of_one_device_where_both_are_required()
    {
        lab.Use(identity => identity with { Require = IdentityRequirement.Both });
        await lab.Registry.AddAsync();
        await lab.Registry.AddAsync(new DeviceDraft { Device = new("00AABB", "HGW", "SN2"), Secret = RegistryLab.Password("two") });
        var certificate = IdentityLab.Certificate();
        Assert.Equal("401 " + IdentityReason.CredentialMissing, await lab.RefusalAsync(certificate));
        Assert.Equal("403 " + IdentityReason.CertificateMissing, await lab.RefusalAsync(authorization: DigestDevice.Basic(IdentityLab.User, "s3cret")));
        Assert.Equal("403 " + IdentityReason.CredentialOfAnotherDevice, await lab.RefusalAsync(certificate, DigestDevice.Basic("00AABB-HGW-SN2", "two")));
        var proven = await lab.ProveAsync(certificate, DigestDevice.Basic(IdentityLab.User, "s3cret"));
        Assert.Equal((IdentityStrength.UniqueCertificate, IdentityLab.User), (proven.Strength, proven.User));
    }

    [Fact]
    public async Task Holds_a_credential_that_nobody_asked_for_against_the_certificate()
    {
        await lab.Registry.AddAsync();
        await lab.Registry.AddAsync(new DeviceDraft { Device = new("00AABB", "HGW", "SN2"), Secret = RegistryLab.Password("two") });
        await lab.Registry.AddAsync(new DeviceDraft { Device = new("00AABB", "HGW", "SN3") });
        var certificate = IdentityLab.Certificate();
        Assert.Equal("403 " + IdentityReason.CredentialOfAnotherDevice, await lab.RefusalAsync(certificate, DigestDevice.Basic("00AABB-HGW-SN2", "two")));
        Assert.Equal("401 " + IdentityReason.CredentialWrong, await lab.RefusalAsync(certificate, DigestDevice.Basic("00AABB-HGW-SN3", "x")));
        Assert.Equal("401 " + IdentityReason.CredentialWrong, await lab.RefusalAsync(certificate, DigestDevice.Basic("admin", "admin")));
        Assert.Equal("401 " + IdentityReason.CredentialWrong, await lab.RefusalAsync(certificate, DigestDevice.Basic(IdentityLab.User, "wrong")));
    }

    [Fact]
    public async Task Lets_a_password_pass_that_it_was_never_told_beside_the_devices_own_certificate()
    {
        await lab.AddBareAsync();
        var proven = await lab.ProveAsync(IdentityLab.Certificate(), DigestDevice.Basic(IdentityLab.User, "the ACS knows it"));
        Assert.Null(proven.User);
    }

    [Fact]
    public async Task Refuses_another_user_than_the_row_names_beside_the_devices_own_certificate()
    {
        await lab.Registry.AddAsync(new DeviceDraft { Device = IdentityLab.Device, HttpUser = "u1" });
        Assert.Null((await lab.ProveAsync(IdentityLab.Certificate(), DigestDevice.Basic("u1", "the ACS knows it"))).User);
        Assert.Equal("401 " + IdentityReason.CredentialWrong, await lab.RefusalAsync(IdentityLab.Certificate(), DigestDevice.Basic(IdentityLab.User, "x")));
    }

    [Fact]
    public async Task Accepts_a_shared_user_beside_a_unique_certificate_of_its_fleet()
    {
        await lab.Registry.AddAsync(new DeviceDraft { Device = IdentityLab.Device, SharedUser = "acs", SharedSecret = RegistryLab.Password("acs") });
        await lab.Registry.AddAsync(new DeviceDraft { Device = new("00AABB", "HGW", "SN2") });
        var basic = DigestDevice.Basic("acs", "acs");
        Assert.Equal(IdentityStrength.UniqueCertificate, (await lab.ProveAsync(IdentityLab.Certificate(), basic)).Strength);
        Assert.Equal("403 " + IdentityReason.CredentialOfAnotherDevice, await lab.RefusalAsync(IdentityLab.Certificate("00AABB-HGW-SN2", "k2"), basic));
    }

    [Fact]
    public async Task Proves_only_the_fleet_by_a_shared_user_beside_a_shared_certificate()
    {
        lab.Use(identity => identity with { SharedSubjects = ["HGW generic"] });
        await lab.Registry.AddAsync(new DeviceDraft { Device = IdentityLab.Device, SharedUser = "acs", SharedSecret = RegistryLab.Password("acs") });
        var proven = await lab.ProveAsync(IdentityLab.Certificate("HGW generic"), DigestDevice.Basic("acs", "acs"));
        Assert.Equal((IdentityStrength.None, null), (proven.Strength, proven.Device));
    }

    [Fact]
    public async Task Ignores_a_certificate_of_nobody_where_a_credential_is_enough()
    {
        lab.Use(identity => identity with { Require = IdentityRequirement.Credential });
        await lab.Registry.AddAsync();
        var proven = await lab.ProveAsync(IdentityLab.Certificate("Router"), DigestDevice.Basic(IdentityLab.User, "s3cret"));
        Assert.Equal(IdentityStrength.PasswordOverTls, proven.Strength);
        Assert.Equal("403 " + IdentityReason.DeviceUnknown, await lab.RefusalAsync(IdentityLab.Certificate("00AABB-HGW-SN2"), DigestDevice.Basic(IdentityLab.User, "s3cret")));
    }

    [Theory]
    [InlineData(TlsProfile.Legacy, null, IdentityStrength.PasswordOverTls)]
    [InlineData(TlsProfile.Legacy, IdentityStrength.UniqueCertificate, IdentityStrength.UniqueCertificate)]
    [InlineData(TlsProfile.Modern, IdentityStrength.DigestWithoutTls, IdentityStrength.DigestWithoutTls)]
    [InlineData(TlsProfile.Modern, null, IdentityStrength.UniqueCertificate)]
    public async Task Grants_no_more_than_the_listeners_cap(TlsProfile profile, IdentityStrength? cap, IdentityStrength granted)
    {
        lab.UseListener(listener => listener with { TlsProfile = profile });
        lab.Use(identity => identity with { MaxStrength = cap });
        await lab.AddBareAsync();
        Assert.Equal(granted, (await lab.ProveAsync(IdentityLab.Certificate())).Strength);
    }

    [Fact]
    public async Task Refuses_by_the_back_door_a_device_that_has_proven_more_at_the_front()
    {
        await lab.AddBareAsync();
        await lab.BoundAsync(await lab.ProveAsync(IdentityLab.Certificate()));
        lab.UseListener(listener => listener with { TlsProfile = TlsProfile.Legacy });
        Assert.Equal("403 " + IdentityReason.StrengthTooLow, await lab.RefusalAsync(IdentityLab.Certificate()));
    }

    [Fact]
    public async Task Lets_an_unknown_device_with_a_unique_certificate_through_to_its_Inform_in_learn_mode()
    {
        lab.Use(identity => identity with { Mode = IdentityMode.Learn });
        await lab.Registry.AddAsync(new DeviceDraft { Device = new("00AABB", "HGW", "SN2"), Secret = RegistryLab.Password("two") });
        var proven = await lab.ProveAsync(IdentityLab.Certificate());
        Assert.Null(proven.Device);
        Assert.Equal(new DeviceName("00AABB", "HGW", "SN1"), proven.CertificateName);
        Assert.Null((await lab.ProveAsync(IdentityLab.Certificate(), DigestDevice.Basic(IdentityLab.User, "x"))).User);
        Assert.Equal("403 " + IdentityReason.CredentialOfAnotherDevice, await lab.RefusalAsync(IdentityLab.Certificate(), DigestDevice.Basic("00AABB-HGW-SN2", "two")));
        Assert.Equal("401 " + IdentityReason.CredentialWrong, await lab.RefusalAsync(IdentityLab.Certificate(), DigestDevice.Basic("admin", "admin")));
        Assert.Equal("403 " + IdentityReason.CertificateUnnamed, await lab.RefusalAsync(IdentityLab.Certificate("Router")));
        Assert.Equal("403 " + IdentityReason.CertificateMissing, await lab.RefusalAsync());
    }

    [Fact]
    public async Task Observes_without_stopping_anyone_and_says_what_enforce_would_do()
    {
        lab.Use(identity => identity with { Mode = IdentityMode.Observe, Require = IdentityRequirement.Both });
        await lab.Registry.AddAsync();
        var good = await lab.ProveAsync(IdentityLab.Certificate(), (new DigestDevice { User = IdentityLab.User, Realm = "GenieACS", Nonce = "64d30f" }).Header);
        Assert.Equal((IdentityStrength.None, null), (good.Strength, good.WouldRefuse));
        Assert.Equal(IdentityReason.CertificateMissing, (await lab.ProveAsync()).WouldRefuse);
        Assert.Equal(IdentityReason.CredentialMissing, (await lab.ProveAsync(IdentityLab.Certificate())).WouldRefuse);
        Assert.Equal(IdentityReason.CredentialWrong, (await lab.ProveAsync(IdentityLab.Certificate(), DigestDevice.Basic(IdentityLab.User, "x"))).WouldRefuse);
        Assert.Equal(IdentityReason.DeviceUnknown, (await lab.ProveAsync(IdentityLab.Certificate("00AABB-HGW-SN9"))).WouldRefuse);
        await lab.Registry.Store.WriteAsync(commands => commands.ExecuteAsync("DROP TABLE device_secret"), default);
        Assert.Equal(IdentityReason.RegistryUnavailable, (await lab.ProveAsync(IdentityLab.Certificate())).WouldRefuse);
    }
}
