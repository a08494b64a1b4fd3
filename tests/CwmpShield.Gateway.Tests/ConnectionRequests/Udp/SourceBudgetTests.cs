using CwmpShield.Gateway.ConnectionRequests.Udp;

namespace CwmpShield.Gateway.Tests.ConnectionRequests.Udp;

public sealed class SourceBudgetTests
{
    private static readonly long Second = TimeProvider.System.TimestampFrequency;
    private readonly SourceBudget budget = new(10, TimeProvider.System);

    [Fact]
    public void Lets_a_source_come_twice_as_often_at_once_and_then_at_its_rate()
    {
        Assert.Equal(20, Take([192, 0, 2, 1], 100, at: 0));
        Assert.Equal(10, Take([192, 0, 2, 1], 100, at: Second));
        Assert.Equal(20, Take([192, 0, 2, 1], 100, at: 10 * Second));
    }

    [Fact]
    public void Counts_ipv6_by_64_bits()
    {
        byte[] address = [0x20, 1, 0xd, 0xb8, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1];
        Assert.Equal(20, Take(address, 20, at: 0));
        address[15] = 2;
        Assert.Equal(0, Take(address, 1, at: 0));
        address[7] = 2;
        Assert.Equal(1, Take(address, 1, at: 0));
    }

    [Fact]
    public void A_flood_of_one_source_leaves_the_others_alone()
    {
        Take([192, 0, 2, 1], 10_000, at: 0);

        var passed = 0;
        for (var i = 0; i < 1000; i++)
        {
            passed += Take([198, 51, (byte)(i >> 8), (byte)i], 1, at: 0);
        }

        Assert.InRange(passed, 999, 1000);
    }

    [Fact]
    public void Twenty_thousand_sources_at_once_each_have_theirs()
    {
        var passed = 0;
        for (var i = 0; i < 20_000; i++)
        {
            passed += Take([100, 64, (byte)(i >> 8), (byte)i], 1, at: 0);
        }

        Assert.Equal(20_000, passed);
    }

    private int Take(byte[] source, int times, long at) => Enumerable.Range(0, times).Count(_ => budget.TryTake(source, 1_000_000_000_000 + at));
}
