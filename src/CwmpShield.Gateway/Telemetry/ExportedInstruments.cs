using System.Collections.Frozen;
using System.Diagnostics.Metrics;

namespace CwmpShield.Gateway.Telemetry;

/// <summary>Which instruments of the platform are exported beside the gateway's own.</summary>
internal static class ExportedInstruments
{
    /// <summary>Kestrel and hosting: the application's own meters, made by its meter factory.</summary>
    private static readonly FrozenSet<string> OfApplication = FrozenSet.Create(
        StringComparer.Ordinal,
        "kestrel.active_connections",
        "kestrel.connection.duration",
        "kestrel.rejected_connections",
        "kestrel.active_tls_handshakes",
        "kestrel.tls_handshake.duration",
        "http.server.request.duration",
        "http.server.active_requests");

    /// <summary>Connections to the ACS, and the process: meters of the runtime.</summary>
    private static readonly FrozenSet<string> OfProcess = FrozenSet.Create(
        StringComparer.Ordinal,
        "http.client.open_connections",
        "http.client.request.duration",
        "dotnet.process.cpu.time",
        "dotnet.process.memory.working_set",
        "dotnet.gc.collections",
        "dotnet.gc.pause.time",
        "dotnet.gc.heap.total_allocated",
        "dotnet.thread_pool.queue.length",
        "dotnet.exceptions");

    /// <summary>Names of all of them.</summary>
    public static IEnumerable<string> OfPlatform => OfApplication.Concat(OfProcess);

    /// <summary>Whether <paramref name="instrument"/> is exported by the application of <paramref name="own"/> and <paramref name="factory"/>.</summary>
    public static bool Contains(Instrument instrument, Meter own, IMeterFactory? factory) =>
        ReferenceEquals(instrument.Meter, own)
        || (factory is not null && ReferenceEquals(instrument.Meter.Scope, factory) && OfApplication.Contains(instrument.Name))
        || (instrument.Meter.Name.StartsWith("System.", StringComparison.Ordinal) && OfProcess.Contains(instrument.Name));
}
