using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.Throttling;

namespace CwmpShield.Gateway.Tests.Configuration;

/// <summary>Figures of addresses, devices and pools, and what counts as impersonation.</summary>
public sealed class ThrottleCheckTests : IDisposable
{
    private readonly ConfigurationLab lab = new();

    public void Dispose() => lab.Dispose();

    [Fact]
    public void Accepts_pools_access_networks_and_canaries()
    {
        lab.Keys["CwmpShield:Throttle:Mode"] = "observe";
        lab.Keys["CwmpShield:Throttle:Window"] = "00:10:00";
        lab.Keys["CwmpShield:Throttle:Address:Failures"] = "10";
        lab.Keys["CwmpShield:Throttle:Pools:0:Networks:0"] = "100.64.0.0/10";
        lab.Keys["CwmpShield:Throttle:Pools:0:Failures"] = "500";
        lab.Keys["CwmpShield:Throttle:Pools:0:Serials"] = "0";
        lab.Keys["CwmpShield:Impersonation:AccessNetworks:0:Networks:0"] = "198.51.100.0/24";
        lab.Keys["CwmpShield:Impersonation:AccessNetworks:0:Networks:1"] = "2001:db8::/32";
        lab.Keys["CwmpShield:Impersonation:Canaries:0"] = "00AABB-HGW%2D2000-TRAP*";

        var read = lab.Check();

        Assert.Empty(read.Errors);
        var settings = read.Options.Throttle.ToSettings();
        Assert.Equal((TimeSpan.FromMinutes(10), 10, 500, 3000), (settings.Window, settings.Address.Failures, settings.Pools[0].Figures.Failures, settings.Pools[0].Figures.Attempts));
        Assert.Equal(2, read.Options.Impersonation.ToSettings().AccessNetworks[0].Count);
        Assert.Equal(ThrottleMode.Observe, read.Options.Throttle.Mode);
    }

    [Theory]
    [InlineData("Throttle:Window", "00:00:01")]
    [InlineData("Throttle:Address:Failures", "0")]
    [InlineData("Throttle:Device:Sessions", "-1")]
    [InlineData("Throttle:Address:Bytes", "1")]
    [InlineData("Throttle:Device:Serials", "101")]
    [InlineData("Throttle:Entries", "1")]
    [InlineData("Throttle:Familiarity", "00:00:10")]
    [InlineData("Throttle:Pools:0:Networks:0", "100.64.0.0/99")]
    [InlineData("Impersonation:SignalLife", "00:00:00")]
    [InlineData("Impersonation:Bootstraps", "0")]
    [InlineData("Impersonation:AccessNetworks:0:Networks:0", "here")]
    [InlineData("Impersonation:Canaries:0", "*")]
    [InlineData("Impersonation:Canaries:0", "00A*-*")]
    [InlineData("Impersonation:Canaries:0", "00AABB HGW")]
    public void Refuses_what_locks_everybody_out_or_nobody(string key, string value)
    {
        lab.Keys[$"CwmpShield:{key}"] = value;

        Assert.Equal($"CwmpShield:{key}", Assert.Single(lab.Check().Errors).Key);
    }

    [Fact]
    public void Refuses_a_pool_without_networks()
    {
        lab.Keys["CwmpShield:Throttle:Pools:0:Failures"] = "500";

        Assert.Equal("CwmpShield:Throttle:Pools:0:Networks", Assert.Single(lab.Check().Errors).Key);
    }

    [Fact]
    public void Tells_everybody_another_time_to_come_again()
    {
        var times = Enumerable.Range(0, 200).Select(_ => RetryAfter.Seconds(TimeSpan.FromSeconds(60))).ToList();

        Assert.All(times, seconds => Assert.InRange(seconds, 60, 90));
        Assert.True(times.Distinct().Count() > 10);
        Assert.InRange(RetryAfter.Seconds(TimeSpan.Zero), RetryAfter.Least, 8);
        Assert.InRange(RetryAfter.Seconds(TimeSpan.FromDays(1)), 600, RetryAfter.Most);
    }
}
