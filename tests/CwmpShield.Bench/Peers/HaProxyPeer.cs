using System.Globalization;

namespace CwmpShield.Bench.Peers;

/// <summary>HAProxy of Debian with mutual TLS.</summary>
internal static class HaProxyPeer
{
    private const string Program = "/usr/sbin/haproxy";

    /// <summary>Starts it.</summary>
    public static async Task<Peer> StartAsync(BenchFleet fleet, int acs)
    {
        Require.File(Program, "haproxy");
        var port = FreePort.Find();
        var file = fleet.File("haproxy.cfg");
        await File.WriteAllTextAsync(file, string.Create(CultureInfo.InvariantCulture, $"""
            global
              nbthread 2
              maxconn 8192
            defaults
              mode http
              timeout connect 5s
              timeout client 600s
              timeout server 60s
            frontend devices
              bind 127.0.0.1:{port} ssl crt {fleet.File("both.pem")} ca-file {fleet.Authority} verify required
              option forwardfor
              http-request return status 404 unless {"{"} path /acs {"}"}
              default_backend acs
            backend acs
              server one 127.0.0.1:{acs}

            """));
        var process = PeerProcess.Start(Program, ["-db", "-q", "-f", file]);
        await FreePort.ReadyAsync(process, port);
        return new Peer(Peer.HaProxy, process, port);
    }
}
