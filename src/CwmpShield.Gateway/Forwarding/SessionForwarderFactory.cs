using System.Net;
using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.Telemetry;
using Microsoft.Extensions.Logging;
using Yarp.ReverseProxy.Forwarder;

namespace CwmpShield.Gateway.Forwarding;

/// <summary>Gives YARP a client whose connections are the sessions' own: a pool shared by devices would mix up their sessions at the ACS.</summary>
internal sealed class SessionForwarderFactory(
    RefusalLoop loop, SessionEnding ending, AcsSettings settings, ShieldMetrics metrics, ILogger<SessionForwarder> log) : IForwarderHttpClientFactory
{
    /// <inheritdoc/>
    public HttpMessageInvoker CreateClient(ForwarderHttpClientContext context) =>
        context is { OldClient: not null } && Equals(context.OldConfig, context.NewConfig)
            ? context.OldClient
            : new HttpMessageInvoker(new SessionForwarder(loop, ending, new HttpMessageInvoker(CreateProbeHandler()), metrics, log));

    private SocketsHttpHandler CreateProbeHandler() => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        AutomaticDecompression = DecompressionMethods.None,
        ActivityHeadersPropagator = null,
        ConnectTimeout = settings.Options.ConnectTime,
        SslOptions = settings.Tls,
    };
}
