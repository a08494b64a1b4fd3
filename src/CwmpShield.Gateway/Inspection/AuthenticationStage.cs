using CwmpShield.Core.Identity;
using CwmpShield.Core.Identity.Limits;
using CwmpShield.Gateway.Auditing;
using CwmpShield.Gateway.Forwarding;
using CwmpShield.Gateway.Identity;
using CwmpShield.Gateway.Listening;
using CwmpShield.Gateway.Telemetry;
using CwmpShield.Gateway.Throttling;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace CwmpShield.Gateway.Inspection;

/// <summary>Settles who speaks before any body is read. What a TLS connection has proven once holds for its later requests that bring no credential.</summary>
internal sealed class AuthenticationStage(
    RequestDelegate next, DeviceAuthenticator authenticator, PartyGate gate, ImpersonationAlarm alarm, StrangerAudit strangers, RequestRefusal refusal, ShieldMetrics metrics)
{
    private const string Proven = "proven";
    private const string Observed = "observed";

    /// <summary>Authenticates; only a proven request goes on, with its <see cref="ProvenIdentity"/> among the features.</summary>
    public async Task InvokeAsync(HttpContext context)
    {
        var connection = context.Features.GetRequiredFeature<DeviceConnection>();
        if (await ProveAsync(context, connection) is { } identity)
        {
            context.Features.Set(identity);
            await next(context);
        }
    }

    private async Task<ProvenIdentity?> ProveAsync(HttpContext context, DeviceConnection connection)
    {
        if (connection.IsTls
            && context.Request.Headers.Authorization.Count == 0
            && connection.Items.TryGetValue(typeof(ProvenIdentity), out var known))
        {
            return (ProvenIdentity)known;
        }

        var outcome = await authenticator.AuthenticateAsync(RequestOf(context, connection), context.RequestAborted);
        var listener = connection.Listener.Name;
        switch (outcome)
        {
            case AuthenticationOutcome.Proven proven when LogIn(proven.Identity, connection) is { IsGranted: false } late:
                metrics.Authenticated(listener, late.Reason);
                refusal.Postpone(context, late.Reason, RetryAfter.Seconds(late.Wait));
                return null;
            case AuthenticationOutcome.Proven proven:
                metrics.Authenticated(listener, proven.Identity.WouldRefuse is null ? Proven : Observed);
                connection.Items[typeof(ProvenIdentity)] = proven.Identity;
                return proven.Identity;
            case AuthenticationOutcome.Challenged challenged:
                metrics.Authenticated(listener, challenged.Reason);
                if (challenged.Reason is not (IdentityReason.CredentialMissing or IdentityReason.NonceStale))
                {
                    strangers.Unproven(connection, challenged.Reason, "");
                }

                await ChallengeAsync(context, challenged, connection);
                return null;
            case AuthenticationOutcome.Throttled throttled:
                metrics.Authenticated(listener, throttled.Reason);
                refusal.Postpone(context, throttled.Reason, RetryAfter.Seconds(throttled.Wait));
                return null;
            case AuthenticationOutcome.Unavailable unavailable:
                metrics.Authenticated(listener, unavailable.Reason);
                refusal.Answer(context, StatusCodes.Status503ServiceUnavailable, unavailable.Reason);
                return null;
            default:
                var reason = (outcome as AuthenticationOutcome.Refused)?.Reason ?? ForwardingReason.GatewayError;
                metrics.Authenticated(listener, reason);
                var claim = connection.Certificate is { CommonNames: [var name, ..] } ? name : "";
                alarm.Refused(gate.PartyOf(connection.Source.Address), reason, claim, connection.Caller);
                strangers.Unproven(connection, reason, claim);
                refusal.Answer(context, StatusCodes.Status403Forbidden, reason);
                return null;
        }
    }

    /// <summary>Who has proven nothing isn't counted by his log-in here: it was counted before it was judged.</summary>
    private Admission LogIn(ProvenIdentity identity, DeviceConnection connection) =>
        gate.PartyOf(identity, connection.Source.Address) is { IsProven: true } party ? gate.LogIn(party, connection.Listener) : PartyLimits.Granted;

    /// <summary>
    /// 401 leaves the connection open where its body can be read away: devices answer the challenge on it. Once an address has sent too
    /// much without proof, the body stays unread and the device answers on a new connection: the challenge itself is refused to nobody.
    /// </summary>
    private async Task ChallengeAsync(HttpContext context, AuthenticationOutcome.Challenged challenged, DeviceConnection connection)
    {
        var party = gate.PartyOf(connection.Source.Address);
        var mayRead = gate.MayDrain(party);
        if (mayRead)
        {
            gate.Sent(party, BodyReader.Announced(context, connection.Listener.Limits.MaxUnauthenticatedBodyBytes));
        }

        if (!mayRead || !await BodyReader.DrainRequestAsync(context, context.RequestAborted))
        {
            context.Response.Headers.Connection = "close";
        }

        context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        context.Response.Headers.WWWAuthenticate = challenged.WwwAuthenticate;
        context.Response.ContentLength = 0;
    }

    private static AuthenticationRequest RequestOf(HttpContext context, DeviceConnection connection) => new(
        connection.Listener,
        connection.IsTls,
        connection.Certificate,
        context.Request.Method,
        context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget,
        [.. context.Request.Headers.Authorization.OfType<string>()])
    {
        Source = connection.Source.Address,
    };
}
