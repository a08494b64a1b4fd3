namespace CwmpShield.Core.Wire;

/// <summary>Why a body could not be read as one SOAP message.</summary>
/// <param name="Reason">Stable kebab-case word out of <see cref="WireReason"/>.</param>
/// <param name="Detail">One sentence for the operator; never contains a value from the body.</param>
/// <param name="Line">1-based line in the body, 0 when unknown.</param>
/// <param name="Column">1-based column in the body, 0 when unknown.</param>
public readonly record struct WireError(string Reason, string Detail, int Line = 0, int Column = 0);
