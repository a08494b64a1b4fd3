using CwmpShield.Core.Audit;
using CwmpShield.Gateway.Inspection;
using CwmpShield.Gateway.Tests.Doubles;
using CwmpShield.Gateway.Tests.Listening;
using Microsoft.Extensions.DependencyInjection;

namespace CwmpShield.Gateway.Tests.EndToEnd;

/// <summary>An operator switches refusal by rules off: it is recorded, it ends by itself, and identity still holds.</summary>
public sealed class BreakGlassTests
{
    private const string NoDownloads = """
        cwmpshield: 1
        rules:
          - id: no-downloads
            title: Nothing is downloaded
            severity: high
            on: [Download]
            then: deny
        """;

    [Fact]
    public async Task Lets_rules_only_record_until_its_end_and_then_refuses_again()
    {
        var acs = QueueingAcs.Start();
        await using var server = acs.Server;
        acs.Order(id => Soap.RogueDownload(id));
        acs.Order(id => Soap.RogueDownload(id));
        await using var lab = await Lab.StartWithRulesAsync(server, NoDownloads);
        var glass = lab.Services.GetRequiredService<BreakGlass>();
        var now = TimeProvider.System.GetUtcNow();
        await BreakGlassOrder.PutAsync(lab.Store, new BreakGlassOrder(now, now.AddSeconds(4), "anna", "INC-881"), default);
        await ListenerHost.EventuallyAsync(() => glass.IsBroken, "the glass is broken");

        await using var device = await lab.DeviceAsync();
        await device.InformAsync();
        Assert.Equal("Download", (await device.EmptyAsync()).Method);
        await ListenerHost.EventuallyAsync(() => !glass.IsBroken, "the glass is whole again");
        Assert.Equal(204, (await device.PostAsync(Soap.Fault("o1", 9001))).Status);

        Assert.Equal("9001", acs.Faults["o2"]);
        var records = await lab.LedgerAsync(record => record.Kind is AuditKind.BreakGlass or AuditKind.OrderIntent or AuditKind.OrderRefused, 4);
        Assert.Equal(
            [("break-glass", "broken", "anna"), ("order-intent", "", ""), ("break-glass", "expired", "anna"), ("order-refused", "", "")],
            records.Select(one => (AuditKindName.Of(one.Kind), one.Action, one.Actor)).OrderBy(one => one.Item1 == "order-refused"));
        Assert.Equal("observe", records.Single(one => one.Kind == AuditKind.OrderIntent).Verdict);
        Assert.Null(await BreakGlassOrder.FindAsync(lab.Store, default));
    }

    [Theory]
    [InlineData(0, 9 * 60)]
    [InlineData(60, 120)]
    [InlineData(-60, -1)]
    public void Takes_no_order_that_is_too_long_or_begins_later_or_is_over(int from, int until)
    {
        var now = DateTimeOffset.UnixEpoch.AddYears(60);

        Assert.False(new BreakGlassOrder(now.AddMinutes(from), now.AddMinutes(until), "anna", "why").IsInForce(now));
    }

    [Fact]
    public async Task Is_not_broken_while_the_ledger_cannot_be_written()
    {
        var acs = QueueingAcs.Start();
        await using var server = acs.Server;
        await using var lab = await Lab.StartWithRulesAsync(server, NoDownloads);
        var glass = lab.Services.GetRequiredService<BreakGlass>();
        var now = TimeProvider.System.GetUtcNow();
        await BreakGlassOrder.PutAsync(lab.Store, new BreakGlassOrder(now, now.AddMinutes(5), "anna", "INC-881"), default);
        using (await lab.LockedStoreAsync())
        {
            await Task.Delay(TimeSpan.FromSeconds(1.5));
            Assert.False(glass.IsBroken);
        }

        await ListenerHost.EventuallyAsync(() => glass.IsBroken, "the glass is broken once it is recorded");
    }
}
