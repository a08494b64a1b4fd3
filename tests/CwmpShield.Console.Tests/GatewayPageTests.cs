using System.Net;
using CwmpShield.Core.Audit;
using CwmpShield.Gateway.Auditing;
using CwmpShield.Gateway.Inspection;
using CwmpShield.Gateway.Transfers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace CwmpShield.Console.Tests;

[Collection(BrowserCollection.Name)]
public sealed class GatewayPageTests(Browser browser)
{
    private const string Script = "\"><script>alert(4)</script>";

    [Fact]
    public async Task Halts_and_resumes_a_rollout_with_a_reason_in_the_ledger()
    {
        await using var lab = await EvidenceLab.StartAsync();
        await lab.Services.GetRequiredService<RolloutStore>().HaltAsync("hgw-2.4", "before", TimeProvider.System.GetUtcNow(), default);
        await using var olaf = await (await browser.VisitAsync(lab, javaScript: false)).SignInAsync(ConsoleLab.Operator);
        await olaf.Page.GetByRole(AriaRole.Link, new() { Name = "Rollouts", Exact = true }).ClickAsync();
        Assert.Contains("halted by an operator", await olaf.Page.InnerTextAsync("main"), StringComparison.Ordinal);
        foreach (var (button, said) in new[] { ("Resume", "Goes on"), ("Halt", "Halted: orders") })
        {
            await olaf.Page.GetByRole(AriaRole.Combobox, new() { Name = "Artefact" }).FillAsync("hgw-2.4");
            await olaf.Page.GetByLabel("Reason").FillAsync("CHG-88");
            await olaf.Page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();
            await olaf.Page.GetByText(said).WaitForAsync();
        }

        var actions = (await RecordsAsync(lab)).Where(one => one is { Subject: "hgw-2.4", Detail: "CHG-88", Actor: "olaf" }).Select(one => one.Action);
        Assert.Equal(["rollout-halt", "rollout-resume"], actions);
        Assert.True((await lab.Services.GetRequiredService<RolloutStore>().ListAsync("hgw-2.4", default)).Single().IsHalted);
    }

