namespace CwmpShield.Core.Audit;

/// <summary>A parameter that an order names, as the ledger keeps it.</summary>
/// <param name="Name">The name as written, shortened to 256 characters.</param>
/// <param name="Value">The value where it may be shown; null where it is not, or there is none.</param>
/// <param name="Mac">Keyed hash of the value, 32 hexadecimal digits: equal for equal values of this store, and no way back. Null where there is no value.</param>
public sealed record AuditParameter(string Name, string? Value = null, string? Mac = null);
