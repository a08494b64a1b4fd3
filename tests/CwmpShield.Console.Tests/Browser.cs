using Microsoft.Playwright;

namespace CwmpShield.Console.Tests;

/// <summary>One real Chromium for all tests of the collection.</summary>
public sealed class Browser : IAsyncLifetime
{
    private IPlaywright? playwright;
    private IBrowser? chromium;

    public async Task InitializeAsync()
    {
        playwright = await Playwright.CreateAsync();
        chromium = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = "/usr/bin/chromium",
            Args =
            [
                "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
            ],
        });
    }

    /// <summary>A person with a browser of their own: no cookies, and everything that the browser complains about written down.</summary>
    internal async Task<Visitor> VisitAsync(ConsoleLab lab, bool javaScript = true, ColorScheme colours = ColorScheme.Light, int width = 1280) => new(
        await chromium!.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = lab.Address.ToString(),
            JavaScriptEnabled = javaScript,
            ColorScheme = colours,
            IgnoreHTTPSErrors = true,
            ViewportSize = new ViewportSize { Width = width, Height = 800 },
        }));

    public async Task DisposeAsync()
    {
        await chromium!.DisposeAsync();
        playwright!.Dispose();
    }
}

/// <summary>Tests that share the browser; one after the other, for the machine's sake.</summary>
[CollectionDefinition(Name)]
public sealed class BrowserCollection : ICollectionFixture<Browser>
{
    public const string Name = "browser";
}
