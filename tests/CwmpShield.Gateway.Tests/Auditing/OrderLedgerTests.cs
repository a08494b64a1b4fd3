using CwmpShield.Core.Audit;
using CwmpShield.Gateway.Auditing;
using CwmpShield.Gateway.Tests.Doubles;

namespace CwmpShield.Gateway.Tests.Auditing;

/// <summary>What a session leaves in the ledger.</summary>
public sealed class OrderLedgerTests
{
    [Fact]
    public async Task Records_orders_and_their_outcomes_and_refusals()
    {
        var acs = QueueingAcs.Start();
        await using var server = acs.Server;
        acs.Order(id => Soap.RogueDownload(id));
        acs.Order(Soap.Reboot);
        acs.Order(id => Soap.GetParameterValues(id));
        await using var lab = await Lab.StartAsync(server);
        await using var device = await lab.DeviceAsync();
        await device.InformAsync();
        await device.EmptyAsync();
        await device.PostAsync(Soap.RebootResponse("o2"));
        Assert.Equal(204, (await device.PostAsync(Soap.GetParameterValuesResponse("o3"))).Status);

        var records = await lab.LedgerAsync(record => record.Session.Length > 0, 5);

        Assert.Equal(
            [
                (AuditKind.OrderRefused, "Download", "o1", "deny", ""),
                (AuditKind.OrderIntent, "Reboot", "o2", "forward", ""),
                (AuditKind.OrderOutcome, "Reboot", "o2", "", AuditReason.Answered),
                (AuditKind.OrderIntent, "GetParameterValues", "o3", "forward", ""),
                (AuditKind.OrderOutcome, "GetParameterValues", "o3", "", AuditReason.Answered),
            ],
            records.Select(one => (one.Kind, one.Message, one.MessageId, one.Verdict, one.Action)));
        Assert.All(records, one => Assert.Equal(("00D09E-HGW-1", "00D09E-HGW", "unique-certificate", "127.0.0.1"), (one.Device, one.Model, one.Strength, one.Source)));
        Assert.Equal(["test-rule"], records[0].Rules);
        Assert.Equal(records[1].Sequence, records[2].Intent);
        Assert.Equal("InternetGatewayDevice.DeviceInfo.", records[3].Parameters[0].Name);
        Assert.Single(records.Select(one => one.Session).Distinct(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Records_what_the_ACS_says_out_of_turn_and_what_is_no_answer_to_what_was_asked()
    {
        await using var server = new ScriptedAcs(_ => AcsAnswer.Soap(Soap.RogueDownload("early")));
        await using var lab = await Lab.StartAsync(server);
        await using var device = await lab.DeviceAsync();
        Assert.Equal(503, (await device.PostAsync(Soap.Inform("1"))).Status);
        server.Script = request => AcsAnswer.Soap(Soap.TransferCompleteResponse(request.Id));
        await device.ReconnectAsync();
        Assert.Equal(503, (await device.PostAsync(Soap.Inform("1"))).Status);

        var records = await lab.LedgerAsync(record => record.Session.Length > 0, 2);

        Assert.Equal(
            [(AuditKind.OrderRefused, "Download", "deny", "acs-order-out-of-turn"), (AuditKind.MessageRefused, "TransferCompleteResponse", "deny", "acs-answer-name-mismatch")],
            records.Select(one => (one.Kind, one.Message, one.Verdict, one.Reasons[0])));
        Assert.Equal(["test-rule"], records[0].Rules);
    }

    [Fact]
    public async Task Records_where_the_ACS_sends_a_device_and_where_it_may_not()
    {
        const string target = "https://acs2.example/cwmp";
        await using var server = new ScriptedAcs(_ => AcsAnswer.Status("302 Found", "", $"Location: {target}\r\n"));
        await using var lab = await Lab.StartAsync(server, options => options with { Acs = options.Acs with { AllowedRedirects = [target] } });
        await using var device = await lab.DeviceAsync();
        Assert.Equal(302, (await device.PostAsync(Soap.Inform("1"))).Status);
        server.Script = _ => AcsAnswer.Status("302 Found", "", "Location: https://anna:pw@evil.example/cwmp?token=1\r\n");
        await device.ReconnectAsync();
        Assert.Equal(503, (await device.PostAsync(Soap.Inform("1"))).Status);

        var records = await lab.LedgerAsync(record => record.Session.Length > 0, 2);

        Assert.Equal(
            [(AuditKind.OrderIntent, "redirect", target, "forward", ""), (AuditKind.OrderRefused, "redirect", "https://evil.example/cwmp", "deny", "acs-redirect-refused")],
            records.Select(one => (one.Kind, one.Message, one.Artefact, one.Verdict, string.Concat(one.Reasons))));

        server.Script = _ => AcsAnswer.Status("302 Found", "", $"Location: {target}\r\n");
        await device.ReconnectAsync();
        using (await lab.LockedStoreAsync())
        {
            Assert.Equal(503, (await device.PostAsync(Soap.Inform("1"))).Status);
        }
    }

    [Fact]
    public async Task Records_an_order_that_a_device_never_answers()
    {
        var acs = QueueingAcs.Start();
        await using var server = acs.Server;
        acs.Order(Soap.Reboot);
        await using var lab = await Lab.StartAsync(server);
        await using var device = await lab.DeviceAsync();
        await device.InformAsync();
        Assert.Equal("Reboot", (await device.EmptyAsync()).Method);

        await device.ReconnectAsync();
        await device.InformAsync();

        var records = await lab.LedgerAsync(record => record.Kind == AuditKind.OrderOutcome, 1);
        Assert.Equal(AuditReason.Unanswered, records[0].Action);
    }

    [Fact]
    public async Task Refuses_dangerous_orders_while_the_ledger_cannot_be_written_and_lets_the_session_go_on()
    {
        var acs = QueueingAcs.Start();
        await using var server = acs.Server;
        acs.Order(Soap.Reboot);
        acs.Order(id => Soap.GetParameterValues(id));
        await using var lab = await Lab.StartAsync(server);
        await using var device = await lab.DeviceAsync();
        await device.InformAsync();
        await lab.LedgerAsync(record => record.Kind == AuditKind.NodeStarted, 1);

        using (await lab.LockedStoreAsync())
        {
            var seen = await device.EmptyAsync();
            Assert.Equal(("GetParameterValues", "o2"), (seen.Method, seen.Id));
        }

        Assert.Equal("9001", acs.Faults["o1"]);
        await lab.CountsAsync("cwmpshield_refusals_total", AuditReason.Unavailable);
        Assert.Equal(204, (await device.PostAsync(Soap.GetParameterValuesResponse("o2"))).Status);
        var refused = await lab.LedgerAsync(record => record.Kind == AuditKind.OrderRefused, 1);
        Assert.Equal([AuditReason.Unavailable], refused[0].Reasons);
        var again = await lab.LedgerAsync(record => record.Kind == AuditKind.FailClosed, 1);
        Assert.Equal(AuditReason.Available, again[0].Action);
    }

    [Fact]
    public async Task Records_what_strangers_send_within_bounds()
    {
        var acs = QueueingAcs.Start();
        await using var server = acs.Server;
        await using var lab = await Lab.StartAsync(server, plain => plain with { Audit = plain.Audit with { StrangerRecordsPerMinute = 10 } });
        for (var i = 0; i < 5; i++)
        {
            await using var device = await lab.DeviceAsync("3");
            await device.PostAsync(Soap.Inform("nobody"));
        }

        var failed = await lab.LedgerAsync(record => record.Kind == AuditKind.AuthenticationFailed, 1);
        Assert.Equal("127.0.0.1", failed[0].Source);
        Assert.NotEmpty(failed[0].Reasons);
    }

    [Fact]
    public async Task Chains_what_it_writes_and_says_when_the_node_began_and_ended()
    {
        var acs = QueueingAcs.Start();
        await using var server = acs.Server;
        acs.Order(Soap.Reboot);
        await using var lab = await Lab.StartAsync(server);
        await using (var device = await lab.DeviceAsync())
        {
            await device.InformAsync();
            await device.EmptyAsync();
            await device.PostAsync(Soap.RebootResponse("o1"));
        }

        await lab.StopAsync();

        var found = await new LedgerSearch(lab.Store).FindAsync(new LedgerQuery { OldestFirst = true, Limit = 1000 }, default);
        var rows = found.OrderBy(row => row.Sequence).ToList();
        Assert.Equal(AuditKind.NodeStarted, rows[0].Record.Kind);
        Assert.Equal(AuditKind.NodeEnded, rows[^1].Record.Kind);
        var head = AuditChain.Origin.ToArray();
        foreach (var row in rows)
        {
            var hash = new byte[AuditChain.HashLength];
            AuditChain.Hash(head, row.Body, hash);
            Assert.Equal(hash, row.Hash);
            head = hash;
        }
    }
}
