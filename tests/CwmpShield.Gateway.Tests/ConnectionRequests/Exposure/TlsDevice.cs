using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace CwmpShield.Gateway.Tests.ConnectionRequests.Exposure;

/// <summary>A device's web server behind a certificate that nobody knows; it asks for Basic.</summary>
internal sealed class TlsDevice : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly Task serving;

    public TlsDevice(X509Certificate2 certificate)
    {
        listener.Start();
        serving = ServeAsync(certificate);
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public async ValueTask DisposeAsync()
    {
        listener.Stop();
        await serving;
    }

    private async Task ServeAsync(X509Certificate2 certificate)
    {
        try
        {
            while (true)
            {
                using var client = await listener.AcceptTcpClientAsync();
                try
                {
                    await using var stream = new SslStream(client.GetStream());
                    await stream.AuthenticateAsServerAsync(certificate);
                    Assert.True(await stream.ReadAsync(new byte[4096]) > 0);
                    await stream.WriteAsync("HTTP/1.1 401 No\r\nWWW-Authenticate: Basic realm=\"r\"\r\nContent-Length: 0\r\n\r\n"u8.ToArray());
                }
                catch (Exception broken) when (broken is IOException or AuthenticationException)
                {
                    // The next one.
                }
            }
        }
        catch (SocketException)
        {
            // Stopped.
        }
    }
}
