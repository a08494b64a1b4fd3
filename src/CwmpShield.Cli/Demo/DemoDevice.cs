using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using CwmpShield.Core.Cwmp;
using CwmpShield.Core.Wire;

namespace CwmpShield.Cli.Demo;

/// <summary>A customer device of the demonstration: it informs, obeys every order that reaches it, and goes.</summary>
internal sealed class DemoDevice : IDisposable
{
    private readonly HttpClient http;
    private readonly string serial;

    /// <summary>A device that proves itself by certificate, by Digest, or by both.</summary>
    /// <param name="gateway">Where it connects.</param>
    /// <param name="root">The CA that it trusts.</param>
    /// <param name="serial">The serial number that it claims.</param>
    /// <param name="certificate">Its client certificate, null when it has none.</param>
    /// <param name="credential">Its HTTP user and password, null when it has none.</param>
    public DemoDevice(Uri gateway, X509Certificate2 root, string serial, X509Certificate2? certificate, NetworkCredential? credential)
    {
        this.serial = serial;
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
        };
        policy.CustomTrustStore.Add(root);
        var handler = new SocketsHttpHandler
        {
            UseProxy = false,
            MaxConnectionsPerServer = 1,
            Credentials = credential is null ? null : new CredentialCache { { gateway, "Digest", credential } },
            SslOptions = new SslClientAuthenticationOptions { CertificateChainPolicy = policy },
        };
        if (certificate is not null)
        {
            handler.SslOptions.ClientCertificates = [certificate];
        }

        http = new HttpClient(handler) { BaseAddress = gateway, Timeout = TimeSpan.FromSeconds(30) };
    }

    /// <summary>Names of the orders that reached the device, in order.</summary>
    public List<string> Obeyed { get; } = [];

    /// <summary>The software that it runs.</summary>
    public string Version { get; set; } = "4.2.0";

    /// <summary>Where the last Download order told it to fetch; empty before the first.</summary>
    public string FetchesFrom { get; private set; } = "";

    /// <summary>Runs one session to its end.</summary>
    /// <param name="eventCode">Why it informs.</param>
    /// <param name="report">A request that it sends after its Inform, null for none.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>The status of the last HTTP answer: 204 for a session that ended well.</returns>
    public async Task<HttpStatusCode> InformAsync(string eventCode, string? report, CancellationToken cancellation)
    {
        var (status, _) = await PostAsync(DemoSoap.Envelope("1", DemoSoap.Inform("001122", "HGW", serial, eventCode, Version)), cancellation);
        if (status == HttpStatusCode.OK && report is not null)
        {
            (status, _) = await PostAsync(DemoSoap.Envelope("2", report), cancellation);
        }

        if (status != HttpStatusCode.OK)
        {
            return status;
        }

        var body = "";
        while (true)
        {
            (status, var order) = await PostAsync(body, cancellation);
            if (status != HttpStatusCode.OK || order is null)
            {
                return status;
            }

            Obeyed.Add(order.Name);
            FetchesFrom = order.Transfers is [{ Kind: TransferKind.Download } transfer] ? transfer.Url : FetchesFrom;
            body = DemoSoap.Envelope(order.Id ?? "", DemoSoap.Answer(order.Name));
        }
    }

    /// <summary>Fetches what it was told to.</summary>
    public Task<byte[]> FetchAsync(CancellationToken cancellation) => http.GetByteArrayAsync(new Uri(FetchesFrom), cancellation);

    /// <inheritdoc/>
    public void Dispose() => http.Dispose();

    private async Task<(HttpStatusCode Status, CwmpMessage? Message)> PostAsync(string body, CancellationToken cancellation)
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        if (body.Length > 0)
        {
            content.Headers.ContentType = MediaTypeHeaderValue.Parse("text/xml; charset=utf-8");
        }

        using var request = new HttpRequestMessage(HttpMethod.Post, "") { Content = content };
        if (body.Length > 0)
        {
            request.Headers.TryAddWithoutValidation("SOAPAction", "");
        }

        using var answer = await http.SendAsync(request, cancellation);
        var bytes = await answer.Content.ReadAsByteArrayAsync(cancellation);
        var message = bytes.Length > 0
            && SoapReader.TryRead(bytes, "text/xml", SoapLimits.FromAcs, out var envelope, out _)
            && CwmpMessageReader.TryRead(envelope!, Direction.AcsToCpe, out var read, out _)
                ? read
                : null;
        return (answer.StatusCode, message);
    }
}
