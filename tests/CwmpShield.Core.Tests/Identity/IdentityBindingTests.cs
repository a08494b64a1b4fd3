using CwmpShield.Core.Cwmp;
using CwmpShield.Core.Identity;
using Xunit;

namespace CwmpShield.Core.Tests.Identity;

public sealed class IdentityBindingTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
    private static readonly DeviceId Device = new("00AABB", "HGW", "SN1");
    private static readonly RegisteredDevice Row = new() { Key = 1, Device = Device };

    [Theory]
    [InlineData("00AABB", "HGW", "SN1", true)]
    [InlineData("00aabb", "HGW", "SN1", true)]
    [InlineData("00AABC", "HGW", "SN1", false)]
    [InlineData("00AABB", "hgw", "SN1", false)]
    [InlineData("00AABB", "", "SN1", false)]
    [InlineData("00AABB", "HGW", "SN2", false)]
    [InlineData("00AABB", "HGW", "sn1", false)]
    [InlineData("00AABB", "HGW", "SN1 ", false)]
    public void Binds_the_proven_device_and_no_other(string oui, string productClass, string serial, bool isBound)
    {
        var refusal = Refusal(Password(), new DeviceId(oui, productClass, serial), Row);
        Assert.Equal(isBound ? null : IdentityReason.DeviceIdMismatch, refusal);
    }

    [Fact]
    public void Refuses_an_Inform_that_the_certificate_does_not_name()
    {
        var proven = Certificate() with { CertificateName = new DeviceName(null, null, "SN2") };
        Assert.Equal(IdentityReason.DeviceIdMismatch, Refusal(proven, Device, Row));
        Assert.Equal(IdentityReason.DeviceIdMismatch, Refusal(proven with { Device = null }, Device, Row));
    }

    [Fact]
    public void Refuses_a_device_that_was_removed_or_replaced_since_it_proved_itself()
    {
        Assert.Equal(IdentityReason.DeviceUnknown, Refusal(Password(), Device, null));
        Assert.Equal(IdentityReason.DeviceUnknown, Refusal(Password(), Device, Row with { Key = 2 }));
    }

    [Fact]
    public void Refuses_an_unknown_device() =>
        Assert.Equal(IdentityReason.DeviceUnknown, Refusal(Certificate() with { Device = null }, Device, null));

    [Fact]
    public void Binds_a_certificate_whose_device_was_registered_in_between() =>
        Assert.Null(Refusal(Certificate() with { Device = null }, Device, Row));

    [Fact]
    public void Refuses_who_has_proven_nothing() =>
        Assert.Equal(IdentityReason.SharedUserNotInMigration, Refusal(new ProvenIdentity(), Device, Row));

    [Theory]
    [InlineData("fleet", 1, null)]
    [InlineData("fleet", 0, IdentityReason.SharedUserNotInMigration)]
    [InlineData("fleet", -1, IdentityReason.SharedUserNotInMigration)]
    [InlineData("fleet", null, IdentityReason.SharedUserNotInMigration)]
    [InlineData("other", 1, IdentityReason.SharedUserNotInMigration)]
    [InlineData(null, 1, IdentityReason.SharedUserNotInMigration)]
    public void Binds_a_shared_user_only_while_the_row_is_in_migration(string? rowUser, int? daysLeft, string? expected)
    {
        var row = Row with { SharedUser = rowUser, MigrationUntil = daysLeft is { } days ? Now.AddDays(days) : null };
        Assert.Equal(expected, Refusal(new ProvenIdentity { User = "fleet", IsSharedUser = true }, Device, row));
    }

    [Fact]
    public void Refuses_a_shared_user_for_a_device_that_has_proven_more()
    {
        var row = Row with { SharedUser = "fleet", MigrationUntil = Now.AddDays(1), RequiredStrength = IdentityStrength.UniqueCertificate };
        Assert.Equal(IdentityReason.StrengthTooLow, Refusal(new ProvenIdentity { User = "fleet", IsSharedUser = true }, Device, row));
    }

    [Theory]
    [InlineData(DeviceStatus.Disabled, IdentityReason.DeviceDisabled)]
    [InlineData((DeviceStatus)99, IdentityReason.DeviceDisabled)]
    [InlineData(DeviceStatus.Active, null)]
    [InlineData(DeviceStatus.Quarantined, null)]
    [InlineData(DeviceStatus.Bootstrap, null)]
    public void Lets_every_status_in_but_disabled(DeviceStatus status, string? expected) =>
        Assert.Equal(expected, Refusal(Password(), Device, Row with { Status = status }));

    [Fact]
    public void Never_lets_a_device_in_below_its_required_strength()
    {
        foreach (var required in Enum.GetValues<IdentityStrength>())
        {
            foreach (var proven in Enum.GetValues<IdentityStrength>())
            {
                var refusal = IdentityBinding.RefusalByRow(Row with { RequiredStrength = required }, proven);
                Assert.Equal(proven < required ? IdentityReason.StrengthTooLow : null, refusal);
            }
        }
    }

    [Fact]
    public void Accepts_the_first_key_a_bound_key_and_a_later_renewal()
    {
        Assert.Null(IdentityBinding.RefusalByKey(Row, Certificates.Facts(key: "k1")));
        var bound = Row with { BoundKeys = ["k1"], LatestKeyFrom = Now };
        Assert.Null(IdentityBinding.RefusalByKey(bound, Certificates.Facts(key: "k1", notBefore: Now.AddYears(-1))));
        Assert.Null(IdentityBinding.RefusalByKey(bound, Certificates.Facts(key: "k2", notBefore: Now.AddSeconds(1))));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void Refuses_another_key_that_is_no_later_renewal(int days)
    {
        var bound = Row with { BoundKeys = ["k1"], LatestKeyFrom = Now };
        var other = Certificates.Facts(key: "k2", notBefore: Now.AddDays(days));
        Assert.Equal(IdentityReason.CertificateKeyChanged, IdentityBinding.RefusalByKey(bound, other));
        Assert.Equal(IdentityReason.CertificateKeyChanged, Refusal(Certificate() with { Certificate = other }, Device, bound));
    }

    [Theory]
    [InlineData(CertificateKind.Unique, false, true, IdentityStrength.UniqueCertificate)]
    [InlineData(CertificateKind.Unique, true, true, IdentityStrength.UniqueCertificate)]
    [InlineData(CertificateKind.Shared, true, true, IdentityStrength.SharedCertificateAndPassword)]
    [InlineData(CertificateKind.Shared, false, true, IdentityStrength.None)]
    [InlineData(CertificateKind.Unnamed, true, true, IdentityStrength.PasswordOverTls)]
    [InlineData(CertificateKind.Unnamed, false, true, IdentityStrength.None)]
    [InlineData(CertificateKind.None, true, true, IdentityStrength.PasswordOverTls)]
    [InlineData(CertificateKind.None, true, false, IdentityStrength.DigestWithoutTls)]
    [InlineData(CertificateKind.None, false, true, IdentityStrength.None)]
    public void Grants_the_strength_that_was_proven_up_to_the_cap(CertificateKind kind, bool password, bool isTls, IdentityStrength expected)
    {
        foreach (var cap in Enum.GetValues<IdentityStrength>())
        {
            Assert.Equal(expected < cap ? expected : cap, ProofStrength.Of(kind, password, isTls, cap));
        }
    }

    private static string? Refusal(ProvenIdentity proven, DeviceId informed, RegisteredDevice? row) =>
        IdentityBinding.RefusalOfInform(proven, informed, row, Now);

    private static ProvenIdentity Password() => new() { Device = Row, User = "u", Strength = IdentityStrength.PasswordOverTls };

    private static ProvenIdentity Certificate() => new()
    {
        Device = Row,
        Certificate = Certificates.Facts(),
        CertificateName = DeviceName.Of(Device),
        IsUniqueCertificate = true,
        Strength = IdentityStrength.UniqueCertificate,
    };
}
