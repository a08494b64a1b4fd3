using CwmpShield.Core.Cwmp;
using CwmpShield.Core.Identity;
using CwmpShield.Core.Identity.Rotation;

namespace CwmpShield.Core.Tests.Identity.Rotation;

/// <summary>Who comes into the bootstrap lane, case by case.</summary>
public sealed class LaneGateTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
    private static readonly CertificateFacts Bound = Certificate("aa");
    private static readonly RegisteredDevice Row = new() { Key = 1, Device = new DeviceId("00AABB", "HGW", "SN1"), BoundKeys = ["aa"] };
    private static readonly ProvenIdentity Factory = new() { Device = Row, IsFactory = true, Slot = CredentialSlot.Factory, Strength = IdentityStrength.PasswordOverTls };

    [Theory]
    [InlineData("0 BOOTSTRAP")]
    [InlineData("2 PERIODIC")]
    public void Keeps_an_active_device_with_its_own_credential_active(string code) =>
        Assert.IsType<LanePassage.Stays>(Judge(Row, Factory with { IsFactory = false, Slot = CredentialSlot.Current }, code));

    [Fact]
    public void Keeps_a_device_in_the_lane_whatever_it_informs_with() =>
        Assert.IsType<LanePassage.Stays>(Judge(Row with { Status = DeviceStatus.Bootstrap }, Factory, "2 PERIODIC"));

    [Fact]
    public void Refuses_a_forged_bootstrap() => Assert.Equal(IdentityReason.BootstrapForged, Refusal(Row, Factory, "0 BOOTSTRAP"));

    [Theory]
    [InlineData("2 PERIODIC")]
    [InlineData("1 BOOT")]
    [InlineData("0 BOOTSTRAPPED")]
    [InlineData("")]
    public void Refuses_factory_credentials_without_the_event(string code) =>
        Assert.Equal(IdentityReason.FactoryCredential, Refusal(Row with { FactoryResetAt = Now }, Factory, code));

    [Theory]
    [InlineData(DeviceStatus.Quarantined)]
    [InlineData(DeviceStatus.Disabled)]
    public void Refuses_factory_credentials_of_a_device_that_is_not_active(DeviceStatus status) =>
        Assert.Equal(IdentityReason.FactoryCredential, Refusal(Row with { Status = status, FactoryResetAt = Now }, Factory, "0 BOOTSTRAP"));

    [Fact]
    public void Lets_its_bound_certificate_in() =>
        Assert.IsType<LanePassage.Enters>(Judge(Row, Factory with { Certificate = Bound, IsUniqueCertificate = true }, "1 BOOT", "0 BOOTSTRAP"));

    [Fact]
    public void Refuses_a_certificate_that_is_shared_or_not_bound()
    {
        Assert.Equal(IdentityReason.BootstrapForged, Refusal(Row, Factory with { Certificate = Bound }, "0 BOOTSTRAP"));
        Assert.Equal(IdentityReason.BootstrapForged, Refusal(Row, Factory with { Certificate = Certificate("bb"), IsUniqueCertificate = true }, "0 BOOTSTRAP"));
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(6, true)]
    [InlineData(7, false)]
    [InlineData(400, false)]
    public void Believes_a_factory_reset_that_was_let_pass_for_seven_days(int days, bool isIn)
    {
        var passage = Judge(Row with { FactoryResetAt = Now.AddDays(-days) }, Factory, "0 bootstrap ");

        Assert.Equal(isIn, passage is LanePassage.Enters);
    }

    private static LanePassage Judge(RegisteredDevice row, ProvenIdentity proven, params string[] events) => LaneGate.Judge(row, proven, events, Now);

    private static string? Refusal(RegisteredDevice row, ProvenIdentity proven, params string[] events) => (Judge(row, proven, events) as LanePassage.Refused)?.Reason;

    private static CertificateFacts Certificate(string key) =>
        new(key, [], [], "01", Now, Now.AddYears(1));
}
