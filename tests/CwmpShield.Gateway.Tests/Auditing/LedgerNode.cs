using CwmpShield.Core.Audit;
using CwmpShield.Gateway.Auditing;
using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.Storage;
using CwmpShield.Gateway.Telemetry;
using Microsoft.Extensions.Logging.Abstractions;

namespace CwmpShield.Gateway.Tests.Auditing;

/// <summary>A node's ledger and its writer, as a gateway has them.</summary>
internal sealed class LedgerNode : IAsyncDisposable
{
    private readonly ShieldMetrics metrics = new();
    private readonly LedgerWriter writer;

    public LedgerNode(Store store, LedgerKey key, AuditOptions options, TimeProvider? clock = null)
    {
        var time = clock ?? TimeProvider.System;
        Ledger = new Ledger(options, time);
        var checkpoints = new LedgerCheckpoints(options, NullLogger<LedgerCheckpoints>.Instance);
        var records = new NodeRecords(new GatewayOptions { Audit = options }, time);
        var counters = new LedgerMetrics(metrics);
        var chain = new LedgerChain(store, key, checkpoints, records, counters, options, time, NullLogger<LedgerChain>.Instance);
        var operators = new OperatorChain(store, key, checkpoints, counters, options, time, NullLogger<OperatorChain>.Instance);
        writer = new LedgerWriter(Ledger, chain, operators, records, counters, options, time, NullLogger<LedgerWriter>.Instance);
    }

    public Ledger Ledger { get; }

    public Task StartAsync() => writer.StartAsync(default);

    /// <summary>Ends as a gateway that is stopped.</summary>
    public async Task StopAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(90));
        await writer.StopAsync(patience.Token);
    }

    /// <summary>Writes an intent of an order; its place.</summary>
    public ValueTask<long> WriteAsync(int number, DateTimeOffset? at = null) => Ledger.WriteAsync(Record(number, at));

    public static AuditRecord Record(int number, DateTimeOffset? at = null) => new()
    {
        At = at ?? TimeProvider.System.GetUtcNow(),
        Kind = number % 3 == 0 ? AuditKind.OrderRefused : AuditKind.OrderIntent,
        Session = $"s{number / 10}",
        Device = $"00D09E-HGW-{number}",
        Model = "00D09E-HGW",
        Source = "192.0.2.7",
        Strength = "unique-certificate",
        Message = "Download",
        MessageId = $"o{number}",
        Verdict = number % 3 == 0 ? "deny" : "forward",
        Rules = number % 3 == 0 ? ["rogue-firmware"] : [],
        Reasons = number % 3 == 0 ? ["rule"] : [],
        Parameters = [new AuditParameter("Device.ManagementServer.URL", "https://acs.example.net/", "00112233445566778899aabbccddeeff")],
        Actor = number % 7 == 0 ? "olga" : "",
    };

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        writer.Dispose();
        metrics.Dispose();
    }
}
