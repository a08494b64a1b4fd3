using System.Globalization;
using System.Net;
using CwmpShield.Core.Cwmp;
using CwmpShield.Core.Identity;
using CwmpShield.Core.Identity.Impersonation;
using CwmpShield.Core.Identity.Limits;

namespace CwmpShield.Core.Tests.Identity.Impersonation;

/// <summary>What is a signal, and whom it stands against.</summary>
public sealed class ImpersonationWatchTests
{
    private static readonly IPAddress Attacker = IPAddress.Parse("203.0.113.9");
    private static readonly IPAddress Home = IPAddress.Parse("198.51.100.7");
    private static readonly DeviceId Device = new("00AABB", "HGW", "SN0100");

    private readonly PartyLimits parties = new(new LimitSettings
    {
        Address = new LimitFigures { Attempts = 100, Failures = 20, Sessions = 100, Bytes = 1 << 20, Serials = 16 },
        Device = new LimitFigures { Attempts = 100, Failures = 20, Sessions = 100, Bytes = 1 << 20, Serials = 3 },
        Pools = [new LimitPool([IPNetwork.Parse("100.64.0.0/10")], new LimitFigures { Attempts = 100, Failures = 20, Sessions = 100, Bytes = 1 << 20, Serials = 0 })],
        Entries = 2048,
    });

    private readonly ImpersonationWatch watch = new(new ImpersonationSettings
    {
        Canaries = ["00AABB-HGW-TRAP1", "00DEAD-*"],
        AccessNetworks = [[IPNetwork.Parse("198.51.0.0/16"), IPNetwork.Parse("203.0.113.0/24"), IPNetwork.Parse("2001:db8::/32"), IPNetwork.Parse("2001:4860::/32")]],
        Entries = 4096,
    });

    private long now = TimeSpan.TicksPerDay;

    [Fact]
    public void Sees_many_serials_of_one_address_once()
    {
        var raised = Enumerable.Range(0, 60).Select(i => Try(Attacker, $"X{i * 7919 % 1_000_003}Q")).ToList();

        Assert.Equal(1, raised.Count(signal => signal.HasFlag(Signal.ManySerials)));
        Assert.Equal(Signal.ManySerials, Standing(Attacker));
        Assert.Equal(Signal.None, Standing(Home));
    }

    [Fact]
    public void Sees_nothing_in_one_serial_said_again_and_again()
    {
        Assert.All(Enumerable.Range(0, 1000), _ => Assert.Equal(Signal.None, Try(Home, "SN0100")));
    }

    [Theory]
    [InlineData("SN{0:D6}")]
    [InlineData("00AABB{0:X6}")]
    [InlineData("{0}")]
    public void Sees_serials_that_are_walked_through_in_any_order(string format)
    {
        int[] order = [7, 1, 5, 3, 8, 2, 4, 6, 9];
        var raised = order.Select(i => Try(Attacker, string.Format(CultureInfo.InvariantCulture, format, 123_456 + i))).ToList();

        Assert.Contains(Signal.WalkingSerials, raised);
    }

    [Fact]
    public void Sees_a_walk_behind_names_of_other_kinds()
    {
        var raised = Enumerable.Range(0, 15).Select(i => i % 3 == 2 ? Try(Attacker, $"decoy-{i}-") : Try(Attacker, $"SN{1000 + i}"));

        Assert.Contains(raised, signal => signal.HasFlag(Signal.WalkingSerials));
    }

    [Fact]
    public void Sees_no_walk_in_a_few_devices_of_one_address()
    {
        foreach (var serial in new[] { "SN100017", "SN204481", "SN100950", "SN733021", "SN500300", "SN009912", "SN100018" })
        {
            Assert.Equal(Signal.None, Try(Home, serial));
        }
    }

    [Fact]
    public void Sees_no_serials_where_a_pool_says_that_any_number_is_ordinary()
    {
        var shared = IPAddress.Parse("100.64.1.1");
        Assert.All(Enumerable.Range(0, 500), i => Assert.Equal(Signal.None, Try(shared, $"SN{i}")));
    }

    [Fact]
    public void Lets_a_signal_fall_after_its_time()
    {
        Raise(Attacker, Signal.FailedLogIns);
        now += TimeSpan.FromHours(1).Ticks;

        Assert.Equal(Signal.None, Standing(Attacker));
        Assert.Equal(Signal.FailedLogIns, Raise(Attacker, Signal.FailedLogIns));
    }

    [Theory]
    [InlineData("00AABB", "HGW", "TRAP1", true)]
    [InlineData("00aabb", "HGW", "TRAP1", true)]
    [InlineData("00DEAD", "any", "thing", true)]
    [InlineData("00AABB", "HGW", "TRAP10", false)]
    public void Knows_a_canary(string oui, string productClass, string serial, bool isOne)
    {
        var name = new DeviceName(oui, productClass, serial);

        Assert.Equal(isOne, watch.Claimed(parties.OfAddress(Attacker), name, serial, now).HasFlag(Signal.Canary));
        Assert.Equal(isOne, Standing(Attacker).HasFlag(Signal.Canary));
        Assert.Equal(Signal.None, watch.Standing(parties.OfDevice(new DeviceId(oui, productClass, serial)), now));
    }

