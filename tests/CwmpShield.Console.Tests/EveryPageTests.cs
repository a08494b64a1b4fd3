using CwmpShield.Core.Cwmp;
using Microsoft.Playwright;

namespace CwmpShield.Console.Tests;

/// <summary>What every page of the console must be.</summary>
[Collection(BrowserCollection.Name)]
public sealed class EveryPageTests(Browser browser)
{
    public static TheoryData<string> Pages => ["/", "/live", "/devices", "/devices?q=nobody", "/devices/1", "/account", "/nowhere"];

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Is_accessible_in_light_and_dark_and_complains_of_nothing(string path)
    {
        await using var lab = await ConsoleLab.StartAsync();
        await lab.AddDeviceAsync(new DeviceId("00D09E", "HGW", "1"));
        foreach (var colours in new[] { ColorScheme.Light, ColorScheme.Dark })
        {
            await using var visitor = await (await browser.VisitAsync(lab, colours: colours)).SignInAsync(ConsoleLab.Operator);
            var answer = await visitor.OpenAsync(path);
            Assert.Contains("default-src 'none'", answer.Headers["content-security-policy"], StringComparison.Ordinal);
            Assert.Contains("no-store", answer.Headers["cache-control"], StringComparison.Ordinal);
            Assert.Equal("nosniff", answer.Headers["x-content-type-options"]);
            Assert.Equal("no-referrer", answer.Headers["referrer-policy"]);
            Assert.Equal("", await visitor.AccessibilityAsync());
            Assert.Empty(visitor.Complaints);
            Assert.Equal(["127.0.0.1"], visitor.Hosts.Keys);
        }
    }

    [Fact]
    public async Task The_way_in_is_accessible()
    {
        await using var lab = await ConsoleLab.StartAsync();
        await using var visitor = await browser.VisitAsync(lab);
        await visitor.OpenAsync("/sign-in");
        Assert.Equal("", await visitor.AccessibilityAsync());
        Assert.Empty(visitor.Complaints);
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Asks_a_stranger_to_sign_in(string path)
    {
        await using var lab = await ConsoleLab.StartAsync();
        using var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = lab.Address };
        var answer = await client.GetAsync(new Uri(path, UriKind.Relative));
        Assert.Equal(path == "/nowhere" ? 404 : 302, (int)answer.StatusCode);
    }
}
