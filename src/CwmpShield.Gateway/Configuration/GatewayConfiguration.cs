using Microsoft.Extensions.Configuration;
using Yarp.ReverseProxy.Configuration;

namespace CwmpShield.Gateway.Configuration;

/// <summary>The configuration as read: bound options, clusters, and everything that is wrong with it.</summary>
public sealed record GatewayConfiguration
{
    /// <summary>Name of the file that is read where none is given.</summary>
    public const string DefaultFile = "appsettings.json";

    /// <summary>Everything that is wrong, in the order of the keys; empty when the gateway may start.</summary>
    public IReadOnlyList<ConfigurationError> Errors { get; init; } = [];

    /// <summary>The bound <c>CwmpShield</c> section, relative paths resolved against the file's folder. Only to be used without errors.</summary>
    public GatewayOptions Options { get; init; } = new();

    /// <summary>The bound clusters of the <c>ReverseProxy</c> section. Only to be used without errors.</summary>
    public IReadOnlyList<ClusterConfig> Clusters { get; init; } = [];

    /// <summary>What was read, for the framework's own sections (<c>Logging</c>).</summary>
    public required IConfiguration Source { get; init; }

    /// <summary>
    /// Reads <paramref name="path"/> (default <c>appsettings.json</c> in the working directory) and the environment
    /// (<c>CwmpShield__Listeners__0__Port</c>), and checks all of it without stopping at the first error.
    /// </summary>
    public static GatewayConfiguration Load(string? path) =>
        new() { Source = new ConfigurationBuilder().Build(), Errors = [new(path ?? DefaultFile, "", "")] };
}
