using CwmpShield.Core.Udp;

namespace CwmpShield.Core.Tests.Udp;

public sealed class UdpRequestMemoryTests
{
    private static readonly DateTimeOffset Start = new(2026, 7, 22, 12, 0, 0, TimeSpan.Zero);
    private static readonly long Second = Start.ToUnixTimeSeconds();

    private readonly UdpRequestMemory memory = new(Start, TimeSpan.FromMinutes(2), capacity: 4);

    [Fact]
    public void Takes_a_request_once_and_knows_its_copies()
    {
        Assert.Equal(UdpRequestFreshness.New, Take(1, Second, "1", "a"));
        Assert.Equal(UdpRequestFreshness.Copy, Take(1, Second, "1", "a"));
        Assert.Equal(UdpRequestFreshness.New, Take(2, Second, "1", "a"));
    }

    [Theory]
    [InlineData(0, "2", "b")]
    [InlineData(-1, "2", "b")]
    [InlineData(1, "1", "b")]
    [InlineData(1, "2", "a")]
    public void Refuses_what_is_not_newer_in_time_id_and_nonce(int seconds, string id, string nonce)
    {
        Take(1, Second + 10, "1", "a");

        Assert.Equal(UdpRequestFreshness.Replayed, Take(1, Second + 10 + seconds, id, nonce));
    }

    [Theory]
    [InlineData(-121)]
    [InlineData(121)]
    public void Refuses_a_clock_that_is_too_far_away(int seconds) =>
        Assert.Equal(UdpRequestFreshness.Stale, memory.Take(1, Request(Second + 500 + seconds, "1", "a"), Start.AddSeconds(500)));

    [Theory]
    [InlineData(long.MaxValue)]
    [InlineData(0)]
    public void Refuses_times_at_the_end_of_the_number(long timestamp) =>
        Assert.Equal(UdpRequestFreshness.Stale, Take(1, timestamp, "1", "a"));

    [Fact]
    public void Refuses_what_was_signed_before_it_could_remember() => Assert.Equal(UdpRequestFreshness.Stale, Take(1, Second - 1, "1", "a"));

    [Fact]
    public void Knows_milliseconds_from_seconds()
    {
        Assert.Equal(UdpRequestFreshness.New, Take(1, (Second * 1000) + 5, "1", "a"));
        Assert.Equal(UdpRequestFreshness.Replayed, Take(1, Second, "2", "b"));
        Assert.Equal(UdpRequestFreshness.New, Take(1, Second + 1, "3", "c"));
    }

    [Fact]
    public void Forgets_the_oldest_and_takes_no_replay_for_it()
    {
        for (var device = 1; device <= 5; device++)
        {
            Take(device, Second + device, "1", "a");
        }

        Assert.Equal(4, memory.Count);
        Assert.Equal(UdpRequestFreshness.Stale, Take(1, Second + 1, "1", "a"));
        Assert.Equal(UdpRequestFreshness.Copy, Take(2, Second + 2, "1", "a"));
    }

    [Fact]
    public void Stays_bounded_when_one_device_asks_without_end()
    {
        Take(1, Second, "1", "a");
        for (var i = 1; i < 100; i++)
        {
            Assert.Equal(UdpRequestFreshness.New, Take(2, Second + i, i.ToString(System.Globalization.CultureInfo.InvariantCulture), $"n{i}"));
        }

        Assert.InRange(memory.Count, 1, 4);
        Assert.NotEqual(UdpRequestFreshness.New, Take(1, Second, "1", "a"));
    }

    private UdpRequestFreshness Take(long device, long timestamp, string id, string nonce) =>
        memory.Take(device, Request(timestamp, id, nonce), Start.AddSeconds(10));

    private static UdpConnectionRequest Request(long timestamp, string id, string nonce) =>
        new("h:1", timestamp, id, "u", nonce, new byte[20], UdpRequestStyle.AnnexG);
}
