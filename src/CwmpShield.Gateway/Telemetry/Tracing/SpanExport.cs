using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.Forwarding;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace CwmpShield.Gateway.Telemetry.Tracing;

/// <summary>
/// Sends spans to the collector while the gateway runs. They wait in a bounded queue for a thread of its own, so that a collector that is slow or
/// away costs an exchange nothing; what finds the queue full is dropped.
/// </summary>
internal sealed class SpanExport(GatewayOptions options, ILogger<SpanExport> log) : IHostedService, IDisposable
{
    /// <summary>Where requests' spans come from.</summary>
    public const string Requests = "Microsoft.AspNetCore";

    private const string Proxy = "Yarp.ReverseProxy";
    private const int Queue = 4096;
    private const int Batch = 512;
    private const int DelayMilliseconds = 1000;
    private TracerProvider? provider;

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        var otlp = options.Telemetry.Otlp;
        var target = otlp.Target() ?? throw new InvalidOperationException("Spans have no collector that they may go to.");
        provider = Sdk.CreateTracerProviderBuilder()
            .AddSource(Requests, Proxy, ExchangeTrace.SourceName)
            .SetSampler(new ParentBasedSampler(new TraceIdRatioBasedSampler(otlp.Ratio)))
            .SetResourceBuilder(ResourceBuilder.CreateEmpty().AddService("cwmpshield", serviceInstanceId: options.Audit.Node, autoGenerateServiceInstanceId: false))
            .AddProcessor(new SpanScrub())
            .AddProcessor(_ => Exporting(otlp, target))
            .Build();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Sends what still waits, within the time of one delivery.</summary>
    public void Dispose()
    {
        provider?.Shutdown((int)options.Telemetry.Otlp.Timeout.TotalMilliseconds);
        provider?.Dispose();
        provider = null;
    }

    private BatchActivityExportProcessor Exporting(OtlpOptions otlp, Uri target)
    {
        var timeout = (int)otlp.Timeout.TotalMilliseconds;

        // Everything is said here, so that no variable of the environment sends spans elsewhere.
        var settings = new OtlpExporterOptions
        {
            Endpoint = target,
            Protocol = OtlpExportProtocol.HttpProtobuf,
            Headers = "",
            TimeoutMilliseconds = timeout,
            HttpClientFactory = () => Client(otlp, target),
        };
        return new BatchActivityExportProcessor(new CountedOtlpExporter(settings, target.Authority, log), Queue, DelayMilliseconds, timeout, Batch);
    }

    private static HttpClient Client(OtlpOptions otlp, Uri target)
    {
        var handler = new SocketsHttpHandler { UseProxy = false, UseCookies = false, AllowAutoRedirect = false, ActivityHeadersPropagator = null };
        if (target.Scheme == Uri.UriSchemeHttps)
        {
            handler.SslOptions = AcsTls.Create(new AcsTlsOptions { CaPath = otlp.CaPath });
        }

        var client = new HttpClient(handler) { Timeout = otlp.Timeout };
        if (otlp.HeadersFile.Length > 0 && CollectorHeaders.TryRead(otlp.HeadersFile, out var headers, out _))
        {
            foreach (var (name, value) in headers)
            {
                client.DefaultRequestHeaders.TryAddWithoutValidation(name, value);
            }
        }

        return client;
    }
}
