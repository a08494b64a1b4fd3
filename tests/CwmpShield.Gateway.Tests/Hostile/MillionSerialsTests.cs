using System.Net;
using CwmpShield.Core.Identity;
using CwmpShield.Core.Identity.Impersonation;
using CwmpShield.Core.Identity.Limits;
using CwmpShield.Gateway.Configuration;

namespace CwmpShield.Gateway.Tests.Hostile;

/// <summary>What is remembered of a million distinct serial numbers from as many addresses; <c>./soak</c> sends them over sockets.</summary>
public sealed class MillionSerialsTests
{
    private const int Serials = 1_000_000;
    private const long Bound = 400L << 20;

    [Fact]
    public void Holds_a_million_distinct_serials_in_bounded_memory_and_still_knows_a_device()
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var limits = new PartyLimits(new ThrottleOptions().ToSettings());
        var watch = new ImpersonationWatch(new ImpersonationOptions().ToSettings());
        var now = TimeSpan.TicksPerDay;
        for (var i = 0; i < Serials; i++)
        {
            var party = limits.OfAddress(new IPAddress([10, (byte)(i >> 16), (byte)(i >> 8), (byte)i]));
            var name = new DeviceName("00D09E", "HGW", $"R{i}");
            var admission = limits.Attempt(party, limits.ClaimOf(name, ""), now);
            if (admission.IsGranted)
            {
                limits.Settle(party, admission, AttemptEnd.Failed, now);
            }

            watch.Claimed(party, name, "", now);
        }

        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, 0, Bound);
        var home = limits.OfAddress(IPAddress.Parse("198.51.100.7"));
        Assert.True(limits.Attempt(home, limits.ClaimOf(new DeviceName("00D09E", "HGW", "H1"), ""), now).IsGranted);
        GC.KeepAlive(watch);
    }
}
