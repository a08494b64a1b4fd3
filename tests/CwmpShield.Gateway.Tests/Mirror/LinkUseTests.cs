using CwmpShield.Gateway.Mirror;
using CwmpShield.Gateway.Mirror.Serving;
using CwmpShield.Gateway.Tests.Doubles;

namespace CwmpShield.Gateway.Tests.Mirror;

public sealed class LinkUseTests
{
    private readonly MovableClock clock = new();

    [Fact]
    public void Refuses_a_fifth_transfer_at_one_time_and_gives_places_and_bytes_back()
    {
        var use = new LinkUse(clock);
        for (var i = 0; i < 4; i++)
        {
            Assert.Equal("", use.TryBegin(Ticket(1), 100, 100));
        }

        Assert.Equal(MirrorReason.LinkBusy, use.TryBegin(Ticket(1), 100, 1));
        use.End(Ticket(1), unsent: 60);
        Assert.Equal(MirrorReason.LinkExhausted, use.TryBegin(Ticket(1), 100, 61));
        Assert.Equal("", use.TryBegin(Ticket(1), 100, 60));
    }

    [Fact]
    public void Counts_each_range_request_until_four_times_the_size()
    {
        var use = new LinkUse(clock);
        for (var i = 0; i < 400; i++)
        {
            Assert.Equal("", use.TryBegin(Ticket(1), 100, 1));
            use.End(Ticket(1), 0);
        }

        Assert.Equal(MirrorReason.LinkExhausted, use.TryBegin(Ticket(1), 100, 1));
    }

    [Fact]
    public void Lets_no_number_of_threads_take_more_than_that()
    {
        var use = new LinkUse(clock);
        var taken = 0;
        Parallel.For(0, 2000, _ =>
        {
            if (use.TryBegin(Ticket(1), 100, 10).Length == 0)
            {
                Interlocked.Add(ref taken, 10);
                use.End(Ticket(1), 0);
            }
        });

        Assert.InRange(taken, 10, 400);
    }

    [Fact]
    public void Remembers_a_bounded_number_of_urls_and_forgets_those_first_that_end_first()
    {
        var use = new LinkUse(clock);
        for (var i = 0; i < 100_002; i++)
        {
            use.TryBegin(Ticket(i, hours: 1 + i), 100, 400);
            use.End(Ticket(i), 0);
        }

        Assert.Equal(MirrorReason.LinkExhausted, use.TryBegin(Ticket(100_001), 100, 1));
        Assert.Equal("", use.TryBegin(Ticket(0), 100, 1));
    }

    private LinkTicket Ticket(long order, int hours = 1) => new(order, clock.GetUtcNow().AddHours(hours), false, "");
}