    [Theory]
    [InlineData("10.1.2.3")]
    [InlineData("172.31.2.3")]
    [InlineData("192.168.1.3")]
    [InlineData("100.64.9.9")]
    public void Takes_a_walled_garden_for_no_distant_network_and_forgets_nothing_there(string garden)
    {
        Assert.Equal(Signal.None, Inform(IPAddress.Parse(garden)));
        Assert.Equal(Signal.None, Inform(Home));
        Assert.Equal(Signal.None, Inform(IPAddress.Parse(garden)));

        Assert.Equal(Signal.TwoNetworks, Inform(IPAddress.Parse("192.0.2.1")));
    }

    [Fact]
    public void Sees_one_device_in_two_distant_networks_at_once()
    {
        Assert.Equal(Signal.None, Inform(Home));
        now += TimeSpan.FromMinutes(2).Ticks;

        Assert.Equal(Signal.TwoNetworks, Inform(IPAddress.Parse("192.0.2.1")));
        Assert.Equal(Signal.TwoNetworks, watch.Standing(parties.OfDevice(Device), now));
    }

    [Theory]
    [InlineData("198.51.100.7", "198.51.222.8", 1)]
    [InlineData("198.51.100.7", "203.0.113.50", 1)]
    [InlineData("198.51.100.7", "192.0.2.1", 6)]
    [InlineData("198.51.100.7", "2a02:1::1", 1)]
    [InlineData("2001:db8::1", "2001:4860::1", 1)]
    [InlineData("2a02:1:1::1", "2a02:1:ffff::1", 1)]
    public void Sees_nothing_in_a_device_that_keeps_to_its_network_or_changes_it_in_time(string first, string second, int minutes)
    {
        Inform(IPAddress.Parse(first));
        now += TimeSpan.FromMinutes(minutes).Ticks;

        Assert.Equal(Signal.None, Inform(IPAddress.Parse(second)));
    }

    [Fact]
    public void Sees_a_key_that_comes_back_beside_its_renewal_and_not_the_renewal()
    {
        Assert.Equal(Signal.None, Inform(Home, "old"));
        Assert.Equal(Signal.None, Inform(Home, "new"));
        Assert.Equal(Signal.None, Inform(Home, "new"));

        Assert.Equal(Signal.TwoKeys, Inform(Home, "old"));
    }

    [Fact]
    public void Sees_bootstraps_that_repeat_against_the_device_only_where_it_has_proven_itself()
    {
        var stranger = parties.OfAddress(Attacker);
        var raised = Enumerable.Range(0, 5).Select(_ => watch.Bootstrapped(stranger, 7, ["0 BOOTSTRAP"], now)).ToList();
        Assert.Equal([Signal.None, Signal.None, Signal.None, Signal.RepeatedBootstrap, Signal.None], raised);
        Assert.Equal(Signal.None, watch.Standing(parties.OfDevice(Device), now));

        raised = [.. Enumerable.Range(0, 5).Select(_ => Inform(Home, null, "0 BOOTSTRAP"))];
        Assert.Equal(Signal.RepeatedBootstrap, raised[3]);
        Assert.Equal(Signal.RepeatedBootstrap, watch.Standing(parties.OfDevice(Device), now));
    }

    [Fact]
    public void Keeps_what_stands_against_an_attacker_while_a_hundred_thousand_others_try_one_name_each()
    {
        Raise(Attacker, Signal.Canary);
        for (var i = 0; i < 100_000; i++)
        {
            Try(new IPAddress([10, (byte)(i >> 16), (byte)(i >> 8), (byte)i]), $"SN{i}");
        }

        Assert.Equal(Signal.Canary, Standing(Attacker));
        Assert.InRange(watch.Usage.Strangers, 1, 4096);
    }

    [Fact]
    public void Reads_every_word_back() =>
        Assert.All(SignalName.All, word => Assert.True(SignalName.TryParse(word, out var signal) && SignalName.Of(signal).Single() == word));

    [Theory]
    [InlineData("SN000123", 2, 123)]
    [InlineData("123", 0, 123)]
    [InlineData("ABC", 3, 0)]
    [InlineData("", 0, 0)]
    [InlineData("00AABBCCDDEE", 0, 0xAABBCCDDEE)]
    [InlineData("99999999999999999999", 5, 999_999_999_999_999)]
    public void Reads_a_serial_as_one_of_a_series(string serial, int head, ulong number) =>
        Assert.Equal(new SerialShape(head, number), SerialShape.Of(serial));

    private Signal Try(IPAddress address, string serial) => watch.Claimed(parties.OfAddress(address), new DeviceName("00AABB", "HGW", serial), serial, now);

    private Signal Raise(IPAddress address, Signal signal) => watch.Raise(parties.OfAddress(address), signal, now);

    private Signal Standing(IPAddress address) => watch.Standing(parties.OfAddress(address), now);

    private Signal Inform(IPAddress address, string? key = null, params string[] events) =>
        watch.Informed(parties.OfDevice(Device), Device, address, key, events, now);
}
