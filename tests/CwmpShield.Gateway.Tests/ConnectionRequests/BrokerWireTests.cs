using System.Text;
using CwmpShield.Gateway.Tests.Listening;

namespace CwmpShield.Gateway.Tests.ConnectionRequests;

/// <summary>Requests that no ACS writes, with the device's own password: none of them reaches the device.</summary>
public sealed class BrokerWireTests
{
    private static readonly string Basic = "Authorization: Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{BrokerLab.User}:{BrokerLab.Password}")) + "\r\n";

    public static TheoryData<string> Requests =>
    [
        "GET /{path} HTTP/1.1\r\nHost: b\r\n{auth}\r\n",
        "GET /.{path} HTTP/1.1\r\nHost: b\r\n{auth}\r\n",
        "GET /x/..{path} HTTP/1.1\r\nHost: b\r\n{auth}\r\n",
        "GET {path}%00 HTTP/1.1\r\nHost: b\r\n{auth}\r\n",
        "GET {path}#x HTTP/1.1\r\nHost: b\r\n{auth}\r\n",
        "GET {path}; HTTP/1.1\r\nHost: b\r\n{auth}\r\n",
        "GET {path}? HTTP/1.1\r\nHost: b\r\n{auth}\r\n",
        "GET %2F{path} HTTP/1.1\r\nHost: b\r\n{auth}\r\n",
        "GET {path} HTTP/1.1\r\nHost: b\r\n{auth}{auth}\r\n",
        "GET {path} HTTP/1.1\r\nHost: b\r\n{auth}Content-Length: 3\r\n\r\nabc",
        "GET {path} HTTP/1.1\r\nHost: b\r\n{auth}Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "GET {path} HTTP/1.1\r\nHost: b\r\n{auth}Connection: Upgrade\r\nUpgrade: websocket\r\n\r\n",
        "GET {path} HTTP/1.1\r\n{auth}\r\n",
        "GET {path} HTTP/1.1\r\nHost: b\r\nX: {long}\r\n{auth}\r\n",
        "GET {path}\r\n\r\n",
        "OPTIONS * HTTP/1.1\r\nHost: b\r\n{auth}\r\n",
        "TRACE {path} HTTP/1.1\r\nHost: b\r\n{auth}\r\n",
        "CONNECT 127.0.0.1:{port} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n{auth}\r\n",
        "GET http://u:p@127.0.0.1:{port}/cr-7f3a HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n{auth}\r\n",
        "GET http://127.0.0.1:{port}/cr-7f3a#x HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n{auth}\r\n",
        "GET http://127.1:{port}/cr-7f3a HTTP/1.1\r\nHost: 127.1:{port}\r\n{auth}\r\n",
        "GET http://2130706433:{port}/cr-7f3a HTTP/1.1\r\nHost: 2130706433:{port}\r\n{auth}\r\n",
        "GET http://localhost:{port}/cr-7f3a HTTP/1.1\r\nHost: localhost:{port}\r\n{auth}\r\n",
        "GET http://[::ffff:127.0.0.1]:{port}/cr-7f3a HTTP/1.1\r\nHost: [::ffff:127.0.0.1]:{port}\r\n{auth}\r\n",
        "GET https://127.0.0.1:{port}/cr-7f3a HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n{auth}\r\n",
        "GET ftp://127.0.0.1:{port}/cr-7f3a HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n{auth}\r\n",
        "GET http://127.0.0.1:{port}/x/../cr-7f3b HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n{auth}\r\n",
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    ];

    [Theory]
    [MemberData(nameof(Requests))]
    public async Task Calls_no_device_for(string request)
    {
        await using var device = CallableDevice.Saying("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        await using var lab = await BrokerLab.StartAsync(options => options with { AllowBasicWithoutTls = true });
        var path = await lab.LearnAsync(device.Url);
        await using var client = await RawClient.ConnectAsync(lab.Door);

        await client.SendAsync(request
            .Replace("{path}", path, StringComparison.Ordinal)
            .Replace("{auth}", Basic, StringComparison.Ordinal)
            .Replace("{port}", device.Port.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("{long}", new string('x', 70_000), StringComparison.Ordinal));

        Assert.DoesNotContain(" 200 ", (await client.ReadAnswerAsync()).Split('\n')[0], StringComparison.Ordinal);
        Assert.Equal(0, device.Connections);
    }

    [Fact]
    public async Task Takes_a_request_without_any_of_that_and_the_next_on_the_same_connection()
    {
        await using var device = CallableDevice.Saying("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        await using var lab = await BrokerLab.StartAsync(options => options with { AllowBasicWithoutTls = true });
        var path = await lab.LearnAsync(device.Url);
        await using var client = await RawClient.ConnectAsync(lab.Door);

        for (var i = 1; i <= 2; i++)
        {
            await client.SendAsync($"GET {path} HTTP/1.1\r\nHost: b\r\n{Basic}\r\n");
            Assert.StartsWith("HTTP/1.1 200 ", await client.ReadAnswerAsync(), StringComparison.Ordinal);
            Assert.Equal(i, device.Connections);
        }
    }
}
