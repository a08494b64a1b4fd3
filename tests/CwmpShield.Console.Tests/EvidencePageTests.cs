using Microsoft.Playwright;

namespace CwmpShield.Console.Tests;

/// <summary>What every page of evidence must be, with something to show.</summary>
[Collection(BrowserCollection.Name)]
public sealed class EvidencePageTests(Browser browser)
{
    private static readonly string[] Pages =
    [
        "/", "/?span=7d", "/attacks", "/attacks?day=2001-01-01", "/refusals", "/refusals?rule=none", "/records/1/4",
        "/ledger", "/ledger?kind=order-held", "/ledger/operators", "/ledger/chains", "/rules", "/rules?q=dns&severity=high", "/rules/dns-redirect", "/rules/exceptions", "/rules/history",
        "/held", "/held?all=true", "/held/1",
        "/rollouts", "/artefacts", "/certificates", "/certificates?within=30", "/drift", "/health", "/devices/1",
    ];

    [Fact]
    public async Task Asks_a_stranger_to_sign_in_everywhere()
    {
        await using var lab = await EvidenceLab.StartAsync();
        using var stranger = ConsoleClient.Of(lab);
        foreach (var path in Pages)
        {
            Assert.Equal(path + ": 302", $"{path}: {(int)(await stranger.GetAsync(path)).StatusCode}");
        }
    }

    [Fact]
    public async Task Says_on_the_overview_that_orders_are_being_refused_and_where_to_look()
    {
        await using var lab = await EvidenceLab.StartAsync();
        using var viewer = await ConsoleClient.SignedInAsync(lab, ConsoleLab.Viewer);
        await EvidenceLab.WriteAsync(lab, EvidenceLab.Download(EvidenceLab.Yesterday(1)));
        var now = TimeProvider.System.GetUtcNow();
        await EvidenceLab.WriteAsync(lab, EvidenceLab.Download(now));

        var page = await viewer.TextAsync("/");

        Assert.Contains("One order or message of a device was refused in this hour and the one before.", page, StringComparison.Ordinal);
        Assert.Contains($"href=\"/attacks?day={now:yyyy-MM-dd}\"", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Is_accessible_and_complains_of_nothing(ColorScheme colours)
    {
        await using var lab = await EvidenceLab.StartAsync();
        await EvidenceLab.AttackAsync(lab);
        await EvidenceLab.HoldAsync(lab);
        await using var visitor = await (await browser.VisitAsync(lab, colours: colours)).SignInAsync(ConsoleLab.Operator);
        foreach (var path in Pages)
        {
            var answer = await visitor.OpenAsync(path);
            Assert.Equal(path + ": 200", $"{path}: {answer.Status}");
            Assert.Equal(path, path + await visitor.AccessibilityAsync());
        }

        Assert.Empty(visitor.Complaints);
        Assert.Equal(["127.0.0.1"], visitor.Hosts.Keys);
    }
}
