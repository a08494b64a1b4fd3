using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace CwmpShield.Console.Tests;

/// <summary>One browser context at the console, and what it complained about.</summary>
internal sealed class Visitor : IAsyncDisposable
{
    private static readonly string? Wanted = Environment.GetEnvironmentVariable("CWMPSHIELD_PICTURES");
    private static readonly Lazy<string> Axe = new(() => File.ReadAllText(Path.Combine(Repository.Root, "eng/npm/node_modules/axe-core/axe.min.js")));
    private IPage? page;

    public Visitor(IBrowserContext context)
    {
        Context = context;
        // A status of 400 and more is what many tests ask for; the browser writes it to the console as well.
        context.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning" && !message.Text.StartsWith("Failed to load resource: the server responded", StringComparison.Ordinal))
            {
                Complaints.Enqueue(message.Text);
            }
        };
        context.WebError += (_, error) => Complaints.Enqueue(error.Error);
        context.Dialog += (_, dialog) => Complaints.Enqueue("dialog: " + dialog.Message);
        context.Request += (_, request) => Hosts.TryAdd(new Uri(request.Url).Host, true);
    }

    public IBrowserContext Context { get; }

    public IPage Page => page ?? throw new InvalidOperationException("Nothing was opened yet.");

    /// <summary>Errors, warnings, violations of the policy, and dialogs.</summary>
    public ConcurrentQueue<string> Complaints { get; } = new();

    /// <summary>Hosts that anything was asked from.</summary>
    public ConcurrentDictionary<string, bool> Hosts { get; } = new(StringComparer.Ordinal);

    /// <summary>Opens a path of the console.</summary>
    public async Task<IResponse> OpenAsync(string path)
    {
        page ??= await Context.NewPageAsync();
        return (await page.GotoAsync(path))!;
    }

    /// <summary>Signs in by the form, from the overview.</summary>
    public async Task<Visitor> SignInAsync(string name, string password = ConsoleLab.Password)
    {
        await OpenAsync("/");
        await FillSignInAsync(name, password);
        return this;
    }

    /// <summary>Fills the form that is shown and sends it.</summary>
    public async Task FillSignInAsync(string name, string password)
    {
        await Page.GetByLabel("Name").FillAsync(name);
        await Page.GetByLabel("Password").FillAsync(password);
        await Page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
    }

    /// <summary>Takes a picture of what is shown, which must be one; kept where <c>CWMPSHIELD_PICTURES</c> names a folder.</summary>
    public async Task PictureAsync(string name, ColorScheme colours)
    {
        var picture = await Page.ScreenshotAsync(new PageScreenshotOptions { Animations = ScreenshotAnimations.Disabled });
        Assert.NotEmpty(picture);
        if (Wanted is not null)
        {
            await File.WriteAllBytesAsync(Path.Combine(Wanted, $"console-{name}-{(colours == ColorScheme.Dark ? "dark" : "light")}.png"), picture);
        }
    }

    /// <summary>What axe-core finds against the page that is shown, one line each.</summary>
    public async Task<string> AccessibilityAsync()
    {
        await Page.EvaluateAsync(Axe.Value + "; undefined");
        return await Page.EvaluateAsync<string>(
            """
            async () => {
              const found = await axe.run(document, { resultTypes: ['violations'] });
              return found.violations.map(one => `${one.id} (${one.impact}): ${one.help}: ${one.nodes.map(node => node.target.join(' ') + ' ' + node.failureSummary).slice(0, 3).join(' | ')}`).join('\n');
            }
            """);
    }

    public async ValueTask DisposeAsync() => await Context.DisposeAsync();
}
