using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.Inspection;
using CwmpShield.Gateway.Listening;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace CwmpShield.Gateway.Forwarding;

/// <summary>Proxy step after load balancing: pins a new session to the destination that was chosen.</summary>
internal sealed class SessionConnector(RequestDelegate next, AcsSettings settings, AcsDeviceLogin devices, BodyReader reader)
{
    /// <summary>Pins; where there is nothing to pin to, the message goes no further, and its stage says so.</summary>
    public Task InvokeAsync(HttpContext context)
    {
        var session = context.Features.GetRequiredFeature<DeviceExchange>().Session;
        var available = context.GetReverseProxyFeature().AvailableDestinations;
        if (available.Count == 0)
        {
            return Task.CompletedTask;
        }

        session.Upstream ??= Connect(session, available[0], context.Request.Path);
        return next(context);
    }

    private AcsConnection Connect(DeviceSession session, Yarp.ReverseProxy.Model.DestinationState destination, PathString path)
    {
        var limits = session.Listener.Limits;
        var target = AcsTarget.Of(destination.DestinationId, destination.Model.Config.Address, path);

        var accounts = AccountsOf(session);
        return new AcsConnection(target, settings, accounts, reader, new BodyBounds(limits.MaxDownBodyBytes, limits.MaxInflateRatio));
    }

    /// <summary>As whom the gateway logs in for a session. Where identity is only observed, a stranger must not ride on a log-in of the gateway's.</summary>
    private AcsAccounts? AccountsOf(DeviceSession session) => settings.Options.Credentials.EffectiveMode switch
    {
        _ when session.Listener.Identity.Mode == IdentityMode.Observe => null,
        AcsCredentialMode.Device => () => devices.AccountsAsync(session),
        AcsCredentialMode.ServiceAccount when settings.Account is { } account => () => new([account]),
        _ => null,
    };
}
