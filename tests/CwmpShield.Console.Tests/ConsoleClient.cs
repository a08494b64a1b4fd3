using System.Net;
using System.Text.RegularExpressions;

namespace CwmpShield.Console.Tests;

/// <summary>A signed-in client without a browser's scruples: it sends what a test wants sent.</summary>
internal sealed partial class ConsoleClient : IDisposable
{
    private readonly HttpClient client;

    private ConsoleClient(HttpClient client) => this.client = client;

    public static ConsoleClient Of(ConsoleLab lab) => At(lab.Address);

    public static ConsoleClient At(Uri address) => new(new HttpClient(new HttpClientHandler
    {
        AllowAutoRedirect = false,
        CookieContainer = new CookieContainer(),
        ServerCertificateCustomValidationCallback = HttpClientHandler.DangerousAcceptAnyServerCertificateValidator,
    })
    { BaseAddress = address });

    public static async Task<ConsoleClient> SignedInAsync(ConsoleLab lab, string name)
    {
        var visitor = Of(lab);
        var answer = await visitor.PostAsync("/sign-in", await visitor.TokenAsync("/sign-in"), ("name", name), ("password", ConsoleLab.Password));
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return visitor;
    }

    public Task<HttpResponseMessage> GetAsync(string path) => client.GetAsync(new Uri(path, UriKind.Relative));

    /// <summary>A page's text, as it is sent.</summary>
    public async Task<string> TextAsync(string path) => await (await GetAsync(path)).Content.ReadAsStringAsync();

    public Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, HttpContent? content = null) =>
        client.SendAsync(new HttpRequestMessage(method, new Uri(path, UriKind.Relative)) { Content = content });

    /// <summary>The token of the last form of a page.</summary>
    public async Task<string> TokenAsync(string path) =>
        FormToken().Matches(await (await GetAsync(path)).Content.ReadAsStringAsync()).Last().Groups["token"].Value;

    /// <summary>Posts a form; without a token where it is null.</summary>
    public Task<HttpResponseMessage> PostAsync(string path, string? token, params (string Name, string Value)[] fields)
    {
        var all = fields.Select(field => KeyValuePair.Create(field.Name, field.Value));
        return SendAsync(HttpMethod.Post, path, new FormUrlEncodedContent(token is null ? all : all.Append(KeyValuePair.Create("form-token", token))));
    }

    public void Dispose() => client.Dispose();

    [GeneratedRegex("name=\"form-token\" type=\"hidden\" value=\"(?<token>[^\"]+)\"", RegexOptions.NonBacktracking)]
    private static partial Regex FormToken();
}