    [Fact]
    public async Task Halts_nothing_that_is_not_there()
    {
        await using var lab = await ConsoleLab.StartAsync();
        using var olaf = await ConsoleClient.SignedInAsync(lab, ConsoleLab.Operator);
        var token = await olaf.TokenAsync("/rollouts");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await olaf.PostAsync("/rollouts", token, ("act", "halt"), ("artefact", "nothing"), ("reason", "x"))).StatusCode);
        using var vera = await ConsoleClient.SignedInAsync(lab, ConsoleLab.Viewer);
        Assert.Equal(HttpStatusCode.Forbidden, (await vera.PostAsync("/rollouts", await vera.TokenAsync("/rollouts"), ("act", "halt"), ("artefact", "nothing"), ("reason", "x"))).StatusCode);
    }

    [Fact]
    public async Task Says_that_the_glass_is_broken_and_lets_an_operator_mend_it()
    {
        await using var lab = await EvidenceLab.StartAsync();
        var now = TimeProvider.System.GetUtcNow();
        await BreakGlassOrder.PutAsync(lab.Store, new BreakGlassOrder(now, now.AddHours(1), "root", "INC-5 " + Script), default);
        var glass = lab.Services.GetRequiredService<BreakGlass>();
        await UntilAsync(() => glass.IsBroken);
        await using var olaf = await (await browser.VisitAsync(lab)).SignInAsync(ConsoleLab.Operator);
        Assert.Contains("Rules only record", await olaf.Page.InnerTextAsync("main"), StringComparison.Ordinal);
        await olaf.OpenAsync("/health");
        Assert.Equal("", await olaf.AccessibilityAsync());
        Assert.Contains("INC-5 " + Script, await olaf.Page.InnerTextAsync("main"), StringComparison.Ordinal);
        await olaf.Page.GetByLabel("Reason").FillAsync("INC-5 over");
        await olaf.Page.GetByRole(AriaRole.Button, new() { Name = "Mend it now" }).ClickAsync();
        await olaf.Page.GetByText("Mended:").WaitForAsync();
        await UntilAsync(() => !glass.IsBroken);
        Assert.Contains(await RecordsAsync(lab), one => one is { Action: "break-glass-mend", Detail: "INC-5 over" });
        Assert.Empty(olaf.Complaints);
    }

    [Fact]
    public async Task Shows_certificates_by_the_end_that_they_have()
    {
        await using var lab = await EvidenceLab.StartAsync();
        var now = TimeProvider.System.GetUtcNow();
        for (var i = 0; i < 52; i++)
        {
            await lab.Store.WriteAsync(
                commands => commands.ExecuteAsync(
                    """
                    INSERT INTO certificate_seen (fingerprint, spki_sha256, subject, issuer, serial, key_kind, not_before, not_after, listener, first_seen, last_seen)
                    VALUES (@fingerprint, 'k', @subject, 'CN=Device CA', '0A', 'ec-p256', 0, @after, 'devices', @now, @now)
                    """,
                    ("@fingerprint", i.ToString("x64", System.Globalization.CultureInfo.InvariantCulture)),
                    ("@subject", $"CN={Script}{i}"),
                    ("@after", now.AddDays(i == 0 ? -1 : 3 + i).ToUnixTimeMilliseconds()),
                    ("@now", now.ToUnixTimeMilliseconds())),
                default);
        }

        await using var vera = await (await browser.VisitAsync(lab)).SignInAsync(ConsoleLab.Viewer);
        await vera.OpenAsync("/certificates?within=0");
        Assert.Equal(1, await vera.Page.Locator("tbody tr").CountAsync());
        await vera.OpenAsync("/certificates");
        Assert.Equal(50, await vera.Page.Locator("tbody tr").CountAsync());
        Assert.Equal("", await vera.AccessibilityAsync());
        await vera.Page.GetByRole(AriaRole.Link, new() { Name = "Next page" }).ClickAsync();
        Assert.Equal(2, await vera.Page.Locator("tbody tr").CountAsync());
        Assert.Equal(0, await vera.Page.Locator("script:not([src^='/assets/'])").CountAsync());
        Assert.Empty(vera.Complaints);
    }

    [Fact]
    public async Task Tells_a_devices_history_and_drift_on_its_page()
    {
        await using var lab = await EvidenceLab.StartAsync();
        await EvidenceLab.AttackAsync(lab);
        await EvidenceLab.WriteAsync(lab, new AuditRecord { At = EvidenceLab.Yesterday(6), Kind = AuditKind.OperatorAction, Actor = "olaf", Action = "device-release", Device = EvidenceLab.Device.ToString() });
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        await lab.Store.WriteAsync(
            commands => commands.ExecuteAsync(
                """
                INSERT INTO expectation (oui, product_class, serial_number, name, form, same, mac, shown, pending, ordered_at, drift, observed_mac, observed_shown, since, seen)
                VALUES (@oui, @class, @serial, 'Device.DNS.Client.Server.1.DNSServer', 'string', 's', 'm', '192.0.2.53', '', @now, 'value-differs', 'n', @observed, @now, @now)
                """,
                ("@oui", EvidenceLab.Device.Oui),
                ("@class", EvidenceLab.Device.ProductClass),
                ("@serial", EvidenceLab.Device.SerialNumber),
                ("@observed", Script),
                ("@now", now)),
            default);
        await using var vera = await (await browser.VisitAsync(lab)).SignInAsync(ConsoleLab.Viewer);
        foreach (var path in new[] { "/drift", "/devices/1" })
        {
            await vera.OpenAsync(path);
            var page = await vera.Page.InnerTextAsync("main");
            Assert.Contains("192.0.2.53", page, StringComparison.Ordinal);
            Assert.Contains(Script, page, StringComparison.Ordinal);
            Assert.Equal("", await vera.AccessibilityAsync());
        }

        Assert.Equal(4, await vera.Page.Locator(".timeline li").CountAsync());
        Assert.DoesNotContain("device-release", await vera.Page.InnerTextAsync("main"), StringComparison.Ordinal);
        await vera.OpenAsync("/");
        Assert.Contains("1 setting differs from what was ordered.", await vera.Page.InnerTextAsync("main"), StringComparison.Ordinal);
        Assert.Empty(vera.Complaints);
    }

    [Theory]
    [InlineData("/certificates?within=-1", 400)]
    [InlineData("/certificates?after=%27--", 400)]
    [InlineData("/drift?after=-1", 400)]
    [InlineData("/artefacts?q=%27%20OR%201=1", 200)]
    public async Task Answers_odd_addresses_plainly(string path, int status)
    {
        await using var lab = await ConsoleLab.StartAsync();
        using var vera = await ConsoleClient.SignedInAsync(lab, ConsoleLab.Viewer);
        Assert.Equal(status, (int)(await vera.GetAsync(path)).StatusCode);
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!condition())
        {
            await Task.Delay(50, patience.Token);
        }
    }

    private static async Task<IReadOnlyList<AuditRecord>> RecordsAsync(ConsoleLab lab) =>
        [.. (await lab.Services.GetRequiredService<LedgerSearch>().FindAsync(new LedgerQuery { Kinds = [AuditKind.OperatorAction] }, default)).Select(row => row.Record)];
}
