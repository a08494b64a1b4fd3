using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace CwmpShield.Gateway.Tests.ConnectionRequests.Udp;

/// <summary>
/// A device behind nothing: one UDP socket that asks STUN for its address and takes connection requests as TR-069 Annex G.2.1.4 wants:
/// a later timestamp than the last, another id, its user name, and the HMAC of its password without regard to case.
/// </summary>
internal sealed partial class AnnexGDevice(string user, string password) : IDisposable
{
    private readonly UdpClient socket = new(new IPEndPoint(IPAddress.Loopback, 0));
    private long lastTimestamp = -1;
    private string lastId = "";

    /// <summary>Where it listens.</summary>
    public IPEndPoint Endpoint => (IPEndPoint)socket.Client.LocalEndPoint!;

    /// <summary>Sockets that accepted requests came from, one for each.</summary>
    public List<IPEndPoint> Accepted { get; } = [];

    /// <summary>Requests as they came, accepted or not.</summary>
    public List<string> Heard { get; } = [];

    [GeneratedRegex(@"^GET http://[^ ?]+\?ts=(?<ts>[0-9]+)&id=(?<id>[0-9]+)&un=(?<un>[^ &]+)&cn=(?<cn>[^ &]+)&sig=(?<sig>[0-9a-fA-F]{40}) HTTP/1\.1\r\n", RegexOptions.NonBacktracking)]
    private static partial Regex Request { get; }

    /// <summary>Asks a STUN server; the answer, or null when none comes.</summary>
    public async Task<byte[]?> AskAsync(IPEndPoint server, byte[] request)
    {
        await socket.SendAsync(request, server);
        return await ReceiveAsync(TimeSpan.FromSeconds(10)) is { } answer ? answer.Buffer : null;
    }

    /// <summary>Sends without waiting.</summary>
    public Task SendAsync(IPEndPoint server, byte[] datagram) => socket.SendAsync(datagram, server).AsTask();

    /// <summary>Takes what comes until <paramref name="count"/> requests were accepted.</summary>
    public async Task AcceptAsync(int count)
    {
        while (Accepted.Count < count)
        {
            Take(await ReceiveAsync(TimeSpan.FromSeconds(90)) ?? throw new TimeoutException($"{Accepted.Count} of {count} requests were accepted; heard: {string.Join('|', Heard)}"));
        }
    }

    /// <summary>Takes what has come already.</summary>
    public async Task DrainAsync()
    {
        while (await ReceiveAsync(TimeSpan.FromMilliseconds(200)) is { } datagram)
        {
            Take(datagram);
        }
    }

    public void Dispose() => socket.Dispose();

    [SuppressMessage("Security", "CA5350:Do Not Use Weak Cryptographic Algorithms", Justification = "Annex G has no other.")]
    private void Take(UdpReceiveResult datagram)
    {
        var text = Encoding.ASCII.GetString(datagram.Buffer);
        Heard.Add(text);
        var match = Request.Match(text);
        if (!match.Success)
        {
            return;
        }

        string Value(string name) => match.Groups[name].Value;
        var timestamp = long.Parse(Value("ts"), System.Globalization.CultureInfo.InvariantCulture);
        var signature = Convert.ToHexString(HMACSHA1.HashData(
            Encoding.UTF8.GetBytes(password), Encoding.UTF8.GetBytes(Value("ts") + Value("id") + Value("un") + Value("cn"))));
        if (timestamp > lastTimestamp && Value("id") != lastId && Value("un") == user && signature.Equals(Value("sig"), StringComparison.OrdinalIgnoreCase))
        {
            (lastTimestamp, lastId) = (timestamp, Value("id"));
            Accepted.Add(datagram.RemoteEndPoint);
        }
    }

    private async Task<UdpReceiveResult?> ReceiveAsync(TimeSpan patience)
    {
        using var end = new CancellationTokenSource(patience);
        try
        {
            return await socket.ReceiveAsync(end.Token);
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }
}
