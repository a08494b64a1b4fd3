using System.Net;
using CwmpShield.Core.Cwmp;
using CwmpShield.Core.Identity;
using CwmpShield.Core.Identity.Limits;

namespace CwmpShield.Core.Tests.Identity.Limits;

/// <summary>Who has to wait, and who never does.</summary>
public sealed class PartyLimitsTests
{
    private const string Victim = "00AABB-HGW-VICTIM";
    private static readonly IPAddress Attacker = IPAddress.Parse("203.0.113.9");
    private static readonly IPAddress Home = IPAddress.Parse("198.51.100.7");
    private static readonly DeviceId Device = new("00AABB", "HGW", "VICTIM");

    private readonly PartyLimits limits = new(Settings());
    private long now = TimeSpan.TicksPerDay;
    private int guesses;

    [Fact]
    public void Lets_an_address_fail_so_often_and_no_more()
    {
        Assert.Equal(20, FailUntilRefused(Attacker, null, out var refused));
        Assert.Equal(LimitReason.AddressFailures, refused.Reason);
        Assert.InRange(refused.Wait, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(15));
    }

    [Fact]
    public void Gives_an_address_back_what_it_may_fail_as_time_goes_by()
    {
        FailUntilRefused(Attacker, null, out var refused);

        now += refused.Wait.Ticks;

        Assert.Equal(1, FailUntilRefused(Attacker, null, out _));
    }

    [Fact]
    public void Takes_the_place_of_a_failure_before_it_is_one()
    {
        var party = limits.OfAddress(Attacker);

        var atOneTime = Enumerable.Range(0, 1000).Count(_ => limits.Attempt(party, Claim("guess"), now).IsGranted);

        Assert.Equal(20, atOneTime);
    }

    [Fact]
    public void Counts_a_right_log_in_as_no_failure()
    {
        for (var i = 0; i < 500; i++)
        {
            Assert.True(LogIn(Home, $"device{i}", AttemptEnd.Succeeded).IsGranted);
        }
    }

    [Fact]
    public void Bounds_log_ins_of_an_address_though_they_are_neither_right_nor_wrong()
    {
        var granted = Enumerable.Range(0, 5000).Count(i => LogIn(Attacker, $"device{i}", AttemptEnd.Undecided).IsGranted);

        Assert.Equal(3000, granted);
        Assert.Equal(LimitReason.AddressAttempts, LogIn(Attacker, "another", AttemptEnd.Undecided).Reason);
    }

    [Fact]
    public void Never_locks_a_device_out_whose_name_is_flooded_from_a_million_addresses()
    {
        foreach (var address in Addresses(1_000_000))
        {
            LogIn(address, Victim, AttemptEnd.Failed);
        }

        Assert.True(LogIn(Home, Victim, AttemptEnd.Succeeded).IsGranted);
        Assert.True(limits.Session(limits.OfDevice(Device), now).IsGranted);
        Assert.True(limits.LogIn(limits.OfDevice(Device), now).IsGranted);
    }

    [Fact]
    public void Leaves_the_neighbours_of_a_device_with_a_stale_password_room()
    {
        Assert.Equal(5, FailUntilRefused(Home, "stale", out var refused));
        Assert.Equal(LimitReason.NameFailures, refused.Reason);
        for (var i = 0; i < 100; i++)
        {
            LogIn(Home, "stale", AttemptEnd.Failed);
            Assert.True(LogIn(Home, $"device{i}", AttemptEnd.Succeeded).IsGranted);
        }
    }

    [Fact]
    public void Makes_an_address_that_fails_with_a_flooded_name_wait_sooner()
    {
        foreach (var address in Addresses(40))
        {
            LogIn(address, Victim, AttemptEnd.Failed);
        }

        Assert.Equal(3, FailUntilRefused(Attacker, Victim, out var refused));
        Assert.Equal(LimitReason.NameFailures, refused.Reason);
        Assert.True(LogIn(Attacker, "another", AttemptEnd.Failed).IsGranted);
    }

    [Fact]
    public void Lets_a_device_in_that_is_known_at_an_address_that_floods()
    {
        LogIn(Home, Victim, AttemptEnd.Succeeded);
        FailUntilRefused(Home, null, out _);

        Assert.False(LogIn(Home, "stranger", AttemptEnd.Succeeded).IsGranted);
        Assert.True(LogIn(Home, Victim, AttemptEnd.Succeeded).IsGranted);
    }

