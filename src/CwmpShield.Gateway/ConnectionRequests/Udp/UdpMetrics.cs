using System.Diagnostics.Metrics;
using CwmpShield.Gateway.Telemetry;

namespace CwmpShield.Gateway.ConnectionRequests.Udp;

/// <summary>Instruments of STUN and of connection requests over UDP. Every label is one of a closed list of words.</summary>
internal sealed class UdpMetrics(ShieldMetrics metrics)
{
    private readonly Counter<long> stun = metrics.Meter.CreateCounter<long>(
        "cwmpshield.stun.requests", description: "Datagrams of devices at the STUN server, by outcome.");

    private readonly Counter<long> bindingChanges = metrics.Meter.CreateCounter<long>(
        "cwmpshield.stun.binding.changes", description: "Answered STUN requests that told of a changed binding.");

    private readonly Counter<long> requests = metrics.Meter.CreateCounter<long>(
        "cwmpshield.udp.requests", description: "Datagrams of ACSs that ask for a connection, by outcome.");

    private readonly Counter<long> calls = metrics.Meter.CreateCounter<long>(
        "cwmpshield.udp.calls", description: "Connection requests to devices over UDP, by outcome.");

    /// <summary>A datagram came to the STUN server.</summary>
    public void Stun(string outcome) => stun.Add(1, new KeyValuePair<string, object?>("outcome", outcome));

    /// <summary>An answered request told of a changed binding.</summary>
    public void BindingChanged() => bindingChanges.Add(1);

    /// <summary>A datagram of an ACS was passed on, or not for a reason.</summary>
    public void Request(string outcome) => requests.Add(1, new KeyValuePair<string, object?>("outcome", outcome));

    /// <summary>A device was sent a request, or not for a reason.</summary>
    public void Called(string outcome) => calls.Add(1, new KeyValuePair<string, object?>("outcome", outcome));
}
