namespace CwmpShield.Core.Sessions;

/// <summary>What one session may take at most.</summary>
/// <param name="MaxLife">Time from its first message to its last.</param>
/// <param name="MaxSilence">Time between two device messages; a device may ask for more by SessionTimeout.</param>
/// <param name="MaxRequests">HTTP requests of the device.</param>
public sealed record SessionBounds(TimeSpan MaxLife, TimeSpan MaxSilence, int MaxRequests)
{
    /// <summary>One hour, one minute of silence, 1,000 requests.</summary>
    public static SessionBounds Default { get; } = new(TimeSpan.FromHours(1), TimeSpan.FromMinutes(1), 1000);
}
