using System.Diagnostics.Metrics;
using CwmpShield.Gateway.Telemetry;
using CwmpShield.Gateway.Telemetry.Catalogue;

namespace CwmpShield.Gateway.Tests.Telemetry.Reference;

/// <summary>One family as its instrument and the catalogue have it.</summary>
/// <param name="Sample">Name of its samples, <c>_total</c> included.</param>
/// <param name="Kind">counter, gauge or histogram.</param>
/// <param name="Unit">seconds, bytes or empty.</param>
/// <param name="Meaning">Its description.</param>
/// <param name="Labels">Its labels.</param>
internal sealed record MetricFacts(string Sample, string Kind, string Unit, string Meaning, IReadOnlyList<LabelBound> Labels)
{
    /// <summary>Every name that a query may use.</summary>
    public IEnumerable<string> Names => Kind == "histogram" ? [$"{Sample}_bucket", $"{Sample}_sum", $"{Sample}_count"] : [Sample];

    public static MetricFacts Of(Instrument instrument)
    {
        var family = new MetricFamily(instrument);
        var kind = family.Kind.ToString().ToLowerInvariant();
        var unit = instrument.Unit switch { "s" => "seconds", "By" => "bytes", _ => "" };
        return new(family.Kind == MetricKind.Counter ? family.Name + "_total" : family.Name, kind, unit, family.Help, MetricCatalogue.LabelsOf(instrument.Name) ?? []);
    }

    /// <summary>Families of the platform that dashboards may use.</summary>
    public static IEnumerable<MetricFacts> Others() =>
        Platform.Select(one => new MetricFacts(one.Name, one.Kind, "", "", [.. one.Labels.Select(label => LabelBound.Text(label, "the platform's"))]));

    /// <summary>The platform's own families: name, kind and labels as .NET 10 gives them.</summary>
    public static IReadOnlyList<(string Instrument, string Name, string Kind, string[] Labels)> Platform { get; } =
    [
        ("kestrel.active_connections", "kestrel_active_connections", "gauge", ["server_address", "server_port", "network_transport", "network_type"]),
        ("kestrel.connection.duration", "kestrel_connection_duration_seconds", "histogram", ["server_address", "server_port", "error_type", "network_protocol_name", "network_protocol_version", "network_transport", "network_type", "tls_protocol_version"]),
        ("kestrel.rejected_connections", "kestrel_rejected_connections_total", "counter", ["server_address", "server_port", "network_transport", "network_type"]),
        ("kestrel.active_tls_handshakes", "kestrel_active_tls_handshakes", "gauge", ["server_address", "server_port", "network_transport", "network_type"]),
        ("kestrel.tls_handshake.duration", "kestrel_tls_handshake_duration_seconds", "histogram", ["server_address", "server_port", "error_type", "network_transport", "network_type", "tls_protocol_version"]),
        ("http.server.request.duration", "http_server_request_duration_seconds", "histogram", ["http_request_method", "http_response_status_code", "http_route", "error_type", "network_protocol_version", "url_scheme"]),
        ("http.server.active_requests", "http_server_active_requests", "gauge", ["http_request_method", "url_scheme"]),
        ("http.client.open_connections", "http_client_open_connections", "gauge", ["http_connection_state", "network_peer_address", "network_protocol_version", "server_address", "server_port", "url_scheme"]),
        ("http.client.request.duration", "http_client_request_duration_seconds", "histogram", ["http_request_method", "http_response_status_code", "error_type", "network_protocol_version", "server_address", "server_port", "url_scheme"]),
        ("dotnet.process.cpu.time", "dotnet_process_cpu_time_seconds_total", "counter", ["cpu_mode"]),
        ("dotnet.process.memory.working_set", "dotnet_process_memory_working_set_bytes", "gauge", []),
        ("dotnet.gc.collections", "dotnet_gc_collections_total", "counter", ["gc_heap_generation"]),
        ("dotnet.gc.pause.time", "dotnet_gc_pause_time_seconds_total", "counter", []),
        ("dotnet.gc.heap.total_allocated", "dotnet_gc_heap_total_allocated_bytes_total", "counter", []),
        ("dotnet.thread_pool.queue.length", "dotnet_thread_pool_queue_length", "gauge", []),
        ("dotnet.exceptions", "dotnet_exceptions_total", "counter", ["error_type"]),
    ];
}
