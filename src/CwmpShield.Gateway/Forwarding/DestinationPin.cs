using CwmpShield.Gateway.Inspection;
using Microsoft.AspNetCore.Http;
using Yarp.ReverseProxy;

namespace CwmpShield.Gateway.Forwarding;

/// <summary>Proxy step: narrows the destinations to the one that the session is pinned to, healthy or not; a new session has the choice.</summary>
internal sealed class DestinationPin(RequestDelegate next, IProxyStateLookup clusters)
{
    /// <summary>Narrows.</summary>
    public Task InvokeAsync(HttpContext context)
    {
        if (context.Features.Get<DeviceExchange>() is not { } exchange)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        }

        if (clusters.TryGetCluster(exchange.Session.Listener.Cluster, out var cluster))
        {
            context.ReassignProxyRequest(cluster);
        }

        if (exchange.Session.Upstream is { Target.DestinationId: var pinned })
        {
            var feature = context.GetReverseProxyFeature();
            feature.AvailableDestinations =
                [.. feature.AllDestinations.Where(destination => string.Equals(destination.DestinationId, pinned, StringComparison.OrdinalIgnoreCase))];
        }

        return next(context);
    }
}
