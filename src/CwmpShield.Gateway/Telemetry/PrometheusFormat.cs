using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace CwmpShield.Gateway.Telemetry;

/// <summary>One of the two text formats that a scraper may ask for.</summary>
public sealed record PrometheusFormat
{
    private const string OpenMetricsType = "application/openmetrics-text";

    private PrometheusFormat(string contentType) => ContentType = contentType;

    /// <summary>Prometheus text format 0.0.4: what is sent unless OpenMetrics is asked for.</summary>
    public static PrometheusFormat Text { get; } = new("text/plain; version=0.0.4; charset=utf-8");

    /// <summary>OpenMetrics 1.0.0.</summary>
    public static PrometheusFormat OpenMetrics { get; } = new(OpenMetricsType + "; version=1.0.0; charset=utf-8");

    /// <summary>Content-Type of the answer.</summary>
    public string ContentType { get; }

    /// <summary>The format that an Accept header asks for: OpenMetrics where it names it and likes no other text better.</summary>
    public static PrometheusFormat Negotiate(StringValues accept)
    {
        if (!MediaTypeHeaderValue.TryParseList(accept, out var ranges))
        {
            return Text;
        }

        double Quality(string type) => ranges
            .Where(range => range.MediaType.Equals(type, StringComparison.OrdinalIgnoreCase))
            .Select(range => range.Quality ?? 1)
            .DefaultIfEmpty(0)
            .Max();
        var open = Quality(OpenMetricsType);
        return open > 0 && open >= Quality("text/plain") ? OpenMetrics : Text;
    }
}
