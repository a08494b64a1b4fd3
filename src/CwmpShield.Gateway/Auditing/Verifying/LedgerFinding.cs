namespace CwmpShield.Gateway.Auditing.Verifying;

/// <summary>Something that verification found.</summary>
/// <param name="Node">Chain that it is in.</param>
/// <param name="Sequence">Place of the record, or of the first of several.</param>
/// <param name="Through">Place of the last of several, else the same.</param>
/// <param name="Fault">What it is, a word of <see cref="LedgerFault"/>.</param>
/// <param name="Detail">A sentence for people.</param>
/// <param name="IsRemark">Whether it is worth knowing, and no fault.</param>
public sealed record LedgerFinding(string Node, long Sequence, long Through, string Fault, string Detail, bool IsRemark);
