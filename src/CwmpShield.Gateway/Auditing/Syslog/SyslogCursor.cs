namespace CwmpShield.Gateway.Auditing.Syslog;

/// <summary>Where a receiver stands in a chain.</summary>
/// <param name="Chain">The chain's number in the store.</param>
/// <param name="Sequence">The last record that it was served with.</param>
/// <param name="Checkpoint">Place of the last checkpoint that it was served with.</param>
internal sealed record SyslogCursor(long Chain, long Sequence, long Checkpoint);
