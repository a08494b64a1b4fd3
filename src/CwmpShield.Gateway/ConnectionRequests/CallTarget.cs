using CwmpShield.Core.ConnectionRequests;
using CwmpShield.Core.Identity;

namespace CwmpShield.Gateway.ConnectionRequests;

/// <summary>Everything that a call of one device needs. Printing one shows no secret.</summary>
/// <param name="Learned">Where it is called.</param>
/// <param name="Status">Whether it may be.</param>
/// <param name="Model">Its model; empty when unknown.</param>
/// <param name="Credentials">What it may ask for: acknowledged ones first, then those that it may have taken; empty when the registry has none.</param>
internal sealed record CallTarget(LearnedEndpoint Learned, DeviceStatus Status, string Model, IReadOnlyList<RequestCredential> Credentials)
{
    /// <summary>Whether the device may be called at all.</summary>
    public bool MayBeCalled => Status is DeviceStatus.Active or DeviceStatus.Bootstrap;

    /// <inheritdoc/>
    public override string ToString() => Learned.Device.ToString();
}

/// <summary>What a device's message told of where it is called. Null: nothing of that kind.</summary>
/// <param name="DeviceKey">Key of its registry row.</param>
/// <param name="Url">ConnectionRequestURL as checked: the endpoint, or a reason.</param>
/// <param name="Udp">UDPConnectionRequestAddress as checked: the endpoint, or a reason.</param>
/// <param name="At">When.</param>
internal sealed record EndpointSighting(
    long DeviceKey, (DeviceEndpoint? Endpoint, string Refusal)? Url, (UdpEndpoint? Endpoint, string Refusal)? Udp, DateTimeOffset At);

/// <summary>One call, for the device's record.</summary>
/// <param name="DeviceKey">Key of its registry row.</param>
/// <param name="At">When it was called.</param>
/// <param name="Outcome"><c>taken</c>, or a reason.</param>
internal sealed record CallRecord(long DeviceKey, DateTimeOffset At, string Outcome)
{
    /// <summary>The outcome of a call that the device took.</summary>
    public const string Taken = "taken";
}

/// <summary>What became of a call that its device took.</summary>
/// <param name="DeviceKey">Key of its registry row.</param>
/// <param name="Latency">From the call to the Inform; null where none came.</param>
internal sealed record AnswerRecord(long DeviceKey, TimeSpan? Latency);

/// <summary>A device in a list of endpoints.</summary>
/// <param name="Learned">Where it is called.</param>
/// <param name="HasCredentials">Whether the registry has connection-request credentials of it.</param>
/// <param name="Calls">Calls so far.</param>
/// <param name="Taken">Those that the device took.</param>
/// <param name="Answered">Those that an Inform followed.</param>
/// <param name="Unanswered">Calls in a row that no Inform followed.</param>
/// <param name="LastCallAt">The last call, null when never.</param>
/// <param name="LastOutcome"><c>taken</c>, or a reason; empty when never.</param>
/// <param name="LastLatency">From the last answered call to its Inform.</param>
public sealed record EndpointReport(
    LearnedEndpoint Learned,
    bool HasCredentials,
    long Calls,
    long Taken,
    long Answered,
    long Unanswered,
    DateTimeOffset? LastCallAt,
    string LastOutcome,
    TimeSpan? LastLatency);
