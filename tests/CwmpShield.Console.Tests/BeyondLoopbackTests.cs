using System.Net;
using System.Net.Http.Headers;
using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.Identity;
using CwmpShield.Gateway.WebConsole.Accounts;

namespace CwmpShield.Console.Tests;

[Collection(BrowserCollection.Name)]
public sealed class BeyondLoopbackTests(Browser browser)
{
    [Theory]
    [InlineData("/healthz", 200)]
    [InlineData("/readyz", 401)]
    [InlineData("/metrics", 401)]
    [InlineData("/", 302)]
    [InlineData("/live/events", 302)]
    public async Task Asks_strangers_for_a_proof(string path, int status)
    {
        await using var lab = await StartAsync();
        using var stranger = ConsoleClient.Of(lab);
        Assert.Equal(status, (int)(await stranger.GetAsync(path)).StatusCode);
    }

    [Fact]
    public async Task Opens_to_a_token_what_its_scope_says_until_it_is_revoked()
    {
        await using var lab = await StartAsync();
        var later = TimeProvider.System.GetUtcNow().AddHours(1);
        var metrics = await lab.Tokens.CreateAsync("prometheus", TokenScope.Metrics, ConsoleRole.Viewer, later, default);
        var console = await lab.Tokens.CreateAsync("siem", TokenScope.Console, ConsoleRole.Auditor, later, default);
        var past = await lab.Tokens.CreateAsync("old", TokenScope.Console, ConsoleRole.Auditor, TimeProvider.System.GetUtcNow().AddSeconds(-1), default);
        Assert.StartsWith("cwsh_", metrics, StringComparison.Ordinal);

        Assert.Equal((200, 200, 401), await AskAsync(lab, metrics!));
        Assert.Equal((200, 200, 200), await AskAsync(lab, console!));
        Assert.Equal((401, 401, 401), await AskAsync(lab, past!));
        Assert.Equal((401, 401, 401), await AskAsync(lab, metrics + "x"));
        await lab.Tokens.RevokeAsync("siem", default);
        Assert.Equal((401, 401, 401), await AskAsync(lab, console!));
    }

    [Fact]
    public async Task A_token_posts_nothing()
    {
        await using var lab = await StartAsync();
        var token = await lab.Tokens.CreateAsync("siem", TokenScope.Console, ConsoleRole.Auditor, TimeProvider.System.GetUtcNow().AddHours(1), default);
        using var client = Client(lab, token!);
        using var form = new FormUrlEncodedContent([KeyValuePair.Create("theme", "dark")]);
        Assert.Equal(HttpStatusCode.Forbidden, (await client.PostAsync(new Uri("/theme", UriKind.Relative), form)).StatusCode);
    }

    [Fact]
    public async Task Gives_cookies_that_travel_by_TLS_alone()
    {
        await using var lab = await StartAsync();
        await using var visitor = await (await browser.VisitAsync(lab)).SignInAsync(ConsoleLab.Viewer);
        Assert.Equal("/", new Uri(visitor.Page.Url).AbsolutePath);
        var cookies = await visitor.Context.CookiesAsync();
        Assert.Contains(cookies, cookie => cookie.Name == "__Host-cwmpshield-session");
        Assert.All(cookies, cookie => Assert.True(cookie is { Secure: true, HttpOnly: true }, cookie.Name));
        Assert.Empty(visitor.Complaints);
    }

    private static async Task<(int Metrics, int Ready, int Page)> AskAsync(ConsoleLab lab, string token)
    {
        using var client = Client(lab, token);
        async Task<int> StatusAsync(string path) => (int)(await client.GetAsync(new Uri(path, UriKind.Relative))).StatusCode;
        return (await StatusAsync("/metrics"), await StatusAsync("/readyz"), await StatusAsync("/devices"));
    }

    private static HttpClient Client(ConsoleLab lab, string token)
    {
        var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, ServerCertificateCustomValidationCallback = HttpClientHandler.DangerousAcceptAnyServerCertificateValidator })
        {
            BaseAddress = lab.Address,
        };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    /// <summary>With TLS, and asking as it does beyond loopback; bound to loopback, so that the test opens nothing to the network.</summary>
    private static Task<ConsoleLab> StartAsync() => ConsoleLab.StartAsync((plain, folder) =>
    {
        using var authority = LabCertificateAuthority.CreateRoot("Operator servers");
        using var server = authority.IssueServer("shield.example", "127.0.0.1");
        var certificate = new CertificateOptions { Path = Path.Combine(folder.FullName, "server.pem"), KeyPath = Path.Combine(folder.FullName, "server.key") };
        File.WriteAllText(certificate.Path, server.ExportCertificatePem() + "\n");
        File.WriteAllText(certificate.KeyPath, LabCertificateAuthority.PrivateKeyPem(server));
        return plain with { OpenOnLoopback = false, Certificate = certificate, Hosts = ["shield.example", "127.0.0.1"] };
    });
}
