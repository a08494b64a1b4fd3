using CwmpShield.Core.Audit;
using Microsoft.Playwright;

namespace CwmpShield.Console.Tests;

[Collection(BrowserCollection.Name)]
public sealed class LedgerPageTests(Browser browser)
{
    [Fact]
    public async Task Leads_through_all_records_by_kind_without_script()
    {
        await using var lab = await EvidenceLab.StartAsync();
        for (var i = 0; i < 52; i++)
        {
            await EvidenceLab.WriteAsync(lab, new AuditRecord { At = EvidenceLab.Yesterday(1, i), Kind = AuditKind.Drift, Action = "found", Device = "00D09E-X-1" });
        }

        await using var vera = await (await browser.VisitAsync(lab, javaScript: false)).SignInAsync(ConsoleLab.Viewer);
        await vera.Page.GetByRole(AriaRole.Link, new() { Name = "Ledger", Exact = true }).ClickAsync();
        await vera.Page.GetByLabel("Kind").SelectOptionAsync("drift");
        await vera.Page.GetByRole(AriaRole.Button, new() { Name = "Show" }).ClickAsync();
        Assert.Equal(50, await vera.Page.Locator("tbody tr").CountAsync());
        await vera.Page.GetByRole(AriaRole.Link, new() { Name = "Next page" }).ClickAsync();
        Assert.Equal(2, await vera.Page.Locator("tbody tr").CountAsync());
    }

    [Fact]
    public async Task Shows_operators_work_to_auditors_and_not_to_viewers()
    {
        await using var lab = await EvidenceLab.StartAsync();
        await EvidenceLab.WriteAsync(lab, new AuditRecord { At = EvidenceLab.Yesterday(1), Kind = AuditKind.OperatorAction, Actor = "olaf", Action = "held-release", Subject = "7", Detail = "CHG-7" });
        await using var anna = await (await browser.VisitAsync(lab)).SignInAsync(ConsoleLab.Auditor);
        await anna.OpenAsync("/ledger/operators");
        Assert.Contains("CHG-7", await anna.Page.InnerTextAsync("main"), StringComparison.Ordinal);
        await anna.OpenAsync("/ledger?actor=olaf");
        Assert.Contains("held-release", await anna.Page.InnerTextAsync("main"), StringComparison.Ordinal);

        using var vera = await ConsoleClient.SignedInAsync(lab, ConsoleLab.Viewer);
        Assert.Equal(403, (int)(await vera.GetAsync("/ledger/operators")).StatusCode);
        Assert.Equal(403, (int)(await vera.GetAsync("/ledger?kind=operator-action")).StatusCode);
        foreach (var path in new[] { "/ledger", "/ledger?actor=olaf" })
        {
            Assert.DoesNotContain("held-release", await (await vera.GetAsync(path)).Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Shows_a_rule_with_its_exceptions_hits_and_history()
    {
        await using var lab = await EvidenceLab.StartAsync();
        await EvidenceLab.AttackAsync(lab);
        await using var vera = await (await browser.VisitAsync(lab, javaScript: false)).SignInAsync(ConsoleLab.Viewer);
        await vera.Page.GetByRole(AriaRole.Link, new() { Name = "Rules", Exact = true }).ClickAsync();
        await vera.Page.GetByLabel("Id, title or tag").FillAsync("resolvers nowhere");
        await vera.Page.GetByRole(AriaRole.Button, new() { Name = "Show" }).ClickAsync();
        Assert.Contains("No rule fits.", await vera.Page.InnerTextAsync("main"), StringComparison.Ordinal);
        await vera.OpenAsync("/rules?q=DNS");
        await vera.Page.GetByRole(AriaRole.Link, new() { Name = "dns-redirect" }).ClickAsync();
        var page = await vera.Page.InnerTextAsync("main");
        foreach (var said in new[] { "DNS servers stay the operator's", "then: hold", "SEC-1201", "held 1", "cwmpshield rules test" })
        {
            Assert.Contains(said, page, StringComparison.Ordinal);
        }

        await vera.OpenAsync("/rules/history");
        Assert.Contains("loaded, in force", await vera.Page.InnerTextAsync("main"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Says_up_to_where_each_chain_is_signed_and_how_to_prove_it()
    {
        await using var lab = await EvidenceLab.StartAsync();
        await EvidenceLab.AttackAsync(lab);
        await using var vera = await (await browser.VisitAsync(lab)).SignInAsync(ConsoleLab.Viewer);
        await vera.OpenAsync("/ledger/chains");
        var page = await vera.Page.InnerTextAsync("main");
        Assert.Contains("cwmpshield audit verify --checkpoints", page, StringComparison.Ordinal);
        Assert.Contains("Head", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/ledger?kind=nonsense", 400)]
    [InlineData("/ledger?to=1", 400)]
    [InlineData("/rules/nowhere", 404)]
    [InlineData("/rules/%3Cscript%3E", 404)]
    [InlineData("/rules?severity=9", 400)]
    public async Task Answers_odd_addresses_plainly(string path, int status)
    {
        await using var lab = await ConsoleLab.StartAsync();
        using var vera = await ConsoleClient.SignedInAsync(lab, ConsoleLab.Viewer);
        Assert.Equal(status, (int)(await vera.GetAsync(path)).StatusCode);
    }
}
