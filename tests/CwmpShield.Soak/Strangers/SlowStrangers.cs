using System.Text;
using CwmpShield.Soak.Rig;

namespace CwmpShield.Soak.Strangers;

/// <summary>Strangers who take their time.</summary>
internal static class SlowStrangers
{
    private const int Addresses = 4;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);
    private static readonly byte[] Head = Encoding.ASCII.GetBytes("POST / HTTP/1.1\r\nHost: acs.example\r\nX-Slow: " + new string('x', 4096));
    private static readonly byte[] Announced = Encoding.ASCII.GetBytes("POST / HTTP/1.1\r\nHost: acs.example\r\nContent-Type: text/xml\r\nContent-Length: 60000\r\n\r\n");

    public static IReadOnlyList<Stranger> All { get; } =
    [
        new("slow-headers", "MaxConnectionsPerAddress, HeaderTime", ["idle-time", "too-many-connections-per-address"], false, HeadersAsync),
        new("slow-bodies", "MaxConnectionsPerAddress, MinBytesPerSecond, RequestTime", ["body-slow", "request-time", "too-many-connections-per-address"], false, BodiesAsync),
        new("slow-readers", "MinBytesPerSecond, MaxConnectionsPerAddress", ["too-many-connections-per-address", "gateway-stopping", "http-malformed", "idle-time"], false, ReadersAsync),
    ];

    private static Task HeadersAsync(Field field, CancellationToken cancellation) => field.CrowdAsync(
        288,
        async (worker, token) =>
        {
            await using var line = await Line.OpenAsync(field.Door("plain"), Field.Address(48 + worker % Addresses), token);
            await TrickleAsync(line, Head, token);
        },
        cancellation);

    private static Task BodiesAsync(Field field, CancellationToken cancellation) => field.CrowdAsync(
        288,
        async (worker, token) =>
        {
            await using var line = await Line.OpenAsync(field.Door("open"), Field.Address(56 + worker % Addresses), token);
            await line.SendAsync(Announced, token);
            await TrickleAsync(line, Head, token);
        },
        cancellation);

    /// <summary>Asks and asks, and reads no answer.</summary>
    private static Task ReadersAsync(Field field, CancellationToken cancellation) => field.CrowdAsync(
        288,
        async (worker, token) =>
        {
            await using var line = await Line.OpenAsync(field.Door("plain"), Field.Address(64 + worker % Addresses), token);
            var request = Messages.Post("");
            for (var i = 0; i < 200; i++)
            {
                await line.SendAsync(request, token);
                await Task.Delay(Pause / 10, token);
            }
        },
        cancellation);

    private static async Task TrickleAsync(Line line, byte[] bytes, CancellationToken cancellation)
    {
        foreach (var octet in bytes)
        {
            await line.SendAsync(new[] { octet }, cancellation);
            await Task.Delay(Pause, cancellation);
        }
    }
}
