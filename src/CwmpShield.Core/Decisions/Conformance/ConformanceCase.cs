using System.Net;
using CwmpShield.Core.Cwmp;
using CwmpShield.Core.DataModel;
using CwmpShield.Core.Firmware;
using CwmpShield.Core.Identity;
using CwmpShield.Core.Identity.Impersonation;
using CwmpShield.Core.Identity.Rotation;

namespace CwmpShield.Core.Decisions.Conformance;

/// <summary>One message in a conformance case, ready to be inspected.</summary>
internal sealed record CaseMessage
{
    /// <summary>The body with its HTTP facts.</summary>
    public required RawMessage Raw { get; init; }

    /// <summary>The device of the session.</summary>
    public DeviceTraits Traits { get; init; } = DeviceTraits.Unknown;

    /// <summary>Whether the gateway sees this device for the first time.</summary>
    public bool DeviceIsNew { get; init; }

    /// <summary>What is odd about who sent it.</summary>
    public Signal Signals { get; init; }

    /// <summary>What is wrong with the credentials in it.</summary>
    public CredentialFlaw Credentials { get; init; }

    /// <summary>The device's answer to a step; null when it has not answered, or with a fault.</summary>
    public RawMessage? Answer { get; init; }

    /// <summary>How many times a step happened.</summary>
    public int Times { get; init; } = 1;
}

/// <summary>One case of a conformance file.</summary>
public sealed record ConformanceCase
{
    /// <summary>File that it stands in.</summary>
    public required string File { get; init; }

    /// <summary>1-based line on which it begins.</summary>
    public int Line { get; init; }

    /// <summary>Id of the rule that the file is about.</summary>
    public required string Rule { get; init; }

    /// <summary>What the case shows.</summary>
    public required string Name { get; init; }

    /// <summary>The verdict that must come out.</summary>
    public Verdict Expect { get; init; }

    /// <summary>Rules that must be among the hits; null when the case does not say.</summary>
    public IReadOnlyList<string>? Rules { get; init; }

    /// <summary>Rules that must not be; null when the case does not say.</summary>
    public IReadOnlyList<string>? NotRules { get; init; }

    /// <summary>Reasons that must be among the decision's.</summary>
    public IReadOnlyList<string> Reasons { get; init; } = [];

    /// <summary>The instant of judgement.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>Source address of the device, null when not said.</summary>
    public IPAddress? Source { get; init; }

    /// <summary>The data model of the file, null when it has none.</summary>
    public DataModelIndex? Model { get; init; }

    /// <summary>What vouches for files; null when the case has neither manifest nor keys.</summary>
    public ArtefactTrust? Artefacts { get; init; }

    internal CaseMessage? Message { get; init; }

    internal IReadOnlyList<CaseMessage> Session { get; init; } = [];
}
