using System.Globalization;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using CwmpShield.Gateway.Tests.Listening;

namespace CwmpShield.Gateway.Tests.Doubles;

/// <summary>How a device returns cookies.</summary>
public enum DeviceCookies
{
    /// <summary>As RFC 6265 says.</summary>
    Returned,

    /// <summary>Quoted, beside another one, separated by a comma.</summary>
    CommaSeparated,

    /// <summary>Never.</summary>
    Dropped,
}

/// <summary>A device on a raw socket.</summary>
internal sealed class ScriptedDevice : IAsyncDisposable
{
    private readonly IPEndPoint door;
    private readonly X509Certificate2? certificate;
    private readonly DeviceCookies cookies;
    private readonly bool usesTls;
    private readonly byte[] proxyHeader;
    private RawClient? client;

    private ScriptedDevice(IPEndPoint door, X509Certificate2? certificate, string serial, DeviceCookies cookies, bool usesTls, string? from)
    {
        proxyHeader = from is null ? [] : Encoding.ASCII.GetBytes($"PROXY {(from.Contains(':', StringComparison.Ordinal) ? "TCP6" : "TCP4")} {from} {(from.Contains(':', StringComparison.Ordinal) ? "::1" : "127.0.0.1")} 40000 7547\r\n");
        (this.door, this.certificate, this.cookies, this.usesTls) = (door, certificate, cookies, usesTls);
        Serial = serial;
    }

    public string Serial { get; }

    /// <summary>The last cookie that it was given, as <c>name=value</c>.</summary>
    public string? Cookie { get; set; }

    /// <summary>Path that it posts to.</summary>
    public string Path { get; set; } = "/";

    /// <summary>Header lines that it sends with every request.</summary>
    public string Headers { get; set; } = "";

    /// <summary>Connects, with TLS where a certificate is given or <paramref name="tls"/> says so; <paramref name="from"/> is the source address of a PROXY header.</summary>
    public static async Task<ScriptedDevice> ConnectAsync(
        IPEndPoint door, X509Certificate2? certificate, string serial, DeviceCookies cookies = DeviceCookies.Returned, bool tls = false, string? from = null)
    {
        var device = new ScriptedDevice(door, certificate, serial, cookies, tls || certificate is not null, from);
        await device.ReconnectAsync();
        return device;
    }

    /// <summary>Drops the connection, if there is one, and opens another.</summary>
    public async Task ReconnectAsync()
    {
        await DisposeAsync();
        client = usesTls ? await RawClient.ConnectTlsAsync(door, certificate, proxyHeader) : await RawClient.ConnectAsync(door);
        await client.SendAsync(usesTls ? [] : proxyHeader);
    }

    /// <summary>Informs, and expects InformResponse.</summary>
    public async Task InformAsync(string id = "1")
    {
        var answer = await PostAsync(Soap.Inform(Serial, id));
        Assert.Equal((200, "InformResponse"), (answer.Status, answer.Method));
        Assert.Equal(id, answer.Id);
    }

    /// <summary>Sends the empty POST.</summary>
    public Task<DeviceSaw> EmptyAsync() => PostAsync("");

    public async Task<DeviceSaw> PostAsync(string body)
    {
        await SendAsync(body);
        return await ReadAsync();
    }

    public Task SendAsync(string body)
    {
        var content = body.Length == 0 ? "" : "Content-Type: text/xml; charset=\"utf-8\"\r\nSOAPAction:\r\n";
        var cookie = cookies switch
        {
            _ when Cookie is null => "",
            DeviceCookies.Returned => $"Cookie: {Cookie}\r\n",
            DeviceCookies.CommaSeparated => $"Cookie: other=\"1\", {Cookie.Replace("=", "=\"", StringComparison.Ordinal)}\"\r\n",
            _ => "",
        };
        return client!.SendAsync(RawClient.Post(body, Path, headers: content + cookie + Headers));
    }

    public async Task<DeviceSaw> ReadAsync()
    {
        var answer = DeviceSaw.Parse(await client!.ReadAnswerAsync());
        Cookie = answer.Header("Set-Cookie")?.Split(';')[0] ?? Cookie;
        return answer;
    }

    public ValueTask DisposeAsync() => client?.DisposeAsync() ?? ValueTask.CompletedTask;
}

/// <summary>One answer as a device saw it; status 0 when the connection ended instead.</summary>
internal sealed record DeviceSaw(int Status, IReadOnlyList<KeyValuePair<string, string>> Headers, string Body)
{
    public string Method => Soap.MethodOf(Body);

    public string Id => Soap.IdOf(Body);

    public string FaultCode => Soap.FaultCodeOf(Body);

    public string? Header(string name) =>
        Headers.Where(header => string.Equals(header.Key, name, StringComparison.OrdinalIgnoreCase)).Select(header => header.Value).FirstOrDefault();

    public static DeviceSaw Parse(string answer)
    {
        if (answer.Length == 0)
        {
            return new DeviceSaw(0, [], "");
        }

        var end = answer.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        var lines = answer[..end].Split("\r\n");
        var headers = lines.Skip(1).Select(line => line.Split(':', 2)).Select(pair => KeyValuePair.Create(pair[0], pair[1].Trim())).ToList();
        var body = Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(answer[(end + 4)..]));
        return new DeviceSaw(int.Parse(lines[0].Split(' ')[1], CultureInfo.InvariantCulture), headers, body);
    }
}
