namespace CwmpShield.Gateway.WebConsole.Evidence;

/// <summary>Where a chain begins and ends, and what was signed of it.</summary>
/// <param name="Node">Its node.</param>
/// <param name="First">Place of the first record that is there; later than 1 after a prune.</param>
/// <param name="Last">Place of its last record.</param>
/// <param name="LastAt">When that came.</param>
/// <param name="Head">Hash of that record, hexadecimal.</param>
/// <param name="SignedTo">Up to which place it is signed; null for nowhere.</param>
/// <param name="SignedAt">When that was signed.</param>
/// <param name="KeyId">By which key.</param>
internal sealed record ChainState(string Node, long First, long Last, DateTimeOffset LastAt, string Head, long? SignedTo, DateTimeOffset? SignedAt, string KeyId);
