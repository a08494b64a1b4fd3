using CwmpShield.Core.Cwmp;
using CwmpShield.Core.Decisions;
using CwmpShield.Gateway.Inspection;
using Microsoft.Playwright;

namespace CwmpShield.Console.Tests;

[Collection(BrowserCollection.Name)]
public sealed class LiveTests(Browser browser)
{
    private const string Markup = "<script>alert(1)</script>";

    [Fact]
    public async Task Shows_decisions_as_they_happen_and_keeps_them_while_it_is_paused()
    {
        await using var lab = await ConsoleLab.StartAsync();
        await using var visitor = await (await browser.VisitAsync(lab)).SignInAsync(ConsoleLab.Viewer);
        await visitor.OpenAsync("/live");
        lab.Feed.Publish(Judged("Download", Verdict.Deny));
        var rows = visitor.Page.Locator("#live tbody tr");
        await Assertions.Expect(rows).ToHaveCountAsync(1);
        Assert.Contains("refused", await rows.First.InnerTextAsync(), StringComparison.Ordinal);

        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Pause" }).ClickAsync();
        lab.Feed.Publish(Judged("Reboot", Verdict.Hold));
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Go on" }).ClickAsync();
        await Assertions.Expect(rows).ToHaveCountAsync(2);
        Assert.Contains("Reboot", await rows.First.InnerTextAsync(), StringComparison.Ordinal);
        Assert.Empty(visitor.Complaints);
    }

    [Fact]
    public async Task Shows_a_strangers_name_as_text_by_event_and_by_page()
    {
        await using var lab = await ConsoleLab.StartAsync();
        await using var visitor = await (await browser.VisitAsync(lab)).SignInAsync(ConsoleLab.Viewer);
        await visitor.OpenAsync("/live");
        lab.Feed.Publish(Judged(Markup, Verdict.Deny) with { Claim = Markup });
        await visitor.Page.GetByText("claims " + Markup).WaitForAsync();
        await visitor.OpenAsync("/live");
        await visitor.Page.GetByText("claims " + Markup).WaitForAsync();
        Assert.Equal(1, await visitor.Page.Locator("script").CountAsync());
        Assert.Empty(visitor.Complaints);
    }

    [Fact]
    public async Task Works_without_script_by_loading_itself_again()
    {
        await using var lab = await ConsoleLab.StartAsync();
        await using var visitor = await (await browser.VisitAsync(lab, javaScript: false)).SignInAsync(ConsoleLab.Viewer);
        await visitor.OpenAsync("/live");
        lab.Feed.Publish(Judged("Download", Verdict.Deny));
        await Assertions.Expect(visitor.Page.Locator("#live tbody tr")).ToHaveCountAsync(1, new() { Timeout = 30_000 });
    }

    private static DecisionEvent Judged(string message, Verdict verdict) => new()
    {
        At = TimeProvider.System.GetUtcNow(),
        Direction = Direction.AcsToCpe,
        Message = message,
        Decision = new Decision { Verdict = verdict, Reasons = ["test"] },
    };
}
