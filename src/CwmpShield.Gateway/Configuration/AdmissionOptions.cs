namespace CwmpShield.Gateway.Configuration;

/// <summary>How many sessions may begin: what protects ACS and gateway when a whole fleet comes back at once.</summary>
public sealed record AdmissionOptions
{
    /// <summary>Sessions that begin in a second, over all listeners; 0 for any number, which is the default.</summary>
    public int SessionsPerSecond { get; init; }

    /// <summary>Sessions in progress at one time; 0 for as many as there may be connections, which is the default.</summary>
    public int MaxSessions { get; init; }
}
