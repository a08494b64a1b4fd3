using System.Net;
using CwmpShield.Gateway.Storage;
using CwmpShield.Gateway.WebConsole.Pages;

namespace CwmpShield.Console.Tests;

/// <summary>A search costs the store no more than its share, however many devices there are.</summary>
public sealed class DeviceSearchTests
{
    private const int Devices = 150_000;

    [Fact]
    public async Task Ends_when_its_time_is_over_and_goes_on_from_there()
    {
        await using var lab = await ConsoleLab.StartAsync();
        await FillAsync(lab);
        using var search = new DeviceSearch(lab.Store, new HastyClock());
        var filter = new DeviceFilter { Text = "SN149999" };

        var first = await search.FindAsync(filter, 0, 50, default);
        Assert.Equal((0, false), (first.Rows.Count, first.IsWhole));

        var pages = 0;
        var page = first;
        for (; page is { Next: { } next, Rows.Count: 0 }; pages++)
        {
            page = await search.FindAsync(filter, next, 50, default);
        }

        Assert.Equal("SN149999", Assert.Single(page.Rows).Device.SerialNumber);
        Assert.InRange(pages, 1, 10);
    }

    [Fact]
    public async Task Shows_every_device_that_fits_once_page_by_page()
    {
        await using var lab = await ConsoleLab.StartAsync();
        await FillAsync(lab);
        using var search = new DeviceSearch(lab.Store, TimeProvider.System);
        var filter = new DeviceFilter { Text = "777" };
        var seen = new List<string>();
        long? after = 0;
        while (after is { } from)
        {
            var page = await search.FindAsync(filter, from, 50, default);
            seen.AddRange(page.Rows.Select(row => row.Device.SerialNumber));
            Assert.True(page.Rows.Count <= 50);
            after = page.Next;
        }

        Assert.Equal(Enumerable.Range(1, Devices).Select(i => $"SN{i}").Where(name => name.Contains("777", StringComparison.Ordinal)), seen);
        using var vera = await ConsoleClient.SignedInAsync(lab, ConsoleLab.Viewer);
        var answer = await vera.GetAsync("/devices?q=777");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("rel=\"next\"", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private static ValueTask<int> FillAsync(ConsoleLab lab) => lab.Store.WriteAsync(
        commands => commands.ExecuteAsync(
            $"""
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {Devices})
            INSERT INTO device (oui, product_class, serial_number, status, required_strength, model, software_version)
            SELECT '00D09E', 'HGW', 'SN' || i, 'active', 2, 'HGW 2000', '1' FROM n
            """),
        default);

    /// <summary>Each look at it is a minute later.</summary>
    private sealed class HastyClock : TimeProvider
    {
        private long now;

        public override long TimestampFrequency => 1;

        public override long GetTimestamp() => now += 60;
    }
}
