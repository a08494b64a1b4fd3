using System.Diagnostics;
using System.Net;
using CwmpShield.Core.Cwmp;
using CwmpShield.Core.Identity;
using CwmpShield.Core.Identity.Impersonation;
using CwmpShield.Core.Identity.Limits;
using CwmpShield.Gateway.Configuration;

namespace CwmpShield.Bench;

/// <summary>What limits and impersonation signals cost for each request, and what they hold of a million distinct sources.</summary>
internal static class LimitTable
{
    private const int Sources = 1_000_000;
    private const int Times = 100_000;
    private const int Batches = 40;
    private static readonly string[] NoEvents = ["2 PERIODIC"];

    public static void Print(TextWriter output)
    {
        var limits = new PartyLimits(new ThrottleOptions().ToSettings());
        var watch = new ImpersonationWatch(new ImpersonationOptions().ToSettings());
        output.WriteLine($"{"step",-76} {"ns",8} {"bytes",7}");
        Steps(output, limits, watch, "empty tables");
        var before = Held();
        var clock = Stopwatch.StartNew();
        Flood(limits, watch);
        output.WriteLine($"{"one wrong log-in and its serial from each of a million",-76} {clock.Elapsed.TotalNanoseconds / Sources,8:0}");
        output.WriteLine($"held of a million distinct sources: {(Held() - before) / 1048576.0:0.0} MiB; {limits.Usage} {watch.Usage}");
        Flood(limits, watch);
        Flood(limits, watch);
        output.WriteLine($"and of the same after three million wrong log-ins: {(Held() - before) / 1048576.0:0.0} MiB");
        Steps(output, limits, watch, "full tables");
    }

    private static void Steps(TextWriter output, PartyLimits limits, ImpersonationWatch watch, string state)
    {
        var device = new DeviceId("00AABB", "HGW", "SN000001");
        var name = DeviceName.Of(device);
        var home = IPAddress.Parse("198.51.100.7");
        var home6 = IPAddress.Parse("2001:db8:1:2::7");
        var now = TimeSpan.TicksPerDay;
        var key = new string('a', 64);

        Row(output, $"log-in by password from a known address, {state}", () => LogIn(limits, home, name, AttemptEnd.Succeeded, now += 1_000_000));
        Row(output, $"the same by IPv6, {state}", () => LogIn(limits, home6, name, AttemptEnd.Succeeded, now += 1_000_000));
        Row(output, $"session of a proven device, {state}", () => limits.Session(limits.OfDevice(device), now += 10_000_000));
        Row(output, $"request of a proven device (body checked and counted), {state}", () =>
        {
            var party = limits.OfDevice(device);
            limits.Body(party, now += 1_000_000);
            limits.Sent(party, 2000, now);
        });
        Row(output, $"Inform of a proven device (trail and signals), {state}", () =>
        {
            var party = limits.OfDevice(device);
            watch.Informed(party, device, home, key, NoEvents, now += 1_000_000);
            watch.Standing(party, now);
        });
    }

    private static void LogIn(PartyLimits limits, IPAddress address, DeviceName name, AttemptEnd end, long now)
    {
        var party = limits.OfAddress(address);
        var admission = limits.Attempt(party, limits.ClaimOf(name, ""), now);
        if (admission.IsGranted)
        {
            limits.Settle(party, admission, end, now);
        }
    }

    private static void Flood(PartyLimits limits, ImpersonationWatch watch)
    {
        var name = new DeviceName("00AABB", "HGW", "VICTIM");
        for (var i = 0; i < Sources; i++)
        {
            var address = new IPAddress([10, (byte)(i >> 16), (byte)(i >> 8), (byte)i]);
            LogIn(limits, address, name, AttemptEnd.Failed, TimeSpan.TicksPerDay);
            watch.Claimed(limits.OfAddress(address), name, "", TimeSpan.TicksPerDay);
        }
    }

    private static void Row(TextWriter output, string step, Action work)
    {
        // The code settles while the first batches run; what another process takes is in the slower ones.
        var best = double.MaxValue;
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var batch = 0; batch < Batches; batch++)
        {
            var watch = Stopwatch.StartNew();
            for (var i = 0; i < Times; i++)
            {
                work();
            }

            best = Math.Min(best, watch.Elapsed.TotalNanoseconds / Times);
        }

        var bytes = (GC.GetAllocatedBytesForCurrentThread() - before) / (Batches * (long)Times);
        output.WriteLine($"{step,-76} {best,8:0} {bytes,7}");
    }

    private static long Held() => GC.GetTotalMemory(forceFullCollection: true);
}
