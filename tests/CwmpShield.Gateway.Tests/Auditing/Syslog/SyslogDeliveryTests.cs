using System.Net;
using System.Net.Sockets;
using System.Text;
using CwmpShield.Core.Audit;
using CwmpShield.Gateway.Auditing;
using CwmpShield.Gateway.Auditing.Syslog;
using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.Tests.Doubles;
using CwmpShield.Gateway.Tests.Listening;

namespace CwmpShield.Gateway.Tests.Auditing.Syslog;

/// <summary>Delivery of the ledger to a real rsyslog.</summary>
public sealed class SyslogDeliveryTests : IDisposable
{
    private const string Hostile = "\r\n<13>1 - evil - - - forged\n\u001b[31m\u2028 \"]\\ [x@1 sequence=\"99\"]\0";

    private readonly TlsLab tls = new();
    private readonly RsyslogServer rsyslog;
    private readonly string serverCa;

    public SyslogDeliveryTests()
    {
        rsyslog = new RsyslogServer(tls.Server);
        serverCa = tls.Path("servers.pem");
        File.WriteAllText(serverCa, tls.Servers.Certificate.ExportCertificatePem() + "\n");
    }

    public void Dispose()
    {
        rsyslog.Dispose();
        tls.Dispose();
    }

    [Theory]
    [InlineData(SyslogTransport.Udp)]
    [InlineData(SyslogTransport.Tcp)]
    [InlineData(SyslogTransport.Tls)]
    public async Task Delivers_every_record_as_one_line_whose_chain_can_be_computed(SyslogTransport transport)
    {
        await rsyslog.StartAsync();
        var acs = QueueingAcs.Start();
        await using var server = acs.Server;
        await using (var lab = await SyslogLab.StartAsync(server, rsyslog.Receiver(transport, serverCa)))
        {
            await lab.WriteAsync(20, Hostile);
            await rsyslog.LinesAsync(lines => lines.Count(line => line.Kind == "message-refused") >= 20, "the records");
            await lab.StopAsync();
        }

        var lines = await rsyslog.LinesAsync(lines => lines.Any(line => line.Kind == "node-ended"), "the node's end");
        var records = lines.Where(line => line.Kind != "checkpoint").ToList();
        Assert.Equal(Enumerable.Range(1, records.Count).Select(one => (long)one), records.Select(line => line.Sequence));
        Assert.Equal("node-started", records[0].Kind);
        var head = AuditChain.Origin.ToArray();
        foreach (var record in records)
        {
            var hash = new byte[AuditChain.HashLength];
            AuditChain.Hash(head, Encoding.ASCII.GetBytes(record.Message), hash);
            Assert.Equal(record.Hash, Convert.ToHexStringLower(hash));
            head = hash;
        }

        var checkpoint = LedgerCheckpoints.Read((await File.ReadAllLinesAsync(rsyslog.Checkpoints))[0]);
        Assert.Equal((SyslogLab.Node, records[(int)checkpoint!.Sequence - 1].Hash), (checkpoint.Node, checkpoint.Head));
    }

    [Fact]
    public async Task Loses_nothing_while_the_receiver_is_away_and_names_what_comes_twice()
    {
        var acs = QueueingAcs.Start();
        await using var server = acs.Server;
        await using var lab = await SyslogLab.StartAsync(server, rsyslog.Receiver(SyslogTransport.Tcp, ""));
        await lab.WriteAsync(300, "before");
        await lab.CountsAsync("cwmpshield_syslog_errors_total", "unreachable");
        await rsyslog.StartAsync();
        await rsyslog.LinesAsync(lines => lines.Count(line => line.Kind == "message-refused") >= 300, "what was written before");
        rsyslog.Kill();
        await lab.WriteAsync(100, "between");
        await rsyslog.StartAsync();

        var lines = await rsyslog.LinesAsync(lines => lines.Where(line => line.Kind == "message-refused").DistinctBy(line => line.Sequence).Count() >= 400, "everything");
        var byPlace = lines.Where(line => line.Kind != "checkpoint").GroupBy(line => line.Sequence).OrderBy(group => group.Key).ToList();
        Assert.Equal(Enumerable.Range(1, byPlace.Count).Select(one => (long)one), byPlace.Select(group => group.Key));
        Assert.Contains(byPlace, group => group.Count() > 1);
        Assert.All(byPlace, group => Assert.Single(group.Select(line => line.Raw).Distinct(StringComparer.Ordinal)));
    }

    [Fact]
    public async Task Says_once_that_a_receiver_is_away_and_once_that_it_is_back()
    {
        using var log = new LogLines();
        var acs = QueueingAcs.Start();
        await using var server = acs.Server;
        await using var lab = await SyslogLab.StartAsync(server, rsyslog.Receiver(SyslogTransport.Tcp, ""), log: log);
        await lab.CountsAsync("cwmpshield_syslog_errors_total", "unreachable");
        await ListenerHost.EventuallyAsync(() => Value(lab, "cwmpshield_syslog_errors_total") >= 5, "some attempts");
        await rsyslog.StartAsync();
        await ListenerHost.EventuallyAsync(() => log.All.Contains("The syslog receiver siem is served"), "the word that it is back");

        Assert.Single(log.All, line => line.StartsWith("The syslog receiver siem is not served (unreachable)", StringComparison.Ordinal));
        Assert.Single(log.All, line => line == "The syslog receiver siem is served");
    }

