using System.Net;
using System.Security.Cryptography.X509Certificates;
using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.Identity;
using CwmpShield.Gateway.Listening;
using CwmpShield.Gateway.Revocation;
using CwmpShield.Gateway.Tests.Listening;
using Microsoft.Extensions.DependencyInjection;

namespace CwmpShield.Gateway.Tests.Revocation;

/// <summary>A listener with a revocation list, and the authority that writes it.</summary>
internal sealed class RevocationLab : IDisposable
{
    private readonly LabRevocationList list = LabRevocationList.Empty();

    public RevocationLab() => Write();

    public TlsLab Tls { get; } = new();

    public string CrlPath => Tls.Path("devices.crl");

    public ListenerOptions Listener(RevocationOptions? revocation = null) =>
        Tls.Listener() with { Revocation = revocation ?? new RevocationOptions { CrlFiles = [CrlPath] } };

    /// <summary>A certificate of the operator's authority.</summary>
    public X509Certificate2 Device(string name = "001122-HGW-S1") => Tls.Devices.IssueClient(name);

    /// <summary>Writes the list anew, with <paramref name="revoked"/> added.</summary>
    public void Write(params X509Certificate2[] revoked) => Write(TimeSpan.FromDays(1), revoked);

    public void Write(TimeSpan life, params X509Certificate2[] revoked) => File.WriteAllText(CrlPath, Sign(life, revoked));

    public string Sign(TimeSpan life, params X509Certificate2[] revoked)
    {
        var now = TimeProvider.System.GetUtcNow();
        foreach (var certificate in revoked)
        {
            list.Revoke(certificate.SerialNumberBytes.Span, now, X509RevocationReason.KeyCompromise);
        }

        return list.Sign(Tls.Devices, now.AddSeconds(-1) + (life < TimeSpan.Zero ? 2 * life : TimeSpan.Zero), life < TimeSpan.Zero ? -life : life);
    }

    /// <summary>Lets the listener look at its bundle and files now.</summary>
    public static void Poll(ListenerHost host)
    {
        host.Services.GetRequiredService<FilePoller>().Poll();
        foreach (var source in host.Services.GetRequiredService<CertificateDoors>().Sources)
        {
            source.PollFiles();
        }
    }

    /// <summary>The status line of the answer to a request; empty when there is no connection or no answer.</summary>
    public static Task<string> AskAsync(ListenerHost host, X509Certificate2 device) => AskAsync(host.Device, device);

    public static async Task<string> AskAsync(IPEndPoint endpoint, X509Certificate2 device)
    {
        try
        {
            await using var client = await RawClient.ConnectTlsAsync(endpoint, device);
            return await AskAsync(client);
        }
        catch (Exception refused) when (refused is System.Security.Authentication.AuthenticationException or IOException)
        {
            return "";
        }
    }

    public static async Task<string> AskAsync(RawClient client) => (await client.AskAsync(RawClient.Post("x"))).Split("\r\n")[0];

    public void Dispose() => Tls.Dispose();
}
