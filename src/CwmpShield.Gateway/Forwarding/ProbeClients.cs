using System.Net;
using CwmpShield.Gateway.Configuration;
using Yarp.ReverseProxy.Forwarder;

namespace CwmpShield.Gateway.Forwarding;

/// <summary>Gives YARP the client that it probes a cluster's health with. Messages go by <see cref="SessionForwarder"/>, on the sessions' own connections.</summary>
internal sealed class ProbeClients(AcsSettings settings) : IForwarderHttpClientFactory
{
    /// <inheritdoc/>
    public HttpMessageInvoker CreateClient(ForwarderHttpClientContext context) =>
        context is { OldClient: not null } && Equals(context.OldConfig, context.NewConfig) ? context.OldClient : new HttpMessageInvoker(CreateHandler());

    private SocketsHttpHandler CreateHandler() => new()
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