    [Fact]
    public void Gives_a_device_its_turn_while_somebody_behind_its_address_guesses_with_its_name()
    {
        LogIn(Home, Victim, AttemptEnd.Succeeded);
        var waits = new List<TimeSpan>();
        for (var i = 0; i < 64; i++)
        {
            waits.Add(LogIn(Home, Victim, AttemptEnd.Failed).Wait);
        }

        var turn = LogIn(Home, Victim, AttemptEnd.Succeeded);

        Assert.All(waits.Take(20), wait => Assert.Equal(TimeSpan.Zero, wait));
        Assert.True(turn.IsGranted);
        Assert.InRange(turn.Wait, TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(26));
    }

    [Fact]
    public void Refuses_guesses_with_the_name_of_a_device_of_the_same_address_when_the_line_is_too_long()
    {
        LogIn(Home, Victim, AttemptEnd.Succeeded);
        var granted = Enumerable.Range(0, 500).Count(_ => LogIn(Home, Victim, AttemptEnd.Failed).IsGranted);

        Assert.Equal(20 + 65, granted);
        Assert.Equal(LimitReason.DeviceFailures, LogIn(Home, Victim, AttemptEnd.Failed).Reason);
    }

    [Fact]
    public void Recognises_an_address_that_is_known_from_elsewhere_and_no_other()
    {
        FailUntilRefused(Home, null, out _);
        var party = limits.OfAddress(Home);

        Assert.False(limits.Recognise(party, Claim(Victim), Attacker, now));
        Assert.False(LogIn(Home, Victim, AttemptEnd.Succeeded).IsGranted);
        Assert.True(limits.Recognise(party, Claim(Victim), Home, now));
        Assert.True(LogIn(Home, Victim, AttemptEnd.Succeeded).IsGranted);
    }

    [Fact]
    public void Lets_the_registry_be_asked_once_a_minute_for_each_and_not_without_bound_in_all()
    {
        var party = limits.OfAddress(Home);
        Assert.True(limits.MayAsk(party, Claim(Victim), now));
        Assert.False(limits.MayAsk(party, Claim(Victim), now));

        Assert.InRange(Enumerable.Range(0, 5000).Count(i => limits.MayAsk(party, Claim($"guess{i}"), now)), 100, 200);

        now += TimeSpan.TicksPerMinute;
        Assert.True(limits.MayAsk(party, Claim(Victim), now));
    }

    [Fact]
    public void Forgets_a_known_address_after_its_time()
    {
        LogIn(Home, Victim, AttemptEnd.Succeeded);
        now += TimeSpan.FromDays(9).Ticks;
        FailUntilRefused(Home, null, out _);

        Assert.False(LogIn(Home, Victim, AttemptEnd.Succeeded).IsGranted);
    }

    [Fact]
    public void Counts_wrong_passwords_beside_a_certificate_against_the_certificate_alone()
    {
        var holder = limits.OfKey("k1");
        var granted = 0;
        while (limits.Attempt(holder, Claim(Victim), now) is { IsGranted: true } admission)
        {
            limits.Settle(holder, admission, AttemptEnd.Failed, now);
            granted++;
        }

        Assert.Equal(30, granted);
        Assert.True(LogIn(Home, Victim, AttemptEnd.Succeeded).IsGranted);
        Assert.True(limits.Attempt(limits.OfKey("k2"), Claim(Victim), now).IsGranted);
    }

