using CwmpShield.Core.Audit;
using CwmpShield.Core.Cwmp;
using CwmpShield.Gateway.Auditing;
using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.Storage;
using CwmpShield.Gateway.Tests.Storage;
using CwmpShield.Gateway.WebConsole.Actions;
using CwmpShield.Gateway.WebConsole.Evidence;
using CwmpShield.Gateway.WebConsole.Overview;

namespace CwmpShield.Gateway.Tests.WebConsole;

/// <summary>What the console asks of the store, on both engines.</summary>
public sealed class EvidenceQueriesTests
{
    private static readonly DateTimeOffset Day = new DateTimeOffset(TimeProvider.System.GetUtcNow().UtcDateTime.Date, TimeSpan.Zero).AddDays(-1);

    [Theory]
    [InlineData(StoreEngine.Sqlite)]
    [InlineData(StoreEngine.Postgresql)]
    public async Task Tells_who_was_attacked_by_what_and_what_stopped_it(StoreEngine engine)
    {
        using var lab = await RegistryLab.OpenAsync(engine);
        using var store = lab.OpenStore();
        await FillAsync(store);
        var evidence = new EvidenceStore(store);

        var day = await evidence.AttacksAsync(Day, Day.AddDays(1), default);
        Assert.Equal((false, 1, 4, 1, true), (day.HasMore, day.Devices, day.Refusals, day.Strangers, day.IsAll));
        var first = day.Attacks[0];
        Assert.Equal(("00D09E-HGW-1", "Download", "no-such-host", 3, 2), (first.Device, first.Message, first.Rule, first.Count, first.Sources));
        Assert.Equal((Day.AddHours(1), Day.AddHours(3)), (first.First, first.Last));
        Assert.Equal("http://evil.example/3", first.Example!.Record.Artefact);
        Assert.Equal("192.0.2.9", day.Attacks[1].Source);

        var counts = await evidence.CountAsync(new LedgerQuery { RefusedOnly = true, From = Day }, default);
        Assert.Equal((4, true), (counts.Counted, counts.IsAll));
        Assert.Equal(("no-such-host", 3), counts.Rules[0]);

        var chain = Assert.Single(await evidence.ChainsAsync(default));
        Assert.Equal((1, 5, null), (chain.First, chain.Last, chain.SignedTo));
        Assert.Null(await evidence.CheckpointAsync(first.Example, default));
        Assert.Equal(3, (await new RuleHits(store).ReadAsync("no-such-host", Day, 2, default)).Single(one => one.Name == "refused").Values[0]);
    }

    [Fact]
    public async Task Counts_devices_that_have_no_row_of_their_own_any_more()
    {
        using var lab = await RegistryLab.OpenAsync();
        await lab.Store.WriteAsync(
            async commands =>
            {
                for (var i = 0; i < 150; i++)
                {
                    await OperatorAudit.AppendAsync(commands, "node", new AuditRecord { At = Day.AddMinutes(i), Kind = AuditKind.OrderRefused, Device = $"00D09E-HGW-{i}", Verdict = "deny" });
                }

                // Nobody's attack: its image is being fetched.
                await OperatorAudit.AppendAsync(
                    commands, "node", new AuditRecord { At = Day, Kind = AuditKind.OrderRefused, Device = "00D09E-HGW-waits", Verdict = "deny", Reasons = ["artefact-not-ready"] });

                return 0;
            },
            default);

        var day = await new EvidenceStore(lab.Store).AttacksAsync(Day, Day.AddDays(1), default);
        Assert.Equal((100, true, 150, 150), (day.Attacks.Count, day.HasMore, day.Devices, day.Refusals));
        Assert.Equal(0, (await new EvidenceStore(lab.Store).AttacksAsync(Day.AddDays(-9), Day.AddDays(-8), default)).Refusals);
    }

