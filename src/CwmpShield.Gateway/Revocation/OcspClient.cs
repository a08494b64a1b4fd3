using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using CwmpShield.Core.Identity.Revocation;
using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.Telemetry;
using Microsoft.Extensions.Logging;

namespace CwmpShield.Gateway.Revocation;

/// <summary>Asks a listener's OCSP responder for the certificates that wait, a few at a time, in the background.</summary>
internal sealed class OcspClient(
    ListenerOptions listener, RevocationState state, RevocationHttp http, RevocationMetrics metrics, TimeProvider time, ILogger logger)
{
    private const int Workers = 4;
    private const int MaxResponseBytes = 64 << 10;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly MediaTypeHeaderValue MediaType = new("application/ocsp-request");
    private readonly OcspResponseReader reader = new(new OcspRules(
        listener.CertificatePolicy, listener.Revocation.RequireOcspNonce, listener.Revocation.OcspMaxAge, link => state.Lists.IsRevoked(link)));

    /// <summary>Works until it is cancelled.</summary>
    public Task RunAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(Enumerable.Range(0, Workers).Select(_ => WorkAsync(state.Ocsp!, cancellationToken)));

    private async Task WorkAsync(OcspAnswers answers, CancellationToken cancellationToken)
    {
        await foreach (var certificate in answers.Queue.ReadAllAsync(cancellationToken))
        {
            var (answer, reason) = await AskAsync(certificate, cancellationToken);
            if (answer is not { } good)
            {
                answers.Fail(certificate);
            }
            else if (!answers.Take(certificate, good))
            {
                reason = RevocationReason.OcspStale;
            }

            metrics.Asked(listener.Name, reason);
            if (reason.Length > 0)
            {
                ShieldLog.OcspFailed(logger, listener.Name, reason);
            }
        }
    }

    private async Task<(OcspAnswer? Answer, string Reason)> AskAsync(DeviceCertificate certificate, CancellationToken cancellationToken)
    {
        var nonce = RandomNumberGenerator.GetBytes(OcspQuestion.NonceOctets);
        var question = new OcspQuestion(certificate.Issuer, certificate.Link.Serial, nonce, listener.Revocation.UseOcspSha256);
        using var request = new HttpRequestMessage(HttpMethod.Post, listener.Revocation.OcspUrl) { Content = new ByteArrayContent(question.ToRequest()) };
        request.Content.Headers.ContentType = MediaType;
        var response = await http.SendAsync(request, MaxResponseBytes, Patience, cancellationToken);
        if (response is not { Status: HttpStatusCode.OK })
        {
            return (null, RevocationReason.OcspUnavailable);
        }

        return reader.TryRead(response.Body, question, time.GetUtcNow(), out var answer, out var reason) ? (answer, "") : (null, reason);
    }
}
