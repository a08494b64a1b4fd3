namespace CwmpShield.Core.Cwmp;

/// <summary>Which way a message travels.</summary>
public enum Direction
{
    /// <summary>From the device, in an HTTP request.</summary>
    CpeToAcs,

    /// <summary>From the ACS, in an HTTP response.</summary>
    AcsToCpe,
}
