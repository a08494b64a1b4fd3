using System.Net;
using System.Net.Http.Headers;
using CwmpShield.Core.Cwmp;

namespace CwmpShield.Console.Tests;

/// <summary>Requests that no browser sends.</summary>
public sealed class OddInputTests : IAsyncLifetime
{
    private ConsoleLab lab = null!;
    private ConsoleClient olaf = null!;

    public async Task InitializeAsync()
    {
        lab = await ConsoleLab.StartAsync();
        await lab.AddDeviceAsync(new DeviceId("00D09E", "HGW", "1"));
        olaf = await ConsoleClient.SignedInAsync(lab, ConsoleLab.Operator);
    }

    public async Task DisposeAsync()
    {
        olaf.Dispose();
        await lab.DisposeAsync();
    }

    [Theory]
    [InlineData("/devices/0", 404)]
    [InlineData("/devices/-1", 404)]
    [InlineData("/devices/99999999999999999999", 404)]
    [InlineData("/devices/9223372036854775807", 404)]
    [InlineData("/devices/1%00", 400)]
    [InlineData("/devices/..%2f..%2fetc%2fpasswd", 404)]
    [InlineData("/assets/..%2fconsole.css", 404)]
    [InlineData("/assets/", 404)]
    [InlineData("/%0d%0aSet-Cookie:x=1", 400)]
    [InlineData("/%5c%5cevil", 400)]
    [InlineData("/WebConsole/Pages/Index", 404)]
    [InlineData("/devices?after=abc", 400)]
    [InlineData("/devices?after=-5", 400)]
    [InlineData("/devices?status=nonsense", 400)]
    [InlineData("/devices?q=%00", 400)]
    [InlineData("/devices?q=a%0d%0ab", 400)]
    [InlineData("/devices?q=a&q=b", 200)]
    [InlineData("/devices?q=%ff%fe", 200)]
    [InlineData("/devices?q=%25_%5c'%22", 200)]
    [InlineData("/devices?group=..%2f", 400)]
    public async Task Answers_odd_addresses_plainly(string path, int status)
    {
        var answer = await olaf.GetAsync(path);
        Assert.Equal(status, (int)answer.StatusCode);
        Assert.DoesNotContain("CwmpShield.Gateway", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.False(answer.Headers.Contains("Server"));
    }

    [Fact]
    public async Task Refuses_what_is_too_large()
    {
        Assert.Equal(HttpStatusCode.RequestUriTooLong, (await olaf.GetAsync("/devices?q=" + new string('a', 3000))).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await olaf.GetAsync("/devices?q=" + new string('a', 65))).StatusCode);
        var token = await olaf.TokenAsync("/devices/1");
        try
        {
            Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await olaf.PostAsync("/devices/1", token, ("reason", new string('a', 40_000)))).StatusCode);
        }
        catch (HttpRequestException)
        {
            // The listener hangs up on the rest of the body, and that may overtake its answer.
        }

        token = await olaf.TokenAsync("/devices/1");
        Assert.Equal(HttpStatusCode.BadRequest, (await olaf.PostAsync("/devices/1", token, ("reason", new string('a', 5000)))).StatusCode);
        var many = Enumerable.Range(0, 200).Select(i => ($"f{i}", "x")).ToArray();
        Assert.Equal(HttpStatusCode.BadRequest, (await olaf.PostAsync("/devices/1", token, many)).StatusCode);
    }

    [Theory]
    [InlineData("PUT", 405)]
    [InlineData("DELETE", 405)]
    [InlineData("OPTIONS", 405)]
    [InlineData("TRACE", 405)]
    [InlineData("HEAD", 200)]
    public async Task Takes_no_other_method(string method, int status) => Assert.Equal(status, (int)(await olaf.SendAsync(new HttpMethod(method), "/")).StatusCode);

    [Fact]
    public async Task Takes_no_other_kind_of_form()
    {
        foreach (var kind in new[] { "application/json", "multipart/form-data; boundary=x", "text/plain" })
        {
            using var content = new StringContent("reason=x");
            content.Headers.ContentType = MediaTypeHeaderValue.Parse(kind);
            Assert.Equal(HttpStatusCode.UnsupportedMediaType, (await olaf.SendAsync(HttpMethod.Post, "/devices/1", content)).StatusCode);
        }
    }

    [Fact]
    public async Task Refuses_a_body_that_grows_beyond_its_bound()
    {
        var answer = await ConsoleLab.RawAsync(
            lab.Management,
            "POST /sign-in HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: application/x-www-form-urlencoded\r\nTransfer-Encoding: chunked\r\n\r\n9000\r\n"
            + new string('a', 0x9000) + "\r\n0\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 4", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Is_nowhere_on_a_listener_of_devices()
    {
        foreach (var (method, path) in new[] { ("GET", "/"), ("GET", "/sign-in"), ("GET", "/devices"), ("GET", "/assets/console.css"), ("GET", "/live/events"), ("POST", "/sign-in"), ("POST", "/sign-out") })
        {
            var answer = await ConsoleLab.RawAsync(
                lab.Door, $"{method} {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 0\r\n\r\n");
            Assert.True(answer.StartsWith("HTTP/1.1 404 ", StringComparison.Ordinal) || answer.StartsWith("HTTP/1.1 405 ", StringComparison.Ordinal), path + ": " + answer);
            Assert.DoesNotContain("Content-Security-Policy", answer, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("<html", answer, StringComparison.OrdinalIgnoreCase);
        }
    }

    [Fact]
    public async Task Answers_no_name_but_its_own()
    {
        var answer = await ConsoleLab.RawAsync(lab.Management, "GET /sign-in HTTP/1.1\r\nHost: rebound.example\r\nConnection: close\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 421 ", answer, StringComparison.Ordinal);
    }
}
