namespace CwmpShield.Gateway.Auditing.Export;

/// <summary>What was written out.</summary>
/// <param name="Records">How many records.</param>
/// <param name="Bytes">In how many bytes.</param>
/// <param name="First">When the first of them was made, null for none.</param>
/// <param name="Last">When the last of them was made, null for none.</param>
public sealed record LedgerExported(long Records, long Bytes, DateTimeOffset? First, DateTimeOffset? Last);
