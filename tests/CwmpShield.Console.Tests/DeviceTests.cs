using System.Net;
using CwmpShield.Core.Audit;
using CwmpShield.Core.Cwmp;
using CwmpShield.Core.Identity;
using CwmpShield.Gateway.Auditing;
using CwmpShield.Gateway.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace CwmpShield.Console.Tests;

[Collection(BrowserCollection.Name)]
public sealed class DeviceTests(Browser browser)
{
    private static readonly DeviceId Device = new("00D09E", "HGW", "1");

    [Fact]
    public async Task Quarantines_for_a_reason_and_writes_down_who_did_it()
    {
        await using var lab = await ConsoleLab.StartAsync();
        var key = await lab.AddDeviceAsync(Device);
        await using var visitor = await (await browser.VisitAsync(lab)).SignInAsync(ConsoleLab.Operator);
        await visitor.OpenAsync("/devices?q=hgw&status=active");
        await visitor.Page.GetByRole(AriaRole.Link, new() { Name = "00D09E-HGW-1" }).ClickAsync();
        await visitor.Page.GetByLabel("Reason").FillAsync("SEC-88 odd orders");
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Quarantine" }).ClickAsync();

        Assert.Contains("In quarantine now", await visitor.Page.GetByRole(AriaRole.Status).InnerTextAsync(), StringComparison.Ordinal);
        Assert.EndsWith($"/devices/{key}?done=device-quarantine", visitor.Page.Url, StringComparison.Ordinal);
        var now = (await lab.Services.GetRequiredService<IDeviceRegistry>().FindAsync(Device, default))!.Device;
        Assert.Equal((DeviceStatus.Quarantined, "SEC-88 odd orders"), (now.Status, now.StatusReason));
        var record = Assert.Single(await RecordsAsync(lab), one => one.Action == "device-quarantine");
        Assert.Equal((ConsoleLab.Operator, "00D09E-HGW-1", "SEC-88 odd orders", "127.0.0.1"), (record.Actor, record.Device, record.Detail, record.Source));
        Assert.Contains(await RecordsAsync(lab), one => one is { Action: "sign-in", Actor: ConsoleLab.Operator });
        Assert.Empty(visitor.Complaints);
    }

