using CwmpShield.Core.Cwmp;
using CwmpShield.Core.Identity;
using CwmpShield.Core.Tests.Identity;
using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.Identity;
using CwmpShield.Gateway.Storage;
using CwmpShield.Gateway.Tests.Storage;

namespace CwmpShield.Gateway.Tests.Identity;

public sealed class DeviceBinderTests : IAsyncLifetime
{
    private static readonly DeviceId Other = new("00AABB", "HGW", "SN2");
    private IdentityLab lab = null!;

    public async Task InitializeAsync() => lab = await IdentityLab.OpenAsync();

    public Task DisposeAsync()
    {
        lab.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task Binds_the_device_its_key_its_strength_and_what_it_tells()
    {
        await lab.AddBareAsync();
        var bound = await lab.BoundAsync(
            await lab.ProveAsync(IdentityLab.Certificate()),
            null,
            Value("Device.DeviceInfo.SoftwareVersion", "1.2.3"),
            Value("Device.DeviceInfo.ModelName", "HGW\u0007" + new string('x', 100)),
            Value("Device.X.DeviceInfo.SoftwareVersion", "no"));
        Assert.Equal(["k1"], bound.BoundKeys);
        Assert.Equal(IdentityStrength.UniqueCertificate, bound.RequiredStrength);
        Assert.Equal("1.2.3", bound.SoftwareVersion);
        Assert.Equal("HGW?" + new string('x', 60), bound.Model);
        Assert.Equal(lab.Clock.GetUtcNow(), bound.FirstSeen);
        Assert.Equivalent(bound, (await lab.Registry.Registry.FindAsync(IdentityLab.Device, default))!.Device, strict: true);
    }

    [Fact]
    public async Task Writes_again_only_for_what_is_new_or_after_a_minute()
    {
        await lab.AddBareAsync();
        var proven = await lab.ProveAsync(IdentityLab.Certificate());
        var first = await lab.BoundAsync(proven, null, Value("Device.DeviceInfo.SoftwareVersion", "1"));
        lab.Clock.Advance(TimeSpan.FromSeconds(59));
        Assert.Equal(first.LastSeen, (await lab.BoundAsync(proven, null, Value("Device.DeviceInfo.SoftwareVersion", "1"))).LastSeen);
        Assert.Equal(lab.Clock.GetUtcNow(), (await lab.BoundAsync(proven, null, Value("Device.DeviceInfo.SoftwareVersion", "2"))).LastSeen);
        lab.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(lab.Clock.GetUtcNow(), (await lab.BoundAsync(proven)).LastSeen);
    }

    [Fact]
    public async Task Writes_down_at_once_that_a_called_device_has_come()
    {
        await lab.AddBareAsync();
        var proven = await lab.ProveAsync(IdentityLab.Certificate());
        await lab.BoundAsync(proven);
        lab.Clock.Advance(TimeSpan.FromSeconds(2));
        var called = IdentityLab.Inform(IdentityLab.Device, []) with { Events = [InformEvent.ConnectionRequest] };

        await lab.Binder.BindAsync(proven, called, lab.Listener, isAllowed: true, default);

        Assert.Equal(lab.Clock.GetUtcNow(), (await lab.Registry.Registry.FindAsync(IdentityLab.Device, default))!.Device.LastSeen);
    }

    [Fact]
    public async Task Refuses_a_forged_serial_number_and_writes_nothing()
    {
        await lab.AddBareAsync();
        await lab.Registry.AddAsync(new DeviceDraft { Device = Other });
        Assert.Equal(IdentityReason.DeviceIdMismatch, await lab.BindRefusalAsync(await lab.ProveAsync(IdentityLab.Certificate()), Other));
        Assert.Null((await lab.Registry.Registry.FindAsync(Other, default))!.Device.LastSeen);
        var missing = await lab.Binder.BindAsync(await lab.ProveAsync(IdentityLab.Certificate()), IdentityLab.Inform(null), lab.Listener, isAllowed: true, default);
        Assert.Equal(IdentityReason.DeviceIdMissing, Assert.IsType<BindingOutcome.Refused>(missing).Reason);
    }

    [Fact]
    public async Task Refuses_a_forged_serial_number_by_password()
    {
        lab.Use(identity => identity with { Require = IdentityRequirement.Credential });
        await lab.Registry.AddAsync();
        await lab.Registry.AddAsync(new DeviceDraft { Device = Other });
        var proven = await lab.ProveAsync(authorization: DigestDevice.Basic(IdentityLab.User, "s3cret"));
        Assert.Equal(IdentityReason.DeviceIdMismatch, await lab.BindRefusalAsync(proven, Other));
        Assert.Equal(IdentityStrength.PasswordOverTls, (await lab.BoundAsync(proven)).RequiredStrength);
    }

    [Fact]
    public async Task Binds_a_renewed_key_beside_the_old_one()
    {
        await lab.AddBareAsync();
        await lab.BoundAsync(await lab.ProveAsync(IdentityLab.Certificate()));
        var renewed = IdentityLab.Certificate(key: "k2", notBefore: DateTimeOffset.UnixEpoch.AddYears(1));
        Assert.Equal(["k1", "k2"], (await lab.BoundAsync(await lab.ProveAsync(renewed))).BoundKeys);
        await lab.BoundAsync(await lab.ProveAsync(IdentityLab.Certificate()));
        var stolen = IdentityLab.Certificate(key: "k3", notBefore: DateTimeOffset.UnixEpoch.AddDays(1));
        Assert.Equal("403 " + IdentityReason.CertificateKeyChanged, await lab.RefusalAsync(stolen));
    }

    [Fact]
    public async Task Refuses_a_key_that_another_connection_bound_meanwhile()
    {
        await lab.AddBareAsync();
        var first = await lab.ProveAsync(IdentityLab.Certificate(key: "k1"));
        var second = await lab.ProveAsync(IdentityLab.Certificate(key: "k2"));
        await lab.BoundAsync(first);
        Assert.Equal(IdentityReason.CertificateKeyChanged, await lab.BindRefusalAsync(second));
    }

    [Fact]
    public async Task Enrols_an_unknown_device_once_in_learn_mode()
    {
        lab.Use(identity => identity with { Mode = IdentityMode.Learn });
        var enrolled = await lab.BoundAsync(await lab.ProveAsync(IdentityLab.Certificate()), null, Value("InternetGatewayDevice.DeviceInfo.SoftwareVersion", "7"));
        Assert.Equal(["k1"], enrolled.BoundKeys);
        Assert.Equal((IdentityStrength.UniqueCertificate, "7"), (enrolled.RequiredStrength, enrolled.SoftwareVersion));
        Assert.Equal(enrolled.Key, (await lab.BoundAsync(await lab.ProveAsync(IdentityLab.Certificate()))).Key);

        // What was learnt is then enforced.
        lab.Use(identity => identity with { Mode = IdentityMode.Enforce });
        Assert.Equal(enrolled.Key, (await lab.BoundAsync(await lab.ProveAsync(IdentityLab.Certificate()))).Key);
        Assert.Equal("403 " + IdentityReason.CertificateKeyChanged, await lab.RefusalAsync(IdentityLab.Certificate(key: "k2")));
    }

    [Fact]
    public async Task Enrols_nobody_under_a_name_that_the_certificate_does_not_give()
    {
        lab.Use(identity => identity with { Mode = IdentityMode.Learn });
        Assert.Equal(IdentityReason.DeviceIdMismatch, await lab.BindRefusalAsync(await lab.ProveAsync(IdentityLab.Certificate()), Other));
        Assert.Null(await lab.Registry.Registry.FindAsync(Other, default));
        Assert.Null(await lab.Registry.Registry.FindAsync(IdentityLab.Device, default));
    }

    [Fact]
    public async Task Enrols_one_device_for_one_key()
    {
        lab.Use(identity => identity with { Mode = IdentityMode.Learn });
        var proven = await lab.ProveAsync(IdentityLab.Certificate("00AABB-SN1"));
        await lab.BoundAsync(proven);
        Assert.Equal(IdentityReason.CertificateKeyOfAnotherDevice, await lab.BindRefusalAsync(proven, IdentityLab.Device with { ProductClass = "CPE" }));
    }

    [Fact]
    public async Task Enrols_a_device_with_its_shared_user()
    {
        lab.Use(identity => identity with { Mode = IdentityMode.Learn });
        await lab.Registry.AddAsync(new DeviceDraft { Device = Other, SharedUser = "acs", SharedSecret = RegistryLab.Password("acs") });
        var proven = await lab.ProveAsync(IdentityLab.Certificate(), DigestDevice.Basic("acs", "acs"));
        Assert.Equal("acs", (await lab.BoundAsync(proven)).SharedUser);
        await lab.BoundAsync(await lab.ProveAsync(IdentityLab.Certificate(), DigestDevice.Basic("acs", "acs")));
    }

    [Fact]
    public async Task Enrols_nobody_without_a_certificate_of_its_own()
    {
        lab.Use(identity => identity with { Mode = IdentityMode.Learn, Require = IdentityRequirement.Credential, SharedSubjects = ["HGW generic"] });
        await lab.Registry.AddAsync(new DeviceDraft { Device = Other, SharedUser = "acs", SharedSecret = RegistryLab.Password("acs") });
        var basic = DigestDevice.Basic("acs", "acs");
        Assert.Equal(IdentityReason.DeviceUnknown, await lab.BindRefusalAsync(await lab.ProveAsync(authorization: basic)));
        Assert.Equal(IdentityReason.DeviceUnknown, await lab.BindRefusalAsync(await lab.ProveAsync(IdentityLab.Certificate("HGW generic"), basic)));
    }

    [Fact]
    public async Task Binds_a_shared_user_while_its_device_is_in_migration()
    {
        lab.Use(identity => identity with { Require = IdentityRequirement.Credential });
        await lab.Registry.AddAsync(new DeviceDraft
        {
            Device = IdentityLab.Device,
            SharedUser = "acs",
            SharedSecret = RegistryLab.Password("acs"),
            MigrationUntil = lab.Clock.GetUtcNow().AddDays(1),
        });
        await lab.Registry.AddAsync(new DeviceDraft { Device = Other, SharedUser = "acs" });
        var proven = await lab.ProveAsync(authorization: DigestDevice.Basic("acs", "acs"));
        Assert.Equal(IdentityStrength.None, Assert.IsType<BindingOutcome.Bound>(await lab.BindAsync(proven)).Strength);
        Assert.Equal(IdentityReason.SharedUserNotInMigration, await lab.BindRefusalAsync(proven, Other));
        lab.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(IdentityReason.SharedUserNotInMigration, await lab.BindRefusalAsync(proven));
    }

    [Fact]
    public async Task Refuses_a_device_that_was_disabled_after_it_proved_itself()
    {
        await lab.AddBareAsync();
        var proven = await lab.ProveAsync(IdentityLab.Certificate());
        await lab.Registry.Store.WriteAsync(commands => commands.ExecuteAsync("UPDATE device SET status = 'disabled'"), default);
        Assert.Equal(IdentityReason.DeviceDisabled, await lab.BindRefusalAsync(proven));
    }

    [Fact]
    public async Task Refuses_a_device_that_was_removed_after_it_proved_itself()
    {
        await lab.AddBareAsync();
        var proven = await lab.ProveAsync(IdentityLab.Certificate());
        await lab.Registry.Registry.RemoveAsync(IdentityLab.Device, default);
        Assert.Equal(IdentityReason.DeviceUnknown, await lab.BindRefusalAsync(proven));
        await lab.AddBareAsync();
        Assert.Equal(IdentityReason.DeviceUnknown, await lab.BindRefusalAsync(proven));
    }

    [Fact]
    public async Task Is_unavailable_when_the_sighting_cannot_be_written()
    {
        await lab.AddBareAsync();
        var proven = await lab.ProveAsync(IdentityLab.Certificate());
        await lab.Registry.Store.WriteAsync(
            commands => commands.ExecuteAsync("CREATE TRIGGER full BEFORE INSERT ON device_key BEGIN SELECT raise(ABORT, 'disk full'); END"),
            default);
        Assert.Equal(IdentityReason.RegistryUnavailable, Assert.IsType<BindingOutcome.Unavailable>(await lab.BindAsync(proven)).Reason);
        Assert.Null((await lab.Registry.Registry.FindAsync(IdentityLab.Device, default))!.Device.LastSeen);
    }

    [Fact]
    public async Task Observes_without_writing_and_says_what_enforce_would_do()
    {
        await lab.Registry.AddAsync(new DeviceDraft { Device = IdentityLab.Device, RequiredStrength = IdentityStrength.UniqueCertificate });
        lab.Use(identity => identity with { Mode = IdentityMode.Observe });
        Assert.Null((await ObserveAsync(IdentityLab.Certificate(), IdentityLab.Device)).WouldRefuse);
        Assert.Equal(IdentityReason.DeviceIdMismatch, (await ObserveAsync(IdentityLab.Certificate(), Other)).WouldRefuse);
        var stranger = await ObserveAsync(null, Other);
        Assert.Equal((IdentityReason.CertificateMissing, 0L, Other), (stranger.WouldRefuse, stranger.Device.Key, stranger.Device.Device));
        Assert.Null((await lab.Registry.Registry.FindAsync(IdentityLab.Device, default))!.Device.LastSeen);
        await lab.Registry.Store.WriteAsync(commands => commands.ExecuteAsync("DROP TABLE device_secret"), default);
        Assert.Equal(IdentityReason.RegistryUnavailable, (await ObserveAsync(IdentityLab.Certificate(), IdentityLab.Device)).WouldRefuse);
    }

    private static ParameterMention Value(string name, string value) => new(name, default, value);

    private async Task<BindingOutcome.Bound> ObserveAsync(CertificateFacts? certificate, DeviceId device)
    {
        var bound = Assert.IsType<BindingOutcome.Bound>(await lab.BindAsync(await lab.ProveAsync(certificate), device));
        Assert.Equal(IdentityStrength.None, bound.Strength);
        return bound;
    }
}
