using CwmpShield.Gateway.WebConsole.Accounts;
using Microsoft.Playwright;

namespace CwmpShield.Console.Tests;

[Collection(BrowserCollection.Name)]
public sealed class SignInTests(Browser browser)
{
    [Fact]
    public async Task Lets_in_by_name_and_password_and_out_again()
    {
        await using var lab = await ConsoleLab.StartAsync();
        await using var visitor = await browser.VisitAsync(lab);
        await visitor.OpenAsync("/devices?status=active");
        Assert.Equal("/sign-in", new Uri(visitor.Page.Url).AbsolutePath);

        await visitor.FillSignInAsync(ConsoleLab.Viewer, ConsoleLab.Password);
        Assert.EndsWith("/devices?status=active", visitor.Page.Url, StringComparison.Ordinal);

        var cookie = Assert.Single(await visitor.Context.CookiesAsync(), one => one.Name == "cwmpshield-session");
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        Assert.Equal("/sign-in", new Uri(visitor.Page.Url).AbsolutePath);

        // The old cookie is worth nothing any more.
        await visitor.Context.AddCookiesAsync([new Cookie { Name = cookie.Name, Value = cookie.Value, Url = lab.Address.ToString() }]);
        await visitor.OpenAsync("/devices");
        Assert.Equal("/sign-in", new Uri(visitor.Page.Url).AbsolutePath);
        Assert.Empty(visitor.Complaints);
    }

    [Fact]
    public async Task Refuses_a_wrong_password_and_locks_the_name_out_at_this_source_for_a_time()
    {
        await using var lab = await ConsoleLab.StartAsync();
        await using var visitor = await browser.VisitAsync(lab);
        await visitor.OpenAsync("/sign-in");
        for (var i = 0; i < SignInThrottle.MaxOfPair; i++)
        {
            await visitor.FillSignInAsync(ConsoleLab.Viewer, "wrong horse battery");
            Assert.Contains("don't fit", await visitor.Page.GetByRole(AriaRole.Alert).InnerTextAsync(), StringComparison.Ordinal);
        }

        await visitor.FillSignInAsync(ConsoleLab.Viewer, ConsoleLab.Password);
        Assert.Equal("/sign-in", new Uri(visitor.Page.Url).AbsolutePath);

        // Another name at the same place is not locked out.
        await visitor.FillSignInAsync(ConsoleLab.Operator, ConsoleLab.Password);
        Assert.Equal("/", new Uri(visitor.Page.Url).AbsolutePath);
    }

    [Fact]
    public async Task Gives_cookies_that_no_script_and_no_other_site_gets()
    {
        await using var lab = await ConsoleLab.StartAsync();
        await using var visitor = await (await browser.VisitAsync(lab)).SignInAsync(ConsoleLab.Viewer);
        Assert.All(await visitor.Context.CookiesAsync(), cookie =>
        {
            Assert.True(cookie.HttpOnly, cookie.Name);
            Assert.Equal(SameSiteAttribute.Strict, cookie.SameSite);
        });
        Assert.Equal("", await visitor.Page.EvaluateAsync<string>("document.cookie"));
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example/")]
    [InlineData("/\\evil.example")]
    [InlineData("javascript:alert(1)")]
    public async Task Leads_nowhere_but_to_its_own_pages(string to)
    {
        await using var lab = await ConsoleLab.StartAsync();
        await using var visitor = await browser.VisitAsync(lab);
        await visitor.OpenAsync("/sign-in?to=" + Uri.EscapeDataString(to));
        await visitor.FillSignInAsync(ConsoleLab.Viewer, ConsoleLab.Password);
        Assert.Equal(lab.Address.ToString(), visitor.Page.Url);
        Assert.Empty(visitor.Complaints);
    }

    [Fact]
    public async Task Ends_the_session_of_an_account_that_is_disabled_or_gets_another_password()
    {
        await using var lab = await ConsoleLab.StartAsync();
        await using var visitor = await (await browser.VisitAsync(lab)).SignInAsync(ConsoleLab.Viewer);
        await lab.Accounts.SetPasswordAsync(ConsoleLab.Viewer, "another horse battery", default);
        await visitor.OpenAsync("/");
        Assert.Equal("/sign-in", new Uri(visitor.Page.Url).AbsolutePath);

        await visitor.FillSignInAsync(ConsoleLab.Viewer, "another horse battery");
        await lab.Accounts.SetDisabledAsync(ConsoleLab.Viewer, isDisabled: true, default);
        await visitor.OpenAsync("/");
        Assert.Equal("/sign-in", new Uri(visitor.Page.Url).AbsolutePath);
        await visitor.FillSignInAsync(ConsoleLab.Viewer, "another horse battery");
        Assert.Equal("/sign-in", new Uri(visitor.Page.Url).AbsolutePath);
    }
}
