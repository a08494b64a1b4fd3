using System.Net;
using System.Net.Sockets;
using System.Text;
using CwmpShield.Core.ConnectionRequests;
using CwmpShield.Core.Cwmp;
using CwmpShield.Core.DataModel.Values;
using CwmpShield.Core.Identity;
using CwmpShield.Core.Udp;
using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.ConnectionRequests;
using CwmpShield.Gateway.ConnectionRequests.Udp;
using CwmpShield.Gateway.Storage;
using CwmpShield.Gateway.Telemetry;
using CwmpShield.Gateway.Tests.Listening;
using Microsoft.Extensions.Logging.Abstractions;

namespace CwmpShield.Gateway.Tests.ConnectionRequests.Udp;

/// <summary>Both UDP doors on loopback, with devices in a list.</summary>
internal sealed class UdpLab : IAsyncDisposable
{
    private readonly ShieldMetrics shield = new();
    private readonly PrometheusText text;
    private readonly Listed list = new();
    private readonly UdpClient acs = new(new IPEndPoint(IPAddress.Loopback, 0));
    private UdpService service = null!;

    private UdpLab() => text = new PrometheusText(shield);

    public UdpCaller Caller { get; private set; } = null!;

    public IPEndPoint Stun => service.Sockets!.Stun.Endpoint;

    public IPEndPoint Acs => service.Sockets!.Acs!.Endpoint;

    /// <summary>Whether the registry is gone.</summary>
    public bool IsBroken
    {
        set => list.IsBroken = value;
    }

    public static async Task<UdpLab> StartAsync(Func<ConnectionRequestOptions, ConnectionRequestOptions>? options = null, string access = "127.0.0.0/8", TimeProvider? time = null)
    {
        var lab = new UdpLab();
        var plain = new ConnectionRequestOptions
        {
            AcsNetworks = ["127.0.0.1"],
            Udp = new() { Address = "127.0.0.1", Port = 0, AcsAddress = "127.0.0.1", AcsPort = 0, PublicAddress = "broker.example.net:7549" },
        };
        var used = options?.Invoke(plain) ?? plain;
        var clock = time ?? TimeProvider.System;
        var metrics = new UdpMetrics(lab.shield);
        Assert.True(IpValue.TryParse(access, out var network));
        lab.Caller = new UdpCaller(used.Udp, new EndpointPolicy { AccessNetworks = [network] }, metrics, clock);
        var memory = new UdpRequestMemory(clock.GetUtcNow(), used.Udp.ClockTolerance);
        lab.service = new UdpService(used, new UdpBroker(lab.list, memory, lab.Caller.Call, clock), lab.Caller, metrics, clock, NullLogger<UdpService>.Instance);
        await lab.service.StartAsync(default);
        return lab;
    }

    /// <summary>Has the gateway learn <paramref name="device"/> under a user and a secret.</summary>
    public CallTarget Learn(IPEndPoint device, string user, string password, long key = 1, bool isObserved = false)
    {
        var learned = new LearnedEndpoint
        {
            DeviceKey = key,
            Device = new DeviceId("00D09E", "HGW", $"S{key}"),
            Udp = new UdpEndpoint(IpValue.From(device.Address), device.Port, isObserved),
        };
        var known = new CallTarget(learned, DeviceStatus.Active, "HGW-1", [new RequestCredential(user, new StoredSecret.Password(Encoding.UTF8.GetBytes(password)))]);
        list.Devices.Add(known);
        return known;
    }

    /// <summary>Sends a datagram as an ACS on loopback does.</summary>
    public Task SendAsync(byte[] datagram) => acs.SendAsync(datagram, Acs).AsTask();

    /// <summary>A request as an ACS signs it; the time is the gateway's own plus <paramref name="after"/> seconds.</summary>
    public static byte[] Request(string user, string password, int after = 0, string id = "77", string nonce = "c0ffee00c0ffee00", bool upper = false, bool slash = false)
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() + after;
        Assert.True(UdpConnectionRequestWriter.TryWrite(
            "broker.example.net:7549", new(now, id, nonce), user, Encoding.UTF8.GetBytes(password), new(upper, slash), out var datagram));
        return datagram;
    }

    /// <summary>Waits until the metric has counted <paramref name="outcome"/> so often.</summary>
    public Task CountsAsync(string metric, string outcome, int times = 1) =>
        ListenerHost.EventuallyAsync(() => Count(metric, outcome) >= times, $"{metric} {outcome}\n{Metrics()}");

    public double Count(string metric, string outcome)
    {
        var line = Metrics().Split('\n').FirstOrDefault(line => line.StartsWith($"cwmpshield_{metric}_total{{outcome=\"{outcome}\"}} ", StringComparison.Ordinal));
        return line is null ? 0 : double.Parse(line[(line.LastIndexOf(' ') + 1)..], System.Globalization.CultureInfo.InvariantCulture);
    }

    public string Metrics()
    {
        var output = new System.Buffers.ArrayBufferWriter<byte>();
        text.Write(PrometheusFormat.Text, output);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    public async ValueTask DisposeAsync()
    {
        await service.StopAsync(default);
        service.Dispose();
        acs.Dispose();
        text.Dispose();
        shield.Dispose();
    }

    private sealed class Listed : UdpDirectory
    {
        public List<CallTarget> Devices { get; } = [];

        public bool IsBroken { get; set; }

        public override ValueTask<IReadOnlyList<CallTarget>> FindAsync(string user, int limit, CancellationToken cancellationToken) => IsBroken
            ? throw new RegistryUnavailableException("gone", new IOException())
            : new([.. Devices.Where(device => device.Credentials.Any(one => one.User == user)).Take(limit)]);
    }
}