    [Theory]
    [InlineData(StoreEngine.Sqlite)]
    [InlineData(StoreEngine.Postgresql)]
    public async Task Gathers_the_figures_of_the_overview(StoreEngine engine)
    {
        using var lab = await RegistryLab.OpenAsync(engine);
        using var store = lab.OpenStore();
        await FillAsync(store);
        using var figures = new LedgerFigures(store, TimeProvider.System);

        var picture = await figures.ReadAsync(168, default);
        Assert.Equal(4, picture.Hours.Sum(hour => hour.Count));
        Assert.Equal(("no-such-host", 3), Assert.Single(picture.Rules));
        Assert.Equal(("00D09E-HGW", 3), Assert.Single(picture.Models));
        Assert.Equal(["203.0.113.1", "192.0.2.9", "203.0.113.2"], picture.Sources.Select(one => one.Name));
        Assert.Equal("kept-last", picture.RulesChange!.Record.Action);
        Assert.Equal("node", Assert.Single(picture.Unsigned).Node);
        Assert.Equal(["rules-changed"], (await new LedgerSearch(store).FindAsync(new LedgerQuery { Kinds = [AuditKind.RulesChanged, AuditKind.Drift] }, default)).Select(row => AuditKindName.Of(row.Record.Kind)));
    }

    [Theory]
    [InlineData(StoreEngine.Sqlite)]
    [InlineData(StoreEngine.Postgresql)]
    public async Task Keeps_one_proposal_that_only_another_operator_takes_once(StoreEngine engine)
    {
        using var lab = await RegistryLab.OpenAsync(engine);
        using var store = lab.OpenStore();
        var now = TimeProvider.System.GetUtcNow();
        var held = new HeldOrderStore(store);
        await held.PassOrRecordAsync(new HeldSighting(new DeviceId("00D09E", "HGW", "1"), "d", "Reboot", [], [], now, MayPass: false), default);
        var number = (await held.ListAsync(0, 10, null, false, default))[0].Number;
        var proposals = new HeldProposals(store, TimeProvider.System);

        Assert.True(await proposals.ProposeAsync(number, new HeldProposal("olaf", "first", 1, now), default));
        Assert.True(await proposals.ProposeAsync(number, new HeldProposal("olaf", "again", 8, now), default));
        Assert.False(await proposals.ProposeAsync(number, new HeldProposal("otto", "mine", 1, now), default));
        var standing = (await proposals.FindAsync(number, default))!;
        Assert.Equal(("olaf", "again", 8), (standing.Actor, standing.Reason, standing.Hours));
        Assert.False(await proposals.TakeAsync(number, standing, "olaf", default));
        Assert.True(await proposals.TakeAsync(number, standing, "otto", default));
        Assert.False(await proposals.TakeAsync(number, standing, "otto", default));

        Assert.True(await proposals.ProposeAsync(number, new HeldProposal("olaf", "old", 1, now.AddDays(-2)), default));
        Assert.Null(await proposals.FindAsync(number, default));
        Assert.True(await proposals.ProposeAsync(number, new HeldProposal("otto", "new", 1, now), default));
    }

    private static async Task FillAsync(Store store)
    {
        var download = new AuditRecord
        {
            At = Day,
            Kind = AuditKind.OrderRefused,
            Device = "00D09E-HGW-1",
            Model = "00D09E-HGW",
            Message = "Download",
            Verdict = "deny",
            Reasons = ["denied-by-rule"],
            Rules = ["no-such-host"],
        };
        AuditRecord[] records =
        [
            .. Enumerable.Range(1, 3).Select(hour => download with { At = Day.AddHours(hour), Source = hour == 2 ? "203.0.113.2" : "203.0.113.1", Artefact = $"http://evil.example/{hour}" }),
            new() { At = Day.AddHours(4), Kind = AuditKind.AuthenticationFailed, Source = "192.0.2.9", Verdict = "deny", Reasons = ["name-failures-exceeded"] },
            new() { At = Day.AddHours(5), Kind = AuditKind.RulesChanged, Action = "kept-last", Detail = "rules.yaml:1:1" },
        ];
        foreach (var record in records)
        {
            await store.WriteAsync(async commands => await OperatorAudit.AppendAsync(commands, "node", record), default);
        }
    }
}