    [Theory]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", true)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:3::1", false)]
    [InlineData("192.0.2.1", "192.0.2.2", false)]
    public void Takes_a_64_for_one_subscriber(string one, string other, bool isSame)
    {
        FailUntilRefused(IPAddress.Parse(one), null, out _);

        Assert.Equal(!isSame, LogIn(IPAddress.Parse(other), "guess2", AttemptEnd.Failed).IsGranted);
    }

    [Fact]
    public void Bounds_who_changes_his_64_within_a_48()
    {
        var granted = 0;
        for (var i = 0; i < 65_536; i++)
        {
            var address = IPAddress.Parse($"2001:db8:1:{i:x}::1");
            granted += LogIn(address, $"guess{i}", AttemptEnd.Failed).IsGranted ? 1 : 0;
        }

        Assert.Equal(20 * 32, granted);
        Assert.True(LogIn(IPAddress.Parse("2001:db8:2::1"), "guess", AttemptEnd.Failed).IsGranted);
    }

    [Fact]
    public void Gives_the_addresses_of_a_pool_figures_of_their_own()
    {
        var pool = IPAddress.Parse("100.64.3.4");
        var outside = IPAddress.Parse("100.128.3.4");

        Assert.Equal(500, Enumerable.Range(0, 600).Count(i => LogIn(pool, $"guess{i}", AttemptEnd.Failed).IsGranted));
        Assert.Equal(20, Enumerable.Range(0, 600).Count(i => LogIn(outside, $"guess{i}", AttemptEnd.Failed).IsGranted));
    }

    [Theory]
    [InlineData(true, LimitReason.DeviceSessions, 300)]
    [InlineData(false, LimitReason.AddressSessions, 600)]
    public void Bounds_sessions(bool isProven, string reason, int most)
    {
        var party = isProven ? limits.OfDevice(Device) : limits.OfAddress(Home);

        Assert.Equal(most, Enumerable.Range(0, 2 * most).Count(_ => limits.Session(party, now).IsGranted));
        Assert.Equal(reason, limits.Session(party, now).Reason);
        Assert.True(limits.Session(isProven ? limits.OfAddress(Home) : limits.OfDevice(Device), now).IsGranted);
    }

    [Fact]
    public void Bounds_right_log_ins_of_a_device()
    {
        var party = limits.OfDevice(Device);

        Assert.Equal(3000, Enumerable.Range(0, 4000).Count(_ => limits.LogIn(party, now).IsGranted));
        Assert.Equal(LimitReason.DeviceAttempts, limits.LogIn(party, now).Reason);
    }

    [Theory]
    [InlineData(true, LimitReason.DeviceBytes)]
    [InlineData(false, LimitReason.AddressBytes)]
    public void Bounds_bytes_after_they_came_and_forgives_them_with_time(bool isProven, string reason)
    {
        var party = isProven ? limits.OfDevice(Device) : limits.OfAddress(Home);
        for (var i = 0; i < 64; i++)
        {
            Assert.True(limits.Body(party, now).IsGranted);
            limits.Sent(party, 1 << 20, now);
        }

        var refused = limits.Body(party, now);
        Assert.Equal(reason, refused.Reason);
        now += refused.Wait.Ticks;
        Assert.True(limits.Body(party, now).IsGranted);
    }

    [Fact]
    public void Never_keeps_anybody_waiting_for_longer_than_two_windows_whatever_he_sent()
    {
        var party = limits.OfAddress(Home);
        limits.Sent(party, 1000, now);
        limits.Sent(party, long.MaxValue, now);

        Assert.InRange(limits.Body(party, now).Wait, TimeSpan.Zero, TimeSpan.FromMinutes(5) + TimeSpan.FromTicks(1));
    }

    [Fact]
    public void Takes_one_device_for_one_however_its_OUI_is_written() =>
        Assert.Equal(
            limits.ClaimOf(new DeviceName("00aabb", "HGW", "1"), "x"),
            limits.ClaimOf(new DeviceName("00AABB", "HGW", "1"), "y"));

    [Fact]
    public void Allocates_nothing_where_nobody_is_over_a_figure()
    {
        var party = limits.OfAddress(Home);
        Assert.Equal(0, Allocated(() =>
        {
            var address = limits.OfAddress(Home);
            var admission = limits.Attempt(address, limits.ClaimOf(null, Victim), now);
            limits.Settle(address, admission, AttemptEnd.Succeeded, now);
            limits.Session(limits.OfDevice(Device), now);
            limits.Body(party, now);
            limits.Sent(party, 100, now);
        }));
    }

    private static long Allocated(Action work)
    {
        var least = long.MaxValue;
        for (var i = 0; i < 50; i++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            work();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }

    private static LimitSettings Settings() => new()
    {
        Address = new LimitFigures { Attempts = 3000, Failures = 20, Sessions = 600, Bytes = 64 << 20, Serials = 16 },
        Device = new LimitFigures { Attempts = 3000, Failures = 30, Sessions = 300, Bytes = 64 << 20, Serials = 3 },
        Pools = [new LimitPool([IPNetwork.Parse("100.64.0.0/10")], new LimitFigures { Attempts = 60_000, Failures = 500, Sessions = 6000, Bytes = 1 << 30 })],
        Entries = 1 << 17,
    };

    private static IEnumerable<IPAddress> Addresses(int count) => Enumerable.Range(0, count).Select(i => new IPAddress([10, (byte)(i >> 16), (byte)(i >> 8), (byte)i]));

    private ulong Claim(string text) => limits.ClaimOf(null, text);

    private Admission LogIn(IPAddress address, string name, AttemptEnd end)
    {
        var party = limits.OfAddress(address);
        var admission = limits.Attempt(party, Claim(name), now);
        if (admission.IsGranted)
        {
            limits.Settle(party, admission, end, now);
        }

        return admission;
    }

    /// <summary>Fails with one name; with another one each time where none is given.</summary>
    private int FailUntilRefused(IPAddress address, string? name, out Admission refused)
    {
        var granted = 0;
        while ((refused = LogIn(address, name ?? $"guess{guesses++}", AttemptEnd.Failed)).IsGranted)
        {
            granted++;
        }

        return granted;
    }
}
