using CwmpShield.Core.ConnectionRequests.Exposure;
using CwmpShield.Gateway.Configuration;

namespace CwmpShield.Gateway.ConnectionRequests.Exposure;

/// <summary>One scan, as the command line runs it.</summary>
public static class ExposureRun
{
    /// <summary>Why a scan may not be run at all with this configuration; empty when it may.</summary>
    public static string Refusal(ConnectionRequestOptions options) => options.Endpoints.AccessNetworks.Count > 0
        ? ""
        : "No access networks are configured (CwmpShield:ConnectionRequests:Endpoints:AccessNetworks): without them nobody has said where this operator's devices are.";

    /// <summary>Asks every target, and has <paramref name="found"/> count each device.</summary>
    /// <param name="options">The configuration; its access networks and times bound the scan.</param>
    /// <param name="targets">Devices of the registry.</param>
    /// <param name="perSecond">Questions a second.</param>
    /// <param name="found">Called for one device at a time.</param>
    /// <param name="time">Clock.</param>
    /// <param name="cancellationToken">Ends the scan; what was found is kept.</param>
    public static Task RunAsync(
        ConnectionRequestOptions options,
        IAsyncEnumerable<ExposureTarget> targets,
        int perSecond,
        Action<ExposureFinding> found,
        TimeProvider time,
        CancellationToken cancellationToken) =>
        Scan(options, perSecond, time).RunAsync(targets, found, cancellationToken);

    /// <summary>Why a target would not be asked; empty when it would.</summary>
    public static string Refusal(ConnectionRequestOptions options, ExposureTarget target) => Scan(options, 1, TimeProvider.System).Refusal(target);

    private static ExposureScan Scan(ConnectionRequestOptions options, int perSecond, TimeProvider time) =>
        new(EndpointPolicies.Of(options.Endpoints), new DeviceProbe(options.Calls), new ScanPace(perSecond, time));
}
