using CwmpShield.Core.Cwmp;
using CwmpShield.Core.Firmware;
using CwmpShield.Core.Identity;

namespace CwmpShield.Core.Tests.Firmware;

public sealed class RingShareTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(10)]
    [InlineData(100)]
    public void Takes_its_share_of_devices_and_always_the_same(int percent)
    {
        var ring = new RolloutRing { Name = "r", Percent = percent };
        var taken = Enumerable.Range(0, 20_000).Where(i => RingShare.Takes(ring, "fw", Device(i))).ToList();

        Assert.InRange(taken.Count, (percent * 200) - (percent is 0 or 100 ? 0 : 120), (percent * 200) + (percent is 0 or 100 ? 0 : 120));
        Assert.Equal(taken, Enumerable.Range(0, 20_000).Where(i => RingShare.Takes(ring, "fw", Device(i))));
    }

    [Fact]
    public void Takes_other_devices_first_for_another_artefact_and_the_same_ones_when_it_grows()
    {
        var (small, large) = (new RolloutRing { Name = "r", Percent = 10 }, new RolloutRing { Name = "r", Percent = 20 });
        var first = Enumerable.Range(0, 5000).Where(i => RingShare.Takes(small, "fw-1", Device(i))).ToList();

        Assert.All(first, i => Assert.True(RingShare.Takes(large, "fw-1", Device(i))));
        Assert.NotEqual(first, Enumerable.Range(0, 5000).Where(i => RingShare.Takes(small, "fw-2", Device(i))));
    }

    [Fact]
    public void Takes_the_devices_of_its_groups_and_nobody_who_is_not_bound()
    {
        var ring = new RolloutRing { Name = "r", Groups = ["canary"] };

        Assert.True(RingShare.Takes(ring, "fw", Device(1) with { Groups = ["berlin", "canary"] }));
        Assert.False(RingShare.Takes(ring, "fw", Device(1) with { Groups = ["Canary"] }));
        Assert.False(RingShare.Takes(ring with { Percent = 100 }, "fw", new DeviceTraits { Groups = ["canary"] }));
    }

    private static DeviceTraits Device(int number) => new() { Device = new DeviceId("00D09E", "HGW", $"S{number}") };
}
