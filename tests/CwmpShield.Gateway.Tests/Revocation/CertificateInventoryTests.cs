using System.Text.Json;
using CwmpShield.Cli;
using CwmpShield.Core.Cwmp;
using CwmpShield.Core.Identity.Revocation;
using CwmpShield.Gateway.Identity;
using CwmpShield.Gateway.Listening;
using CwmpShield.Gateway.Revocation;
using CwmpShield.Gateway.Storage;
using CwmpShield.Gateway.Telemetry;
using CwmpShield.Gateway.Tests.Listening;
using Microsoft.Extensions.Logging.Abstractions;

namespace CwmpShield.Gateway.Tests.Revocation;

/// <summary>What devices presented, in the store, the metrics and the command line.</summary>
public sealed class CertificateInventoryTests : IDisposable
{
    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();
    private readonly TlsLab lab = new();
    private readonly SqliteStore store;
    private readonly CertificateInventory inventory;

    public CertificateInventoryTests()
    {
        store = SqliteStore.Open(lab.Path("registry.db"));
        inventory = new CertificateInventory(store);
    }

    public void Dispose()
    {
        store.Dispose();
        lab.Dispose();
    }

    [Fact]
    public async Task Keeps_one_row_a_certificate_with_the_first_and_the_last_time()
    {
        var seen = Seen("001122-HGW-S1", 30);
        await inventory.RecordAsync([seen], default);
        await inventory.RecordAsync([seen with { At = Now.AddHours(2), Listener = "other" }], default);

        var row = Assert.Single((await inventory.ListAsync(DateTimeOffset.MaxValue, "", 10, default)));
        Assert.Equal("CN=001122-HGW-S1", row.Subject);
        Assert.Equal("other", row.Listener);
        Assert.Equal(TimeSpan.FromHours(2), row.LastSeen - row.FirstSeen);
        Assert.Null(row.Device);
    }

    [Fact]
    public async Task Lists_page_by_page_who_expires_first()
    {
        await inventory.RecordAsync([Seen("A", 50), Seen("B", 5), Seen("C", 20)], default);

        var first = await inventory.ListAsync(DateTimeOffset.MaxValue, "", 2, default);
        var second = await inventory.ListAsync(DateTimeOffset.MaxValue, first[^1].Fingerprint, 2, default);

        Assert.Equal(["CN=B", "CN=C"], first.Select(one => one.Subject));
        Assert.Equal(["CN=A"], second.Select(one => one.Subject));
        Assert.Equal(["CN=B"], (await inventory.ListAsync(Now.AddDays(7), "", 10, default)).Select(one => one.Subject));
    }

    [Fact]
    public async Task Counts_by_expiry_in_the_metrics()
    {
        var sightings = new CertificateSightings(TimeProvider.System);
        foreach (var one in new[] { Seen("A", 50), Seen("B", 5), Seen("C", 6), Seen("D", 900) })
        {
            sightings.Saw(one.Certificate, "tls");
        }

        using var metrics = new ShieldMetrics();
        using var text = new PrometheusText(metrics);
        using var writer = new CertificateInventoryWriter(sightings, store, metrics, TimeProvider.System, NullLogger<CertificateInventoryWriter>.Instance);
        await writer.PassAsync(default);

        var output = new System.Buffers.ArrayBufferWriter<byte>();
        text.Write(PrometheusFormat.Text, output);
        var scrape = System.Text.Encoding.UTF8.GetString(output.WrittenSpan);
        foreach (var (span, count) in new[] { ("expired", 0), ("7d", 2), ("30d", 0), ("90d", 1), ("365d", 0), ("later", 1) })
        {
            Assert.Contains($"cwmpshield_device_certificates{{expires=\"{span}\"}} {count}\n", scrape, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Passes_on_a_certificate_once_an_hour()
    {
        var sightings = new CertificateSightings(TimeProvider.System);
        var seen = Seen("A", 50).Certificate;
        sightings.Saw(seen, "tls");
        sightings.Saw(seen, "tls");
        Assert.Equal(1, sightings.Waiting.Count);
    }

    [Fact]
    public async Task Shows_the_inventory_with_the_device_that_the_key_is_bound_to()
    {
        var seen = Seen("001122-HGW-S1", 30);
        await inventory.RecordAsync([seen], default);
        var registry = await StoredDeviceRegistry.OpenAsync(store, MasterKey.Create());
        await registry.AddAsync(new DeviceDraft { Device = new DeviceId("001122", "HGW", "S1"), Key = new KeyToBind(seen.Certificate.Facts.SpkiSha256, Now, Now.AddDays(30)) }, default);

        var (exit, output) = await RunAsync("--json");
        Assert.Equal(ExitCode.Ok, exit);
        var shown = JsonDocument.Parse(output).RootElement;
        Assert.Equal("001122-HGW-S1", shown.GetProperty("device").GetString());
        Assert.Equal(seen.Certificate.Fingerprint, shown.GetProperty("fingerprint").GetString());
        Assert.Contains("001122-HGW-S1", (await RunAsync()).Output, StringComparison.Ordinal);
        Assert.DoesNotContain("001122-HGW-S1", (await RunAsync("--expires-within", "7")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refuses_a_store_that_is_not_there() =>
        Assert.Equal(ExitCode.Usage, await CertCommand.Create().Parse(["inventory", "--store", lab.Path("absent.db")]).InvokeAsync());

    private async Task<(int Exit, string Output)> RunAsync(params string[] arguments)
    {
        using var output = new StringWriter();
        var exit = await CertCommand.Create().Parse(["inventory", "--store", lab.Path("registry.db"), .. arguments]).InvokeAsync(new() { Output = output });
        return (exit, output.ToString());
    }

    private CertificateSighting Seen(string name, int days)
    {
        using var certificate = lab.Devices.Issue(new LabCertificateRequest { CommonName = name, ClientAuth = true, NotAfter = Now.AddDays(days) });
        Assert.Equal("", CertificatePath.Judge(certificate, [], ClientCaBundle.Load(lab.CaPath), new CertificatePolicy(), Now, out var read));
        return new CertificateSighting(read!, "tls", Now);
    }
}