    [Fact]
    public async Task Goes_on_behind_what_was_confirmed_by_the_receivers_own_end()
    {
        await rsyslog.StartAsync();
        var acs = QueueingAcs.Start();
        await using var server = acs.Server;
        await using var lab = await SyslogLab.StartAsync(server, rsyslog.Receiver(SyslogTransport.Tls, serverCa));
        await lab.WriteAsync(10, "once");
        await rsyslog.LinesAsync(lines => lines.Count(line => line.Kind == "message-refused") >= 10, "the records");
        await lab.StopAsync();

        var last = (await rsyslog.LinesAsync(lines => lines.Any(line => line.Kind == "node-ended"), "the end")).Single(line => line.Kind == "node-ended");
        Assert.Equal(last.Sequence, await lab.Store.ReadAsync(commands => SyslogCursors.LowestAsync(commands, SyslogLab.Node), default));
        Assert.Null(await lab.Store.ReadAsync(commands => SyslogCursors.LowestAsync(commands, "another"), default));
    }

    [Fact]
    public async Task Slows_no_order_for_a_receiver_that_never_reads()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0) { ExclusiveAddressUse = true };
        listener.Server.ReceiveBufferSize = 4096;
        listener.Start();
        var accepted = listener.AcceptSocketAsync();
        var acs = QueueingAcs.Start();
        await using var server = acs.Server;
        var receiver = new SyslogOptions { Name = "deaf", Transport = SyslogTransport.Tcp, Host = "127.0.0.1", Port = ((IPEndPoint)listener.LocalEndpoint).Port };
        await using var lab = await SyslogLab.StartAsync(server, receiver, times => times with { Patience = TimeSpan.FromMilliseconds(500) });
        using var deaf = await accepted;
        await lab.WriteAsync(3000, new string('x', 500));

        acs.Order(Soap.Reboot);
        await using var device = await lab.DeviceAsync();
        await device.InformAsync();
        Assert.Equal("Reboot", (await device.EmptyAsync()).Method);

        await lab.CountsAsync("cwmpshield_syslog_errors_total", "stalled");
        await ListenerHost.EventuallyAsync(() => Value(lab, "cwmpshield_syslog_behind_records") > 1000, "how far it is behind");
    }

    [Fact]
    public async Task Tells_nothing_to_a_receiver_whose_certificate_is_of_another_authority()
    {
        await rsyslog.StartAsync();
        await RefusesAsync(rsyslog.Receiver(SyslogTransport.Tls, tls.CaPath));
    }

    [Fact]
    public async Task Tells_nothing_to_a_receiver_of_another_name()
    {
        using var other = tls.Servers.IssueServer("elsewhere.example");
        using var impostor = new RsyslogServer(tls.WritePem(other, "elsewhere"));
        await impostor.StartAsync();
        await RefusesAsync(impostor.Receiver(SyslogTransport.Tls, serverCa));
        Assert.Empty(impostor.Lines());
    }

    [Fact]
    public async Task Shows_its_certificate_where_the_receiver_asks_for_one()
    {
        using var own = tls.Devices.IssueClient("gw-1");
        using var asking = new RsyslogServer(tls.Server, tls.CaPath);
        await asking.StartAsync();
        var acs = QueueingAcs.Start();
        await using var server = acs.Server;
        await using var lab = await SyslogLab.StartAsync(server, asking.Receiver(SyslogTransport.Tls, serverCa) with { ClientCertificate = tls.WritePem(own, "own") });

        await asking.LinesAsync(lines => lines.Any(line => line.Kind == "node-started"), "the node's start");
    }

    [Fact]
    public async Task Sends_only_the_kinds_that_are_asked_for_and_cef_in_one_line()
    {
        await rsyslog.StartAsync();
        var acs = QueueingAcs.Start();
        await using var server = acs.Server;
        await using var lab = await SyslogLab.StartAsync(
            server, rsyslog.Receiver(SyslogTransport.Tcp, "") with { Kinds = ["message-refused"], Format = SyslogFormat.Cef });
        await lab.WriteAsync(1, Hostile);

        var lines = await rsyslog.LinesAsync(lines => lines.Any(line => line.Kind == "message-refused"), "the record");
        Assert.All(lines, line => Assert.True(line.Kind is "message-refused" or "checkpoint", line.Kind));
        Assert.Contains(" msg=\\r\\n<13>1 - evil", lines.First(line => line.Kind == "message-refused").Message, StringComparison.Ordinal);
    }

    private async Task RefusesAsync(SyslogOptions receiver)
    {
        var acs = QueueingAcs.Start();
        await using var server = acs.Server;
        await using var lab = await SyslogLab.StartAsync(server, receiver);

        await lab.CountsAsync("cwmpshield_syslog_errors_total", "tls");
        Assert.Equal(0, Value(lab, "cwmpshield_syslog_up"));
        Assert.Empty(rsyslog.Lines());
    }

    private static double Value(Lab lab, string metric) => lab.Metrics().Split('\n')
        .Where(line => line.StartsWith(metric + "{", StringComparison.Ordinal))
        .Select(line => double.Parse(line[(line.LastIndexOf(' ') + 1)..], System.Globalization.CultureInfo.InvariantCulture))
        .Single();
}
