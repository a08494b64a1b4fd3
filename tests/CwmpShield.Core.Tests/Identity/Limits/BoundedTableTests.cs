using System.Net;
using CwmpShield.Core.Identity.Limits;

namespace CwmpShield.Core.Tests.Identity.Limits;

/// <summary>A table of fixed size under many more names than it holds.</summary>
public sealed class BoundedTableTests
{
    private const long Minute = TimeSpan.TicksPerMinute;

    private readonly KeyedHash hash = new();

    [Fact]
    public void Keeps_its_size_under_a_million_names()
    {
        var table = new DebtTable(10_000);
        for (ulong i = 0; i < 1_000_000; i++)
        {
            table.Charge(hash.Of(i, 0, 0), 1, Minute, 1);
        }

        Assert.Equal(10_240, table.Capacity);
        Assert.InRange(table.Used, 9_000, table.Capacity);
    }

    [Fact]
    public void Remembers_who_owes_much_while_a_million_owe_little()
    {
        var table = new DebtTable(10_000);
        var heavy = hash.Of("heavy", 0);
        table.Charge(heavy, Minute, Minute, 1);
        for (ulong i = 0; i < 1_000_000; i++)
        {
            table.Charge(hash.Of(i, 0, 0), Minute / 20, Minute, 1);
        }

        Assert.Equal(Minute, table.Debt(heavy, 1));
    }

    [Fact]
    public void Charges_nobody_for_what_others_owe()
    {
        var table = new DebtTable(10_000);
        for (ulong i = 0; i < 1_000_000; i++)
        {
            table.Charge(hash.Of(i, 0, 0), Minute, Minute, 1);
        }

        for (ulong i = 0; i < 10_000; i++)
        {
            Assert.Equal(0, table.TryCharge(hash.Of(i, 1, 0), Minute / 20, Minute, 1));
        }
    }

    [Fact]
    public void Gives_the_place_of_who_owes_nothing_any_more_to_the_next()
    {
        var table = new DebtTable(2048);
        for (ulong i = 0; i < 100_000; i++)
        {
            table.Charge(hash.Of(i, 0, 0), Minute, Minute, 1);
        }

        var late = hash.Of("late", 0);
        Assert.Equal(0, table.TryCharge(late, 1, Minute, 2 * Minute));
        Assert.Equal(1, table.Debt(late, 2 * Minute));
    }

    [Fact]
    public async Task Counts_every_charge_of_many_threads()
    {
        var table = new DebtTable(2048);
        var id = hash.Of("one", 0);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() =>
        {
            for (var i = 0; i < 10_000; i++)
            {
                table.Charge(id, 1, Minute, 1);
            }
        })));

        Assert.Equal(80_000, table.Debt(id, 1));
    }

    [Fact]
    public void Gives_numbers_that_the_next_process_does_not_have() =>
        Assert.NotEqual(hash.OfSubscriber(IPAddress.Loopback, 0), new KeyedHash().OfSubscriber(IPAddress.Loopback, 0));
}
