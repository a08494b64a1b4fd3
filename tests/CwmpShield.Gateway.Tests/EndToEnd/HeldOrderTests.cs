using CwmpShield.Core.Cwmp;
using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.Storage;
using CwmpShield.Gateway.Tests.Doubles;
using Microsoft.Extensions.DependencyInjection;

namespace CwmpShield.Gateway.Tests.EndToEnd;

/// <summary>Orders that a rule holds: refused, written down, and let through once where an operator releases them.</summary>
public sealed class HeldOrderTests
{
    private const string Rules = """
        cwmpshield: 1
        rules:
          - id: download-held
            title: Every download waits for an operator
            severity: high
            on: [Download]
            then: hold
          - id: download-evil
            title: Nothing from there
            severity: critical
            on: [Download]
            where: { url: { host: [bad.example] } }
            then: deny
        """;

    private static readonly DateTimeOffset Tomorrow = TimeProvider.System.GetUtcNow().AddDays(1);

    [Fact]
    public async Task Holds_an_order_and_writes_down_what_it_is_without_values()
    {
        await using var bench = await Bench.StartAsync();

        await bench.OrderAsync("1", Soap.RogueDownload("k1").Replace("http://evil.example/fw.bin", "http://user:secret@evil.example/fw.bin?token=secret", StringComparison.Ordinal));
        await bench.OrderAsync("1", Soap.RogueDownload("k2").Replace("http://evil.example/fw.bin", "http://user:secret@evil.example/fw.bin?token=secret", StringComparison.Ordinal));

        Assert.Equal("Inform - 9001 Inform - 9001", bench.Server.Words);
        var held = Assert.Single((await bench.Held.ListAsync(0, 10, null, includesDecided: true, default)));
        Assert.Equal(("Download", HeldStatus.Held, 2), (held.Rpc, held.Status, held.Times));
        Assert.Equal(new DeviceId(Lab.Oui, Lab.ProductClass, "1"), held.Device);
        Assert.Equal(["download-held"], held.Rules);
        Assert.Equal(["1 Firmware Upgrade Image http://evil.example/fw.bin"], held.Subjects);
    }

    [Fact]
    public async Task Lets_a_released_order_pass_once_to_its_device_and_to_no_other()
    {
        await using var bench = await Bench.StartAsync();
        await bench.OrderAsync("1", Soap.RogueDownload("k1"));
        await bench.ReleaseAsync(Tomorrow);

        Assert.Equal("", await bench.OrderAsync("2", Soap.RogueDownload("k2")));
        Assert.Equal("", await bench.OrderAsync("1", Soap.RogueDownload("k3", "other.example")));
        Assert.Equal("Download", await bench.OrderAsync("1", Soap.RogueDownload("k4")));
        Assert.Equal("", await bench.OrderAsync("1", Soap.RogueDownload("k5")));

        Assert.Equal(HeldStatus.Held, (await bench.Held.FindAsync(1, default))!.Status);
    }

    [Fact]
    public async Task Holds_an_order_whose_release_has_ended_or_was_taken_back()
    {
        await using var bench = await Bench.StartAsync();
        await bench.OrderAsync("1", Soap.RogueDownload("k1"));
        await bench.ReleaseAsync(TimeProvider.System.GetUtcNow().AddSeconds(-1));
        Assert.Equal("", await bench.OrderAsync("1", Soap.RogueDownload("k2")));
        Assert.Equal(HeldStatus.Held, (await bench.Held.FindAsync(1, default))!.Status);

        await bench.ReleaseAsync(Tomorrow);
        Assert.True(await bench.Held.RejectAsync(1, "SEC-1", default));
        Assert.Equal("", await bench.OrderAsync("1", Soap.RogueDownload("k3")));

        Assert.Equal((HeldStatus.Rejected, "SEC-1", 3), ((await bench.Held.FindAsync(1, default))!.Status, (await bench.Held.FindAsync(1, default))!.Ticket, (await bench.Held.FindAsync(1, default))!.Times));
        Assert.Empty((await bench.Held.ListAsync(0, 10, null, includesDecided: false, default)));
    }

