namespace CwmpShield.Gateway.Configuration;

/// <summary>What the gateway tells of itself beside metrics and the ledger.</summary>
public sealed record TelemetryOptions
{
    /// <summary>Spans by the OpenTelemetry protocol.</summary>
    public OtlpOptions Otlp { get; init; } = new();
}

/// <summary>Spans of exchanges, sent to a collector by OTLP over HTTP (binary protobuf). Off while <see cref="Endpoint"/> is empty.</summary>
public sealed record OtlpOptions
{
    /// <summary>The collector: https, or http on loopback. Without a path, <c>/v1/traces</c>. Empty for off, which is the default.</summary>
    public string Endpoint { get; init; } = "";

    /// <summary>PEM bundle of the authorities of the collector's certificate; required with https. The system's store is never used.</summary>
    public string CaPath { get; init; } = "";

    /// <summary>File of headers for the collector, one <c>Name: value</c> a line; empty for none.</summary>
    public string HeadersFile { get; init; } = "";

    /// <summary>Which part of the exchanges is sent, 0 to 1. The default value is 1.</summary>
    public double Ratio { get; init; } = 1;

    /// <summary>Time for one delivery. The default value is 5 seconds.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Whether spans are sent.</summary>
    internal bool IsOn => Endpoint.Length > 0;

    /// <summary>The address that spans are posted to; null where <see cref="Endpoint"/> is not one that they may go to.</summary>
    internal Uri? Target()
    {
        if (!Uri.TryCreate(Endpoint, UriKind.Absolute, out var uri) || uri.UserInfo.Length > 0 || uri.Query.Length > 0 || uri.Fragment.Length > 0)
        {
            return null;
        }

        var isKept = uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && IsLoopback(uri));
        return !isKept ? null : uri.AbsolutePath == "/" ? new Uri(uri, "/v1/traces") : uri;
    }

    /// <summary>By address only: what a name such as localhost means is up to a resolver.</summary>
    private static bool IsLoopback(Uri uri) => System.Net.IPAddress.TryParse(uri.Host.Trim('[', ']'), out var address) && System.Net.IPAddress.IsLoopback(address);
}
