using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace CwmpShield.Bench;

/// <summary>nginx of Debian with one worker, installed where it is missing, serving a folder over TLS on loopback.</summary>
internal sealed class Nginx : IDisposable
{
    private readonly Process process;

    private Nginx(Process process, int port) => (this.process, Port) = (process, port);

    public int Port { get; }

    public static Nginx Start(string folder)
    {
        if (!File.Exists("/usr/sbin/nginx"))
        {
            using var install = Process.Start("apt-get", ["install", "-y", "-q", "--no-install-recommends", "nginx-light"])!;
            install.WaitForExit();
        }

        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        var port = ((IPEndPoint)probe.LocalEndpoint).Port;
        probe.Stop();
        var configuration = Path.Combine(folder, "nginx.conf");
        File.WriteAllText(configuration, $$"""
            daemon off; master_process off; worker_processes 1; pid {{folder}}/nginx.pid; error_log {{folder}}/nginx.log;
            events { worker_connections 64; }
            http {
              access_log off; sendfile on; tcp_nopush on;
              client_body_temp_path {{folder}}; proxy_temp_path {{folder}}; fastcgi_temp_path {{folder}}; uwsgi_temp_path {{folder}}; scgi_temp_path {{folder}};
              server {
                listen 127.0.0.1:{{port}} ssl; ssl_certificate {{folder}}/tls.pem; ssl_certificate_key {{folder}}/tls.key;
                ssl_protocols TLSv1.2 TLSv1.3; root {{folder}};
              }
            }
            """);
        var nginx = new Nginx(Process.Start("/usr/sbin/nginx", ["-c", configuration])!, port);
        for (var i = 0; i < 100; i++)
        {
            try
            {
                using var client = new TcpClient("127.0.0.1", port);
                return nginx;
            }
            catch (SocketException)
            {
                Thread.Sleep(50);
            }
        }

        nginx.Dispose();
        throw new InvalidOperationException("nginx did not start: " + configuration);
    }

    public void Dispose()
    {
        process.Kill();
        process.WaitForExit();
        process.Dispose();
    }
}
