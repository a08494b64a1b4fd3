using System.Globalization;
using System.Text;
using CwmpShield.Soak.Rig;

namespace CwmpShield.Soak.Strangers;

/// <summary>Strangers who write HTTP as nobody should.</summary>
internal static class HttpStrangers
{
    private const int Workers = 8;
    private const string Start = "POST / HTTP/1.1\r\nHost: acs.example\r\n";

    private static readonly byte[][] Headers =
    [
        Encoding.ASCII.GetBytes(Start + string.Concat(Enumerable.Range(0, 5000).Select(i => string.Create(CultureInfo.InvariantCulture, $"X-{i}: y\r\n"))) + "\r\n"),
        Encoding.ASCII.GetBytes(Start + "X: " + new string('x', 1 << 20) + "\r\n\r\n"),
        Encoding.ASCII.GetBytes("POST /" + new string('a', 1 << 20) + " HTTP/1.1\r\n\r\n"),
    ];

    private static readonly byte[][] Cookies =
    [
        Encoding.ASCII.GetBytes(Start + "Cookie: " + string.Join("; ", Enumerable.Repeat("cwmpshield=0123456789abcdef", 20_000)) + "\r\n\r\n"),
        Messages.Post("", "Cookie: " + string.Join("; ", Enumerable.Repeat("a=b", 2000)) + "\r\n"),
        Messages.Post("", "Cookie: cwmpshield=" + new string('a', 12_000) + "\r\n"),
    ];

    private static readonly byte[] Chunk = Encoding.ASCII.GetBytes("1;" + new string('x', 4000) + "\r\nx\r\n");
    private static readonly byte[] Chunked = Encoding.ASCII.GetBytes(Start + "Content-Type: text/xml\r\nTransfer-Encoding: chunked\r\n\r\n");
    private static readonly byte[] Endless = [.. Chunked, .. "1;"u8];
    private static readonly byte[] Pipeline = [.. Enumerable.Repeat(Messages.Post(""), 500).SelectMany(one => one)];

    public static IReadOnlyList<Stranger> All { get; } =
    [
        new("header-bombs", "MaxHeaders, MaxHeaderBytes", ["headers-too-large", "http-malformed"], false, (field, token) => SendAsync(field, "plain", 72, Headers, token)),
        new("cookie-bombs", "MaxHeaderBytes", ["headers-too-large"], false, (field, token) => SendAsync(field, "open", 80, Cookies, token)),
        new("chunk-extensions", "MaxUnauthenticatedBodyBytes, MaxUpBodyBytes", ["http-malformed", "body-too-large", "body-truncated", "body-slow"], false, ExtendAsync),
        new("smuggling", "framing as RFC 9112 writes it, one answer, connection closed", ["http-malformed", "http-framing"], false, SmuggleAsync),
        new("pipelining", "one request at a time on a connection", ["inform-expected"], false, (field, token) => SendAsync(field, "open", 88, [Pipeline], token)),
    ];

    private static Task SendAsync(Field field, string door, int address, byte[][] bombs, CancellationToken cancellation) => field.CrowdAsync(
        Workers,
        async (worker, token) =>
        {
            await using var line = await Line.OpenAsync(field.Door(door), Field.Address(address + worker % 4), token);
            await line.SendAsync(bombs[field.Attempts % bombs.Length], token);
            await line.ReadToEndAsync(token);
        },
        cancellation);

    private static Task ExtendAsync(Field field, CancellationToken cancellation) => field.CrowdAsync(
        Workers,
        async (worker, token) =>
        {
            await using var line = await Line.OpenAsync(field.Door("open"), Field.Address(96 + worker % 4), token);
            await line.SendAsync(worker % 2 == 0 ? Chunked : Endless, token);
            for (var i = 0; i < 20_000; i++)
            {
                await line.SendAsync(worker % 2 == 0 ? Chunk : Chunk.AsMemory(2, 4000), token);
            }
        },
        cancellation);

    private static Task SmuggleAsync(Field field, CancellationToken cancellation) => field.CrowdAsync(
        Workers,
        async (worker, token) =>
        {
            await using var line = await Line.OpenAsync(field.Door("plain"), Field.Address(104 + worker % 4), token);
            await line.SendAsync(SmugglingShape.All[(int)(field.Attempts % SmugglingShape.All.Count)].Bytes, token);
            await line.ReadToEndAsync(token);
        },
        cancellation);
}
