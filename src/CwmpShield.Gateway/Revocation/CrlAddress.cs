using System.Net;
using System.Net.Http.Headers;
using CwmpShield.Core.Identity.Revocation;
using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.Listening;
using CwmpShield.Gateway.Telemetry;
using Microsoft.Extensions.Logging;

namespace CwmpShield.Gateway.Revocation;

/// <summary>An address of revocation lists, fetched when it is due: conditionally, bounded, and sooner after a failure.</summary>
internal sealed class CrlAddress(
    string address, ListenerOptions listener, RevocationState state, RevocationHttp http, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan RetryAfter = TimeSpan.FromMinutes(1);
    private DateTimeOffset due;
    private EntityTagHeaderValue? tag;
    private DateTimeOffset? lastModified;
    private ClientCaBundle? bundle;

    /// <summary>Fetches the lists when that is due, or when the bundle has changed.</summary>
    public async Task PollAsync(CancellationToken cancellationToken)
    {
        var current = state.Bundle;
        if (!ReferenceEquals(bundle, current))
        {
            // What another bundle could not verify may be good now: fetch all of it.
            (bundle, tag, lastModified, due) = (current, null, null, default);
        }

        if (time.GetUtcNow() < due)
        {
            return;
        }

        var reason = await FetchAsync(cancellationToken);
        var interval = listener.Revocation.RefreshInterval;
        due = time.GetUtcNow() + (reason.Length == 0 || interval < RetryAfter ? interval : RetryAfter);
        if (reason.Length > 0)
        {
            ShieldLog.CrlFailed(logger, listener.Name, address, reason);
        }
    }

    private async Task<string> FetchAsync(CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        if (tag is not null)
        {
            request.Headers.IfNoneMatch.Add(tag);
        }

        request.Headers.IfModifiedSince = lastModified;
        var answer = await http.SendAsync(request, listener.Revocation.MaxCrlBytes, Patience, cancellationToken);
        if (answer is { Status: HttpStatusCode.NotModified } && (tag is not null || lastModified is not null))
        {
            return "";
        }

        if (answer is not { Status: HttpStatusCode.OK })
        {
            return state.Miss(RevocationReason.CrlUnavailable);
        }

        var reason = state.Take(answer.Body);
        (tag, lastModified) = reason.Length == 0 ? (answer.Tag, answer.LastModified) : (null, null);
        return reason;
    }
}
