using CwmpShield.Core.Identity;
using CwmpShield.Gateway.Forwarding;
using CwmpShield.Gateway.Identity;
using CwmpShield.Gateway.Listening;
using CwmpShield.Gateway.Telemetry;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace CwmpShield.Gateway.Inspection;

/// <summary>Settles who speaks before any body is read. What a TLS connection has proven once holds for its later requests that bring no credential.</summary>
internal sealed class AuthenticationStage(
    RequestDelegate next, DeviceAuthenticator authenticator, RequestRefusal refusal, ShieldMetrics metrics)
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
            case AuthenticationOutcome.Proven proven:
                metrics.Authenticated(listener, proven.Identity.WouldRefuse is null ? Proven : Observed);
                connection.Items[typeof(ProvenIdentity)] = proven.Identity;
                return proven.Identity;
            case AuthenticationOutcome.Challenged challenged:
                metrics.Authenticated(listener, challenged.Reason);
                await ChallengeAsync(context, challenged);
                return null;
            case AuthenticationOutcome.Unavailable unavailable:
                metrics.Authenticated(listener, unavailable.Reason);
                refusal.Answer(context, StatusCodes.Status503ServiceUnavailable, unavailable.Reason);
                return null;
            default:
                var reason = (outcome as AuthenticationOutcome.Refused)?.Reason ?? ForwardingReason.GatewayError;
                metrics.Authenticated(listener, reason);
                refusal.Answer(context, StatusCodes.Status403Forbidden, reason);
                return null;
        }
    }

    /// <summary>401 leaves the connection open where its body can be read away: devices answer the challenge on it.</summary>
    private static async Task ChallengeAsync(HttpContext context, AuthenticationOutcome.Challenged challenged)
    {
        if (!await BodyReader.DrainRequestAsync(context, context.RequestAborted))
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
        [.. context.Request.Headers.Authorization.OfType<string>()]);
}
