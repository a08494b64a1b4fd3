namespace CwmpShield.Gateway.Inspection;

/// <summary>Stable words for how a session ended.</summary>
public static class SessionOutcome
{
    /// <summary>Device and ACS were done.</summary>
    public const string Completed = "completed";

    /// <summary>The ACS answered the Inform with a fault, or redirected the device.</summary>
    public const string Declined = "declined";

    /// <summary>One side spoke out of turn.</summary>
    public const string Violation = "violation";

    /// <summary>Too long a silence, or too long a life.</summary>
    public const string Timeout = "timeout";

    /// <summary>A newer Inform of the device took its place.</summary>
    public const string Superseded = "superseded";

    /// <summary>The device left in the middle of an exchange.</summary>
    public const string DeviceGone = "device-gone";

    /// <summary>The ACS could not be reached, or gave no answer that could be used.</summary>
    public const string AcsFailed = "acs-failed";

    /// <summary>The ACS gave more refused orders than there are rounds or time for.</summary>
    public const string RefusalsExhausted = "refusals-exhausted";

    /// <summary>The device was put into quarantine or out of service.</summary>
    public const string Withdrawn = "withdrawn";

    /// <summary>The gateway is shutting down.</summary>
    public const string Shutdown = "shutdown";
}
