using System.Net;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Transforms;
using Yarp.ReverseProxy.Transforms.Builder;

namespace CwmpShield.Bench.Peers;

/// <summary>Gives YARP one upstream connection for each device connection: common ACSs tie a session to one.</summary>
internal sealed class ConnectionClients : IForwarderHttpClientFactory
{
    private static readonly HttpRequestOptionsKey<HttpContext> Context = new("bench.context");

    /// <summary>Has each request remember whose it is.</summary>
    public static void Note(TransformBuilderContext transforms) => transforms.AddRequestTransform(request =>
    {
        request.ProxyRequest.Options.Set(Context, request.HttpContext);
        return default;
    });

    /// <inheritdoc/>
    public HttpMessageInvoker CreateClient(ForwarderHttpClientContext context) => new(new ByConnection());

    private static HttpMessageInvoker ClientOf(HttpContext context)
    {
        var items = context.Features.GetRequiredFeature<IConnectionItemsFeature>().Items;
        if (items.TryGetValue(typeof(HttpMessageInvoker), out var known))
        {
            return (HttpMessageInvoker)known!;
        }

        var client = new HttpMessageInvoker(new SocketsHttpHandler
        {
            UseProxy = false,
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            UseCookies = false,
            ActivityHeadersPropagator = null,
        });
        items[typeof(HttpMessageInvoker)] = client;
        context.Features.GetRequiredFeature<IConnectionLifetimeFeature>().ConnectionClosed.UnsafeRegister(state => ((HttpMessageInvoker)state!).Dispose(), client);
        return client;
    }

    private sealed class ByConnection : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            request.Options.TryGetValue(Context, out var context)
                ? ClientOf(context).SendAsync(request, cancellationToken)
                : throw new BenchException("a request without its context");
    }
}
