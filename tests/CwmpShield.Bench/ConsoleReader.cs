using System.Diagnostics;
using System.Net;
using System.Text.RegularExpressions;
using CwmpShield.Bench.Peers;

namespace CwmpShield.Bench;

/// <summary>A person at the console, over HTTP and with an account, as far as a measurement needs one.</summary>
internal sealed partial class ConsoleReader : IDisposable
{
    /// <summary>Name of the account.</summary>
    public const string Name = "bench";

    /// <summary>Its password.</summary>
    public const string Password = "a page of a benchmark";

    private readonly HttpClient client;

    private ConsoleReader(int port) => client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() })
    {
        BaseAddress = new Uri(FormattableString.Invariant($"http://127.0.0.1:{port}/")),
    };

    /// <summary>Signs in at a management listener.</summary>
    /// <exception cref="BenchException">The console does not let the account in.</exception>
    public static async Task<ConsoleReader> SignInAsync(int port)
    {
        var reader = new ConsoleReader(port);
        var form = await reader.client.GetStringAsync(new Uri("/sign-in", UriKind.Relative));
        using var fields = new FormUrlEncodedContent(
        [
            new("name", Name),
            new("password", Password),
            new("form-token", FormToken().Match(form).Groups["token"].Value),
        ]);
        using var answer = await reader.client.PostAsync(new Uri("/sign-in", UriKind.Relative), fields);
        return answer.StatusCode == HttpStatusCode.Redirect ? reader : throw new BenchException($"the console answers a sign-in with {(int)answer.StatusCode}");
    }

    /// <summary>Reads the overview.</summary>
    /// <returns>Milliseconds from the request to the last byte.</returns>
    /// <exception cref="BenchException">What comes is not the overview.</exception>
    public async Task<double> OverviewAsync(string path)
    {
        var start = Stopwatch.GetTimestamp();
        using var answer = await client.GetAsync(new Uri(path, UriKind.Relative));
        var page = await answer.Content.ReadAsStringAsync();
        var time = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        return answer.StatusCode == HttpStatusCode.OK && page.Contains("dns-redirect", StringComparison.Ordinal)
            ? time
            : throw new BenchException($"the overview with the rules of most refusals was expected, {(int)answer.StatusCode} came");
    }

    /// <inheritdoc/>
    public void Dispose() => client.Dispose();

    [GeneratedRegex("name=\"form-token\" type=\"hidden\" value=\"(?<token>[^\"]+)\"", RegexOptions.NonBacktracking)]
    private static partial Regex FormToken();
}
