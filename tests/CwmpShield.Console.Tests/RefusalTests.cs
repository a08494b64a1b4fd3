using CwmpShield.Core.Audit;
using CwmpShield.Gateway.Auditing;
using CwmpShield.Gateway.WebConsole.Evidence;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace CwmpShield.Console.Tests;

[Collection(BrowserCollection.Name)]
public sealed class RefusalTests(Browser browser)
{
    [Fact]
    public async Task The_console_alone_tells_which_devices_were_attacked_yesterday_by_what_and_what_stopped_it()
    {
        await using var lab = await EvidenceLab.StartAsync();
        await EvidenceLab.AttackAsync(lab);
        await using var vera = await (await browser.VisitAsync(lab, javaScript: false)).SignInAsync(ConsoleLab.Viewer);
        await vera.Page.GetByRole(AriaRole.Link, new() { Name = "Attacks by day" }).ClickAsync();

        var downloads = vera.Page.GetByRole(AriaRole.Row).Filter(new() { HasText = "Download" });
        var said = await downloads.InnerTextAsync();
        foreach (var answer in new[] { EvidenceLab.Device.ToString(), "mirai.bin", "203.0.113.7", "refused", EvidenceLab.Rule, "Files come from listed hosts only", "2", "03:14:00", "03:15:00" })
        {
            Assert.Contains(answer, said, StringComparison.Ordinal);
        }

        Assert.Contains("held", await vera.Page.GetByRole(AriaRole.Row).Filter(new() { HasText = "dns-redirect" }).InnerTextAsync(), StringComparison.Ordinal);
        Assert.Contains("This address was wrong with this name too often", await vera.Page.GetByRole(AriaRole.Row).Filter(new() { HasText = "192.0.2.99" }).InnerTextAsync(), StringComparison.Ordinal);
        Assert.Equal(3, await vera.Page.Locator("tbody tr").CountAsync());

        await downloads.GetByRole(AriaRole.Link, new() { Name = "2 records" }).ClickAsync();
        Assert.Equal(2, await vera.Page.Locator("tbody tr").CountAsync());
    }

