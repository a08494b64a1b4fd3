using System.Net;
using CwmpShield.Core.Cwmp;
using CwmpShield.Core.Decisions;
using CwmpShield.Core.Identity;

namespace CwmpShield.Gateway.Inspection;

/// <summary>One judgement as it happened, for whoever watches: no value of the message and no secret is in it.</summary>
public sealed record DecisionEvent
{
    /// <summary>When it was judged.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The device, null before one is bound.</summary>
    public DeviceId? Device { get; init; }

    /// <summary>How strongly it has proven itself.</summary>
    public IdentityStrength Strength { get; init; }

    /// <summary>Where the sender comes from; null where the event does not turn on it.</summary>
    public IPAddress? Source { get; init; }

    /// <summary>The name that somebody used without proving it, as he wrote it: a stranger's text. Empty where there is none.</summary>
    public string Claim { get; init; } = "";

    /// <summary>Which way the message travelled.</summary>
    public required Direction Direction { get; init; }

    /// <summary>Name of the message (<c>Download</c>, <c>InformResponse</c> …); empty when it could not be read.</summary>
    public string Message { get; init; } = "";

    /// <summary>The judgement.</summary>
    public required Decision Decision { get; init; }
}