    [Fact]
    public async Task Refuses_a_released_order_that_another_rule_denies_and_keeps_the_release()
    {
        await using var bench = await Bench.StartAsync(Rules.Replace("bad.example", "evil.example", StringComparison.Ordinal));
        Assert.Equal("", await bench.OrderAsync("1", Soap.RogueDownload("k1")));
        Assert.Empty((await bench.Held.ListAsync(0, 10, null, includesDecided: true, default)));

        var denied = bench.Held;
        var digest = new HeldSighting(new DeviceId(Lab.Oui, Lab.ProductClass, "1"), Bench.DigestOf(Soap.RogueDownload("k1")), "Download", [], [], Tomorrow, MayPass: false);
        await denied.PassOrRecordAsync(digest, default);
        await bench.ReleaseAsync(Tomorrow);

        Assert.Equal("", await bench.OrderAsync("1", Soap.RogueDownload("k2")));
        Assert.Equal(HeldStatus.Released, (await denied.FindAsync(1, default))!.Status);
    }

    [Fact]
    public async Task Keeps_a_release_for_the_device_when_the_order_comes_after_it_was_let_go()
    {
        await using var bench = await Bench.StartAsync(options: o => o with { Refusal = o.Refusal with { MaxRounds = 1 } });
        await bench.OrderAsync("1", Soap.RogueDownload("k1"));
        await bench.ReleaseAsync(Tomorrow);

        bench.Acs.Order(id => Soap.RogueDownload(id, "bad.example"));
        Assert.Equal("", await bench.OrderAsync("1", Soap.RogueDownload("k2")));
        Assert.Equal(HeldStatus.Released, (await bench.Held.FindAsync(1, default))!.Status);

        Assert.Equal("Download", await bench.OrderAsync("1", Soap.RogueDownload("k3")));
    }

    [Fact]
    public async Task Refuses_a_released_order_when_the_store_fails()
    {
        await using var bench = await Bench.StartAsync();
        await bench.OrderAsync("1", Soap.RogueDownload("k1"));
        await bench.ReleaseAsync(Tomorrow);
        await bench.Lab.Store.WriteAsync(commands => commands.ExecuteAsync("ALTER TABLE held_order RENAME TO away"), default);

        Assert.Equal("", await bench.OrderAsync("1", Soap.RogueDownload("k2")));

        Assert.Equal("Inform - 9001 Inform - 9001", bench.Server.Words);
        await bench.Lab.CountsAsync("cwmpshield_refusals_total", "held-unrecorded");
    }

    private sealed class Bench : IAsyncDisposable
    {
        private Bench(QueueingAcs acs, Lab lab) => (Acs, Lab) = (acs, lab);

        public QueueingAcs Acs { get; }

        public ScriptedAcs Server => Acs.Server;

        public Lab Lab { get; }

        public HeldOrderStore Held => Lab.Services.GetRequiredService<HeldOrderStore>();

        public static async Task<Bench> StartAsync(string rules = Rules, Func<GatewayOptions, GatewayOptions>? options = null)
        {
            var acs = QueueingAcs.Start();
            return new Bench(acs, await Lab.StartWithRulesAsync(acs.Server, rules, options));
        }

        /// <summary>One session in which the ACS gives this order under its own id; the method that reaches the device, empty for none.</summary>
        public async Task<string> OrderAsync(string serial, string order)
        {
            Acs.Order(id => order.Replace($">{Soap.IdOf(order)}</cwmp:ID>", $">{id}</cwmp:ID>", StringComparison.Ordinal));
            await using var device = await Lab.DeviceAsync(serial);
            await device.InformAsync();
            var seen = await device.EmptyAsync();
            if (seen.Method.Length > 0)
            {
                await device.PostAsync(Soap.Fault(seen.Id, 9010));
            }

            await Lab.QuietAsync();
            return seen.Method;
        }

        public async Task ReleaseAsync(DateTimeOffset until) => Assert.True(await Held.ReleaseAsync(1, until, "CHG-1", default));

        public static string DigestOf(string order)
        {
            Assert.True(Core.Wire.SoapReader.TryRead(System.Text.Encoding.UTF8.GetBytes(order), "text/xml", Core.Wire.SoapLimits.FromAcs, out var envelope, out _));
            Assert.True(CwmpMessageReader.TryRead(envelope!, Direction.AcsToCpe, out var message, out _));
            return Core.Decisions.OrderFingerprint.Of(message!);
        }

        public async ValueTask DisposeAsync()
        {
            await Lab.DisposeAsync();
            await Server.DisposeAsync();
        }
    }
}
