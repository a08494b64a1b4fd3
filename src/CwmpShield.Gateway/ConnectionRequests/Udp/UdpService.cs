using System.Text;
using CwmpShield.Core.Udp;
using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.Telemetry;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CwmpShield.Gateway.ConnectionRequests.Udp;

/// <summary>Opens the UDP sockets with the gateway and closes them with it. An address that cannot be opened stops the start.</summary>
internal sealed class UdpService(
    ConnectionRequestOptions options, UdpBroker broker, UdpCaller caller, UdpMetrics metrics, TimeProvider time, ILogger<UdpService> logger) : IHostedService, IDisposable
{
    private readonly CancellationTokenSource stopping = new();
    private Task running = Task.CompletedTask;

    /// <summary>The open sockets; null before the start and where UDP is off.</summary>
    public UdpSockets? Sockets { get; private set; }

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        var udp = options.Udp;
        if (!udp.IsOn)
        {
            return Task.CompletedTask;
        }

        var key = udp.StunPasswordFile.Length > 0 ? Encoding.UTF8.GetBytes(FirstLine(udp.StunPasswordFile)) : [];
        var stun = new StunDoor(udp, new StunServer(Encoding.UTF8.GetBytes(udp.StunUser), key), metrics, time, logger);
        var acs = udp.TakesAcs ? new AcsDoor(options, broker, metrics, time, logger) : null;
        Sockets = new UdpSockets(stun, acs);
        caller.Open(Sockets);
        running = Task.WhenAll(stun.RunAsync(stopping.Token), acs?.RunAsync(stopping.Token) ?? Task.CompletedTask);
        UdpLog.Listening(logger, stun.Endpoint.ToString(), acs?.Endpoint.ToString() ?? "nowhere");
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await stopping.CancelAsync();
        await running.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Sockets?.Stun.Dispose();
        Sockets?.Acs?.Dispose();
        stopping.Dispose();
    }

    private static string FirstLine(string path) => File.ReadLines(path).FirstOrDefault("").TrimEnd('\r');
}
