namespace CwmpShield.Core.Audit.Controls;

/// <summary>How far the gateway's records speak to a control.</summary>
public enum ControlCoverage
{
    /// <summary>They say nothing of it.</summary>
    None = 0,

    /// <summary>They speak to a part of it.</summary>
    Partial,

    /// <summary>They are evidence of what the control asks, as far as the gateway's traffic goes.</summary>
    Evidence,
}