    [Fact]
    public async Task Asks_for_a_reason()
    {
        await using var lab = await ConsoleLab.StartAsync();
        var key = await lab.AddDeviceAsync(Device);
        using var olaf = await ConsoleClient.SignedInAsync(lab, ConsoleLab.Operator);
        var answer = await olaf.PostAsync($"/devices/{key}", await olaf.TokenAsync($"/devices/{key}"), ("act", "device-disable"), ("reason", "  "));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains("A reason is asked for", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(DeviceStatus.Active, (await lab.Services.GetRequiredService<IDeviceRegistry>().FindAsync(Device, default))!.Device.Status);
    }

    [Theory]
    [InlineData(ConsoleLab.Viewer)]
    [InlineData(ConsoleLab.Auditor)]
    public async Task Offers_no_action_to_others_and_refuses_theirs(string name)
    {
        await using var lab = await ConsoleLab.StartAsync();
        var key = await lab.AddDeviceAsync(Device);
        using var other = await ConsoleClient.SignedInAsync(lab, name);
        var page = await (await other.GetAsync($"/devices/{key}")).Content.ReadAsStringAsync();
        Assert.DoesNotContain("name=\"reason\"", page, StringComparison.Ordinal);

        var answer = await other.PostAsync($"/devices/{key}", await other.TokenAsync($"/devices/{key}"), ("act", "device-disable"), ("reason", "because"));
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Equal(DeviceStatus.Active, (await lab.Services.GetRequiredService<IDeviceRegistry>().FindAsync(Device, default))!.Device.Status);
        Assert.Contains(await RecordsAsync(lab), one => one.Action == "forbidden" && one.Actor == name);
    }

    [Fact]
    public async Task Lets_nobody_fill_the_ledger_with_what_is_refused()
    {
        await using var lab = await ConsoleLab.StartAsync();
        await lab.AddDeviceAsync(Device);
        using var vera = await ConsoleClient.SignedInAsync(lab, ConsoleLab.Viewer);
        for (var i = 0; i < 40; i++)
        {
            var status = (await vera.PostAsync("/devices/1", null, ("act", "device-disable"))).StatusCode;
            Assert.Equal(i < 20 ? HttpStatusCode.Forbidden : HttpStatusCode.TooManyRequests, status);
        }

        var refused = (await RecordsAsync(lab)).Where(one => one.Action == "forbidden").OrderBy(one => one.Sequence).ToList();
        Assert.Equal(20, refused.Count);
        Assert.Contains("not recorded", refused[^1].Detail, StringComparison.Ordinal);
        using var anna = await ConsoleClient.SignedInAsync(lab, ConsoleLab.Auditor);
        Assert.Equal(HttpStatusCode.Forbidden, (await anna.PostAsync("/devices/1", null, ("act", "device-disable"))).StatusCode);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("CfDJ8forged")]
    public async Task Refuses_a_form_without_its_own_token(string? token)
    {
        await using var lab = await ConsoleLab.StartAsync();
        var key = await lab.AddDeviceAsync(Device);
        using var olaf = await ConsoleClient.SignedInAsync(lab, ConsoleLab.Operator);
        var answer = await olaf.PostAsync($"/devices/{key}", token, ("act", "device-disable"), ("reason", "because"));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(DeviceStatus.Active, (await lab.Services.GetRequiredService<IDeviceRegistry>().FindAsync(Device, default))!.Device.Status);
    }

    [Fact]
    public async Task Refuses_a_token_of_another_session()
    {
        await using var lab = await ConsoleLab.StartAsync();
        var key = await lab.AddDeviceAsync(Device);
        using var olaf = await ConsoleClient.SignedInAsync(lab, ConsoleLab.Operator);
        using var vera = await ConsoleClient.SignedInAsync(lab, ConsoleLab.Viewer);
        var answer = await olaf.PostAsync($"/devices/{key}", await vera.TokenAsync("/"), ("act", "device-disable"), ("reason", "because"));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task Shows_what_devices_write_as_text_and_nothing_else()
    {
        const string script = "\"><script>alert(1)</script>";
        const string image = "'\"><img src=x onerror=alert(2)>";
        await using var lab = await ConsoleLab.StartAsync();
        var key = await lab.AddDeviceAsync(new DeviceId("00D09E", image, script), "javascript:alert(3)\u202Egnp");
        await using var visitor = await (await browser.VisitAsync(lab)).SignInAsync(ConsoleLab.Operator);
        foreach (var path in new[] { $"/devices/{key}", "/devices", "/devices?q=" + Uri.EscapeDataString(script), "/sign-in?to=" + Uri.EscapeDataString("/" + script) })
        {
            await visitor.OpenAsync(path);
            Assert.Equal(0, await visitor.Page.Locator("script:not([src^='/assets/'])").CountAsync());
            Assert.Equal(0, await visitor.Page.Locator("img[src=x], [onerror]").CountAsync());
        }

        await visitor.OpenAsync($"/devices/{key}");
        Assert.Contains(script, await visitor.Page.InnerTextAsync("main"), StringComparison.Ordinal);
        Assert.DoesNotContain("\u202E", await visitor.Page.ContentAsync(), StringComparison.Ordinal);
        Assert.Empty(visitor.Complaints);
    }

    [Fact]
    public async Task Leads_through_more_devices_than_one_page_holds_without_script()
    {
        await using var lab = await ConsoleLab.StartAsync();
        for (var i = 0; i < 53; i++)
        {
            await lab.AddDeviceAsync(Device with { SerialNumber = $"S{i:000}" });
        }

        await using var visitor = await (await browser.VisitAsync(lab, javaScript: false)).SignInAsync(ConsoleLab.Viewer);
        await visitor.OpenAsync("/devices");
        Assert.Equal(50, await visitor.Page.Locator("tbody tr").CountAsync());
        await visitor.Page.GetByRole(AriaRole.Link, new() { Name = "Next page" }).ClickAsync();
        Assert.Equal(3, await visitor.Page.Locator("tbody tr").CountAsync());
        await visitor.Page.GetByRole(AriaRole.Link, new() { Name = "First page" }).ClickAsync();
        Assert.Equal(50, await visitor.Page.Locator("tbody tr").CountAsync());
    }

    private static async Task<IReadOnlyList<AuditRecord>> RecordsAsync(ConsoleLab lab)
    {
        var found = await lab.Services.GetRequiredService<LedgerSearch>().FindAsync(new LedgerQuery { Kinds = [AuditKind.OperatorAction] }, default);
        return [.. found.Select(row => row.Record)];
    }
}
