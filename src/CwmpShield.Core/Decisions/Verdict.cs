namespace CwmpShield.Core.Decisions;

/// <summary>What becomes of a message. The default value is refusal.</summary>
public enum Verdict
{
    /// <summary>Refused.</summary>
    Deny = 0,

    /// <summary>Refused now; an operator can release it for the device's next session.</summary>
    Hold,

    /// <summary>Refused, and the device may only Inform until an operator releases it.</summary>
    Quarantine,

    /// <summary>Goes on with dangerous characters of reported values replaced (device to ACS only).</summary>
    Neutralise,

    /// <summary>Goes on, and is recorded as what a rule would have refused.</summary>
    Observe,

    /// <summary>Goes on.</summary>
    Forward,
}
