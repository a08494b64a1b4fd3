namespace CwmpShield.Core.Sessions;

/// <summary>A message that the state of its session does not allow.</summary>
/// <param name="Reason">Stable word out of <see cref="SessionReason"/>.</param>
/// <param name="EndsSession">Whether the session cannot go on; false where the sender can be told by a fault and keeps its turn.</param>
public readonly record struct SessionViolation(string Reason, bool EndsSession);