    [Fact]
    public async Task Finds_refusals_by_what_is_known_and_leads_through_their_pages_without_script()
    {
        await using var lab = await EvidenceLab.StartAsync();
        for (var i = 0; i < 53; i++)
        {
            await EvidenceLab.WriteAsync(lab, EvidenceLab.Download(EvidenceLab.Yesterday(10, i)) with { Source = i == 7 ? "203.0.113.77" : "203.0.113.7" });
        }

        await using var vera = await (await browser.VisitAsync(lab, javaScript: false)).SignInAsync(ConsoleLab.Viewer);
        await vera.OpenAsync("/refusals");
        var rows = vera.Page.Locator("tbody tr");
        Assert.Equal(50, await rows.CountAsync());
        Assert.Contains("53 records fit", await vera.Page.InnerTextAsync("main"), StringComparison.Ordinal);
        await vera.Page.GetByRole(AriaRole.Link, new() { Name = "Next page" }).ClickAsync();
        Assert.Equal(3, await rows.CountAsync());
        await vera.Page.GetByRole(AriaRole.Link, new() { Name = "Today" }).ClickAsync();
        Assert.Equal(0, await rows.CountAsync());
        await vera.Page.GetByRole(AriaRole.Link, new() { Name = "Yesterday", Exact = true }).ClickAsync();
        await vera.Page.GetByText("More fields").ClickAsync();
        await vera.Page.GetByLabel("Source address").FillAsync("203.0.113.77");
        await vera.Page.GetByRole(AriaRole.Button, new() { Name = "Show" }).ClickAsync();
        Assert.Equal(1, await rows.CountAsync());
        Assert.Contains("10:07:00", await rows.InnerTextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Explains_one_decision_with_its_message_rule_session_and_proof()
    {
        await using var lab = await EvidenceLab.StartAsync();
        await EvidenceLab.AttackAsync(lab);
        await using var vera = await (await browser.VisitAsync(lab, javaScript: false)).SignInAsync(ConsoleLab.Viewer);
        await vera.OpenAsync("/refusals?rule=dns-redirect");
        await vera.Page.Locator("tbody tr a").First.ClickAsync();
        var page = await vera.Page.InnerTextAsync("main");
        foreach (var said in new[]
                 {
                     "Order held: SetParameterValues", "unique-certificate", "203.0.113.7", "198.51.100.66", "value not shown", "keyed hash " + new string('c', 32),
                     "A rule holds the order until an operator releases it.", "DNS servers stay the operator's", "**.DNSServers", "The rules have changed since",
                     "fits the record and the one before it", "cwmpshield audit verify",
                 })
        {
            Assert.Contains(said, page, StringComparison.Ordinal);
        }

        Assert.Equal(3, await vera.Page.Locator(".timeline li").CountAsync());
        Assert.Equal(1, await vera.Page.Locator(".timeline .here").CountAsync());
    }

    [Fact]
    public async Task Says_that_a_record_was_changed()
    {
        await using var lab = await EvidenceLab.StartAsync();
        await EvidenceLab.AttackAsync(lab);
        var row = (await lab.Services.GetRequiredService<LedgerSearch>().FindAsync(new LedgerQuery { Rule = EvidenceLab.Rule }, default))[0];
        await lab.Store.WriteAsync(
            commands => commands.ExecuteAsync("UPDATE ledger SET body = @body WHERE seq = @seq AND chain = @chain", ("@body", row.Body[..^1].Append((byte)' ').Append((byte)'}').ToArray()), ("@seq", row.Sequence), ("@chain", row.Chain)),
            default);
        await using var vera = await (await browser.VisitAsync(lab)).SignInAsync(ConsoleLab.Viewer);
        await vera.OpenAsync($"/records/{row.Chain}/{row.Sequence}");
        Assert.Contains("does not fit: the record was changed", await vera.Page.InnerTextAsync("main"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Shows_what_attackers_write_as_text_and_nothing_else()
    {
        await using var lab = await EvidenceLab.StartAsync();
        await EvidenceLab.AttackAsync(lab);
        var hostile = (await lab.Services.GetRequiredService<LedgerSearch>().FindAsync(new LedgerQuery { RefusedOnly = true, Limit = 1 }, default))[0];
        await using var olaf = await (await browser.VisitAsync(lab)).SignInAsync(ConsoleLab.Operator);
        var text = Uri.EscapeDataString("\"><script>alert(2)</script>");
        foreach (var path in new[] { "/attacks", "/attacks?day=" + EvidenceLab.Yesterday(24).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture), "/refusals", $"/records/{hostile.Chain}/{hostile.Sequence}", $"/refusals?rule={text}&device={text}&source={text}", "/" })
        {
            await olaf.OpenAsync(path);
            Assert.Equal(0, await olaf.Page.Locator("script:not([src^='/assets/']), img[src=x], [onerror]").CountAsync());
            Assert.DoesNotContain("\u202E", await olaf.Page.ContentAsync(), StringComparison.Ordinal);
        }

        Assert.Empty(olaf.Complaints);
    }

    [Fact]
    public async Task Keeps_what_operators_did_from_viewers()
    {
        await using var lab = await EvidenceLab.StartAsync();
        var sequence = await EvidenceLab.WriteAsync(lab, new AuditRecord { At = EvidenceLab.Yesterday(1), Kind = AuditKind.OperatorAction, Actor = "olaf", Action = "held-release", Session = "s-1" });
        var refusal = await EvidenceLab.WriteAsync(lab, EvidenceLab.Download(EvidenceLab.Yesterday(2)));
        using var vera = await ConsoleClient.SignedInAsync(lab, ConsoleLab.Viewer);
        Assert.Equal(403, (int)(await vera.GetAsync($"/records/1/{sequence}")).StatusCode);
        Assert.DoesNotContain("held-release", await (await vera.GetAsync($"/records/1/{refusal}")).Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var anna = await ConsoleClient.SignedInAsync(lab, ConsoleLab.Auditor);
        Assert.Equal(200, (int)(await anna.GetAsync($"/records/1/{sequence}")).StatusCode);
    }

    [Theory]
    [InlineData("/refusals?from=tomorrow", 400)]
    [InlineData("/refusals?after=1.2", 400)]
    [InlineData("/refusals?kind=nonsense", 400)]
    [InlineData("/refusals?rule=%0a", 400)]
    [InlineData("/refusals?device=%25*", 200)]
    [InlineData("/attacks?day=2026-02-30", 400)]
    [InlineData("/attacks?day=9999-12-31", 400)]
    [InlineData("/records/1/999999", 404)]
    [InlineData("/records/0/1", 404)]
    [InlineData("/records/1/x", 404)]
    [InlineData("/devices/named", 400)]
    [InlineData("/devices/named?id=%3Cscript%3E", 302)]
    [InlineData("/?span=century", 400)]
    public async Task Answers_odd_addresses_plainly(string path, int status)
    {
        await using var lab = await ConsoleLab.StartAsync();
        using var vera = await ConsoleClient.SignedInAsync(lab, ConsoleLab.Viewer);
        Assert.Equal(status, (int)(await vera.GetAsync(path)).StatusCode);
    }
}
