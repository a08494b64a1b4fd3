using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using CwmpShield.Gateway.Identity;
using CwmpShield.Gateway.Tests.Listening;
using Microsoft.AspNetCore.Http;

namespace CwmpShield.Gateway.Tests.Revocation;

/// <summary>
/// OpenSSL's OCSP responder behind the test's own HTTP server (its own listens on every interface).
/// </summary>
internal sealed class OpenSslResponder : IAsyncDisposable
{
    private const string Date = "yyMMddHHmmss'Z'";
    private readonly TlsLab lab;
    private readonly string signer;
    private WebServer? server;
    private int asked;

    private OpenSslResponder(TlsLab lab, string signer) => (this.lab, this.signer) = (lab, signer);

    public string Address => server!.Address + "/ocsp";

    /// <summary>Questions that were answered.</summary>
    public int Asked => asked;

    /// <summary>Starts it; a delegated one signs with a certificate of its own, else the authority signs.</summary>
    public static async Task<OpenSslResponder> StartAsync(TlsLab lab, bool isDelegated)
    {
        using var own = lab.Devices.Issue(new LabCertificateRequest
        {
            CommonName = "Responder",
            Extensions = [new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.9")], false)],
        });
        lab.WritePem(isDelegated ? own : lab.Devices.Certificate, "responder");
        await File.WriteAllTextAsync(lab.Path("index"), "");
        var responder = new OpenSslResponder(lab, lab.Path("responder"));
        responder.server = await WebServer.StartAsync(responder.AnswerAsync);
        return responder;
    }

    /// <summary>Enters a certificate into the index.</summary>
    public void Add(X509Certificate2 certificate, bool isRevoked = false)
    {
        var expiry = certificate.NotAfter.ToUniversalTime().ToString(Date, CultureInfo.InvariantCulture);
        var revoked = isRevoked ? TimeProvider.System.GetUtcNow().AddMinutes(-1).ToString(Date, CultureInfo.InvariantCulture) + ",keyCompromise" : "";
        File.AppendAllText(
            lab.Path("index"),
            $"{(isRevoked ? 'R' : 'V')}\t{expiry}\t{revoked}\t{certificate.SerialNumber}\tunknown\t/CN={certificate.GetNameInfo(X509NameType.SimpleName, false)}\n",
            Encoding.ASCII);
    }

    public ValueTask DisposeAsync() => server?.DisposeAsync() ?? ValueTask.CompletedTask;

    private async Task AnswerAsync(HttpContext context)
    {
        var name = lab.Path(Path.GetRandomFileName());
        await using (var question = File.Create(name + ".req"))
        {
            await context.Request.Body.CopyToAsync(question);
        }

        var start = new ProcessStartInfo("openssl") { UseShellExecute = false, RedirectStandardError = true, RedirectStandardOutput = true };
        foreach (var argument in (string[])
            ["ocsp", "-index", lab.Path("index"), "-CA", lab.CaPath, "-rsigner", signer + ".pem", "-rkey", signer + ".key",
             "-nmin", "5", "-reqin", name + ".req", "-respout", name + ".res"])
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        await process.WaitForExitAsync();
        Interlocked.Increment(ref asked);
        context.Response.ContentType = "application/ocsp-response";
        await context.Response.Body.WriteAsync(await File.ReadAllBytesAsync(name + ".res"));
    }
}
