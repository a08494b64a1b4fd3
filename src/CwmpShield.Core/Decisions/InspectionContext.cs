using System.Collections.Frozen;
using System.Net;
using CwmpShield.Core.Cwmp;
using CwmpShield.Core.DataModel;
using CwmpShield.Core.Firmware;
using CwmpShield.Core.Identity;
using CwmpShield.Core.Identity.Impersonation;
using CwmpShield.Core.Identity.Rotation;
using CwmpShield.Core.Rules;
using CwmpShield.Core.Sessions;
using CwmpShield.Core.Wire;

namespace CwmpShield.Core.Decisions;

/// <summary>One body as it came, with the HTTP facts that say how to read it.</summary>
/// <param name="Direction">Which way it travels.</param>
/// <param name="Body">The decoded (not compressed) body.</param>
/// <param name="ContentType">Content-Type header as it came, null when absent.</param>
/// <param name="SoapAction">SOAPAction header as it came, null when absent.</param>
/// <param name="Path">Request path (device to ACS), empty when unknown.</param>
public readonly record struct RawMessage(
    Direction Direction,
    ReadOnlyMemory<byte> Body,
    string? ContentType = null,
    string? SoapAction = null,
    string Path = "");

/// <summary>Everything beside the message that a rule may ask about.</summary>
public sealed record InspectionContext
{
    /// <summary>The session's device.</summary>
    public DeviceTraits Traits { get; init; } = DeviceTraits.Unknown;

    /// <summary>Source address of the device, null when unknown.</summary>
    public IPAddress? Source { get; init; }

    /// <summary>What has been read, ordered and acknowledged in this session.</summary>
    public SessionFacts Facts { get; init; } = new();

    /// <summary>The instant of judgement.</summary>
    public DateTimeOffset Now { get; init; }

    /// <summary>A data model in place of the rule set's; null keeps that.</summary>
    public DataModelIndex? Model { get; init; }

    /// <summary>What vouches for the files that devices are told to fetch.</summary>
    public ArtefactTrust Artefacts { get; init; } = ArtefactTrust.None;

    /// <summary>Sliding windows of the process; null judges as if nothing had gone before.</summary>
    public RateCounters? Rates { get; init; }

    /// <summary>Says what is odd about how the sender claims to be its device; asked once, with the message as it was read. Null for nothing.</summary>
    public Func<CwmpMessage, Signal>? Signals { get; init; }

    /// <summary>What is wrong with the credentials that an order gives its device, as far as the registry knows.</summary>
    public CredentialFlaw Credentials { get; init; }

    /// <summary>Fingerprints (<see cref="OrderFingerprint"/>) of held orders that an operator has released for this device.</summary>
    public IReadOnlySet<string> ReleasedOrders { get; init; } = FrozenSet<string>.Empty;

    /// <summary>Bounds for reading the body.</summary>
    public SoapLimits Limits { get; init; } = SoapLimits.FromDevice;
}
