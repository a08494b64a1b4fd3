namespace CwmpShield.Core.Sessions;

/// <summary>What one session has taught so far, bounded: event codes, values read or acknowledged, orders counted.</summary>
public sealed class SessionFacts
{
}
