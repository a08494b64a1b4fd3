using CwmpShield.Core.Audit;
using CwmpShield.Gateway.Auditing;
using CwmpShield.Gateway.Auditing.Syslog;
using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.Tests.Storage;

namespace CwmpShield.Gateway.Tests.Auditing.Syslog;

/// <summary>Cursors of receivers, on both engines.</summary>
public sealed class SyslogCursorsTests
{
    private const string Chain = "gw-1/cli";

    [Theory]
    [InlineData(StoreEngine.Sqlite)]
    [InlineData(StoreEngine.Postgresql)]
    public async Task Serves_a_new_receiver_from_the_end_on_and_an_old_one_from_where_it_stood(StoreEngine engine)
    {
        using var lab = await RegistryLab.OpenAsync(engine);
        await AppendAsync(lab, 3);
        var spool = new SyslogSpool(lab.Store, Chain);

        var begun = await OpenAsync(lab);
        Assert.Equal(3, begun.Sequence);
        await AppendAsync(lab, 2);
        Assert.Equal([4L, 5L], (await spool.RecordsAsync(begun, default)).Select(row => row.Sequence));
        var (records, oldest) = await spool.BehindAsync(begun, default);
        Assert.Equal((2, true), (records, oldest is not null));

        await lab.Store.WriteAsync(commands => SyslogCursors.SaveAsync(commands, "siem", begun with { Sequence = 4 }), default);
        Assert.Equal(4, (await OpenAsync(lab)).Sequence);
        Assert.Equal(4, await LowestAsync(lab));
        Assert.Empty(await spool.CheckpointsAsync(begun, default));
    }

    [Fact]
    public async Task Keeps_nothing_for_a_receiver_that_is_configured_no_more()
    {
        using var lab = await RegistryLab.OpenAsync();
        await AppendAsync(lab, 1);
        await OpenAsync(lab);

        await ForgetAsync(lab, "siem");
        Assert.Equal(1, await LowestAsync(lab));
        await ForgetAsync(lab, "another");
        Assert.Null(await LowestAsync(lab));
    }

    private static ValueTask<SyslogCursor> OpenAsync(RegistryLab lab) => lab.Store.WriteAsync(commands => SyslogCursors.OpenAsync(commands, "siem", Chain), default);

    private static ValueTask<long?> LowestAsync(RegistryLab lab) => lab.Store.ReadAsync(commands => SyslogCursors.LowestAsync(commands, Chain), default);

    private static async Task ForgetAsync(RegistryLab lab, params string[] kept) => await lab.Store.WriteAsync(
        async commands =>
        {
            await SyslogCursors.ForgetOthersAsync(commands, Chain, kept);
            return 0;
        },
        default);

    private static async Task AppendAsync(RegistryLab lab, int count)
    {
        for (var i = 0; i < count; i++)
        {
            await lab.Store.WriteAsync(
                commands => OperatorAudit.AppendAsync(commands, Chain, new AuditRecord { At = TimeProvider.System.GetUtcNow(), Kind = AuditKind.OperatorAction, Actor = "anna" }), default);
        }
    }
}
