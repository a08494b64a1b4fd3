using System.Net;
using CwmpShield.Core.Cwmp;
using CwmpShield.Core.Identity;
using CwmpShield.Core.Identity.Impersonation;
using CwmpShield.Core.Identity.Limits;
using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.Inspection;
using CwmpShield.Gateway.Telemetry;
using CwmpShield.Gateway.Tests.Identity;
using CwmpShield.Gateway.Throttling;

namespace CwmpShield.Gateway.Tests.Throttling;

/// <summary>Whom an Inform stands against, by what its sender has proven.</summary>
public sealed class ImpersonationAlarmTests
{
    private static readonly IPAddress Source = IPAddress.Parse("198.51.100.7");
    private static readonly DeviceId Device = new("00AABB", "HGW", "SN1");
    private static readonly DeviceId Canary = new("00AABB", "HGW", "TRAP1");
    private static readonly ListenerOptions Door = new() { Name = "cpe" };

    private readonly PartyLimits limits = new(new ThrottleOptions { Entries = 2048 }.ToSettings());
    private readonly ImpersonationWatch watch = new(new ImpersonationOptions { Entries = 2048, Canaries = [Canary.ToString()] }.ToSettings());
    private readonly ImpersonationAlarm alarm;

    public ImpersonationAlarmTests() =>
        alarm = new ImpersonationAlarm(watch, limits, new ThrottleMetrics(new ShieldMetrics(), limits, watch), new DecisionFeed(), TimeProvider.System);

    [Theory]
    [InlineData(IdentityStrength.UniqueCertificate, true)]
    [InlineData(IdentityStrength.PasswordOverTls, true)]
    [InlineData(IdentityStrength.DigestWithoutTls, false)]
    public void Takes_a_device_at_its_word_only_where_nobody_on_the_way_can_have_changed_it(IdentityStrength strength, bool isAgainstDevice)
    {
        Inform(new ProvenIdentity { Device = new RegisteredDevice { Device = Device }, Strength = strength }, limits.OfDevice(Device), Canary);

        Assert.Equal(isAgainstDevice, alarm.Standing(limits.OfDevice(Device), Door).HasFlag(Signal.Canary));
        Assert.Equal(!isAgainstDevice, alarm.Standing(limits.OfAddress(Source), Door).HasFlag(Signal.Canary));
        Assert.Equal(Signal.None, alarm.Standing(limits.OfDevice(Canary), Door));
    }

    [Fact]
    public void Sees_nothing_odd_in_a_device_whose_proof_is_only_observed_and_good()
    {
        for (var i = 0; i < 100; i++)
        {
            var device = Device with { SerialNumber = $"SN{i}" };
            Inform(new ProvenIdentity { Device = new RegisteredDevice { Device = device } }, limits.OfAddress(Source), device);
        }

        Assert.Equal(Signal.None, alarm.Standing(limits.OfAddress(Source), Door));
    }

    [Fact]
    public void Counts_against_the_address_what_enforce_would_refuse()
    {
        for (var i = 0; i < 100; i++)
        {
            Inform(new ProvenIdentity { WouldRefuse = IdentityReason.CredentialMissing }, limits.OfAddress(Source), Device with { SerialNumber = $"SN{i}" });
        }

        Assert.Equal(Signal.ManySerials | Signal.WalkingSerials, alarm.Standing(limits.OfAddress(Source), Door));
        Assert.Equal(Signal.None, alarm.Standing(limits.OfDevice(Device), Door));
    }

    private void Inform(ProvenIdentity identity, Party party, DeviceId informed) =>
        alarm.OfMessage(IdentityLab.Inform(informed), party, identity, new Caller(Door, Source));
}
