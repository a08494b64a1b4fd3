using System.Globalization;
using CwmpShield.Core.Audit;
using CwmpShield.Gateway.Auditing;
using CwmpShield.Gateway.Tests.Doubles;
using Microsoft.Extensions.DependencyInjection;

namespace CwmpShield.Gateway.Tests.Auditing;

/// <summary>What shares a commit in the ledger, and what does not wait for one.</summary>
public sealed class LedgerGroupTests
{
    [Fact]
    public async Task Commits_together_what_nobody_waits_for()
    {
        const int many = 40;
        await using var server = QueueingAcs.Start().Server;
        await using var lab = await Lab.StartAsync(server);
        var ledger = lab.Services.GetRequiredService<Ledger>();
        await ledger.WriteAsync(Record("first"));
        var before = Commits(lab);
        var start = TimeProvider.System.GetTimestamp();

        for (var i = 0; i < many; i++)
        {
            ledger.Post(Record("posted"));
            await Task.Delay(2);
        }

        var records = await lab.LedgerAsync(record => record.Session is "posted", many);
        Assert.Equal(many, records.Count);

        // One in each tenth of a second, however slow the machine is.
        var tenths = (int)(TimeProvider.System.GetElapsedTime(start).TotalSeconds * 10);
        Assert.InRange(Commits(lab) - before, 1, tenths + 2);
    }

    [Fact]
    public async Task Has_everything_durable_that_came_before_what_somebody_waits_for()
    {
        await using var server = QueueingAcs.Start().Server;
        await using var lab = await Lab.StartAsync(server);
        var ledger = lab.Services.GetRequiredService<Ledger>();

        for (var round = 0; round < 20; round++)
        {
            ledger.Post(Record("before"));
            var place = await ledger.WriteAsync(Record("awaited"));

            // Read by another connection, at once: nothing is waited for here.
            var rows = await new LedgerSearch(lab.Store).FindAsync(new LedgerQuery { Limit = 1000 }, default);
            Assert.Contains(rows, row => row.Record.Session is "awaited" && row.Record.Sequence == place);
            Assert.Equal(round + 1, rows.Count(row => row.Record.Session is "before"));
        }
    }

    [Fact]
    public async Task Writes_what_still_waits_when_the_gateway_stops()
    {
        await using var server = QueueingAcs.Start().Server;
        var lab = await Lab.StartAsync(server);
        await using (lab)
        {
            var ledger = lab.Services.GetRequiredService<Ledger>();
            await ledger.WriteAsync(Record("first"));
            ledger.Post(Record("last"));
            await lab.StopAsync();
            Assert.Single(await lab.LedgerAsync(record => record.Session is "last", 1));
        }
    }

    private static AuditRecord Record(string session) => new() { At = DateTimeOffset.UnixEpoch, Kind = AuditKind.OrderIntent, Session = session };

    private static int Commits(Lab lab) => lab.Metrics().Split('\n')
        .Where(line => line.StartsWith("cwmpshield_ledger_commit_seconds_count", StringComparison.Ordinal))
        .Select(line => int.Parse(line[(line.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture))
        .Single();
}
