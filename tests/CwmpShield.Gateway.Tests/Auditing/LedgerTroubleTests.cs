using CwmpShield.Core.Audit;
using CwmpShield.Gateway.Auditing;
using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.Tests.Doubles;
using CwmpShield.Gateway.Tests.Listening;
using Microsoft.Extensions.DependencyInjection;

namespace CwmpShield.Gateway.Tests.Auditing;

/// <summary>The writer before a store that fails, fills up, or is shared by mistake.</summary>
public sealed class LedgerTroubleTests
{
    [Theory]
    [InlineData(StoreEngine.Sqlite)]
    [InlineData(StoreEngine.Postgresql)]
    public async Task Refuses_on_the_gateway_whose_chain_another_of_the_same_name_has_taken(StoreEngine engine)
    {
        using var lab = await LedgerLab.OpenAsync(engine);
        await using var first = lab.NewNode();
        await first.StartAsync();
        await first.WriteAsync(1);
        await using (var second = lab.NewNode())
        {
            await second.StartAsync();
            await second.WriteAsync(2);

            var refused = await Assert.ThrowsAsync<LedgerUnavailableException>(() => first.WriteAsync(3).AsTask());
            Assert.Contains("CwmpShield:Audit:Node", Assert.IsType<LedgerTakenException>(refused.InnerException).Message, StringComparison.Ordinal);
            await Assert.ThrowsAsync<LedgerUnavailableException>(() => first.WriteAsync(4).AsTask());
            Assert.False(first.Ledger.IsUp);
            await second.WriteAsync(5);
            Assert.True(second.Ledger.IsUp);
        }

        Assert.Equal(6, (await lab.VerifiesAsync(withFile: true)).Records);
    }

    [Fact]
    public async Task Says_that_the_node_began_although_the_first_write_failed()
    {
        using var lab = await LedgerLab.OpenAsync();
        using var store = new FaultyStore(lab.Store) { Fault = WriteFault.Before };
        await using (var node = new LedgerNode(store, lab.Key, lab.Options))
        {
            await node.StartAsync();
            await Assert.ThrowsAsync<LedgerUnavailableException>(() => node.WriteAsync(1).AsTask());
            store.Fault = WriteFault.None;
            await EventuallyWritesAsync(node);
        }

        Assert.Equal(AuditKind.NodeStarted, (await lab.RowsAsync())[0].Record.Kind);
        await lab.VerifiesAsync();
    }

    [Fact]
    public async Task Writes_nothing_twice_when_a_commit_came_through_that_seemed_to_fail()
    {
        using var lab = await LedgerLab.OpenAsync();
        using var store = new FaultyStore(lab.Store);
        await using (var node = new LedgerNode(store, lab.Key, lab.Options))
        {
            await node.StartAsync();
            await node.WriteAsync(1);
            store.Fault = WriteFault.After;
            node.Ledger.Post(LedgerNode.Record(2));
            await ListenerHost.EventuallyAsync(() => !node.Ledger.IsUp, "the failed commit");
            store.Fault = WriteFault.None;
            await EventuallyWritesAsync(node);
        }

        var rows = await lab.RowsAsync();
        Assert.Single(rows, row => row.Record.MessageId == "o2");
        Assert.Single(rows, row => row.Record.Kind == AuditKind.NodeStarted);
        await lab.VerifiesAsync();
    }

    [Fact]
    public async Task Keeps_a_bounded_number_of_records_however_long_the_store_is_down()
    {
        using var lab = await LedgerLab.OpenAsync();
        lab.Options = lab.Options with { Queue = 1024 };
        using var store = new FaultyStore(lab.Store) { Fault = WriteFault.Before };
        await using (var node = new LedgerNode(store, lab.Key, lab.Options))
        {
            await node.StartAsync();
            for (var i = 0; i < 5000; i++)
            {
                node.Ledger.Post(LedgerNode.Record(i));
            }

            await ListenerHost.EventuallyAsync(() => !node.Ledger.IsUp, "the store is down");
            store.Fault = WriteFault.None;
            await EventuallyWritesAsync(node);
        }

        var rows = await lab.RowsAsync();
        var lost = rows.Where(row => row.Record.Action == AuditReason.Lost).Sum(row => row.Record.Count);
        Assert.Equal(5000, lost + rows.Count(row => row.Record.Kind is AuditKind.OrderIntent or AuditKind.OrderRefused && row.Record.MessageId != "o999999"));
        await lab.VerifiesAsync();
    }

    [Fact]
    public async Task Writes_the_end_of_the_node_behind_everything_else()
    {
        using var lab = await LedgerLab.OpenAsync();
        await using (var node = lab.NewNode())
        {
            await node.StartAsync();
            await node.WriteAsync(1);
            for (var i = 0; i < 3000; i++)
            {
                node.Ledger.Post(LedgerNode.Record(i));
            }
        }

        var rows = await lab.RowsAsync();
        Assert.Equal((3003, AuditKind.NodeEnded), (rows.Count, rows[^1].Record.Kind));
    }

    [Fact]
    public async Task Refuses_dangerous_orders_while_the_disk_is_full_lets_others_go_and_goes_on_without_a_gap()
    {
        var acs = QueueingAcs.Start();
        await using var server = acs.Server;
        acs.Order(Soap.Reboot);
        acs.Order(id => Soap.GetParameterValues(id));
        await using var lab = await Lab.StartAsync(server);
        await using var device = await lab.DeviceAsync();
        await device.InformAsync();
        await lab.LedgerAsync(record => record.Kind == AuditKind.NodeStarted, 1);

        await FillDiskAsync(lab);
        var seen = await device.EmptyAsync();
        Assert.Equal(("GetParameterValues", "o2", "9001"), (seen.Method, seen.Id, acs.Faults["o1"]));

        await lab.Store.WriteAsync(commands => commands.ScalarAsync("PRAGMA max_page_count = 1073741823"), default);
        await lab.LedgerAsync(record => record.Kind == AuditKind.FailClosed, 1);
        acs.Order(Soap.Reboot);
        Assert.Equal("Reboot", (await device.PostAsync(Soap.GetParameterValuesResponse("o2"))).Method);
        var rows = (await new LedgerSearch(lab.Store).FindAsync(new LedgerQuery { Limit = 1000 }, default)).Select(row => row.Sequence).Order().ToList();
        Assert.Equal(Enumerable.Range(1, rows.Count).Select(number => (long)number), rows);
    }

    /// <summary>Makes SQLite's own error of a full disk: no page more, and those that there are filled with the smallest records.</summary>
    private static async Task FillDiskAsync(Lab lab)
    {
        await lab.Store.WriteAsync(commands => commands.ScalarAsync("PRAGMA max_page_count = 1"), default);
        var ledger = lab.Services.GetRequiredService<Ledger>();
        await Assert.ThrowsAsync<LedgerUnavailableException>(async () =>
        {
            while (true)
            {
                await ledger.WriteAsync(new AuditRecord { At = TimeProvider.System.GetUtcNow(), Kind = AuditKind.OperatorAction });
            }
        });
    }

    private static async Task EventuallyWritesAsync(LedgerNode node)
    {
        for (var i = 0; i < 100; i++)
        {
            try
            {
                await node.WriteAsync(999_999);
                return;
            }
            catch (LedgerUnavailableException)
            {
                await Task.Delay(50);
            }
        }

        Assert.Fail("The ledger cannot be written again.");
    }
}
