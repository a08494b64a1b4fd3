namespace CwmpShield.Bench.Peers;

/// <summary>A measurement that cannot be made or is not valid; the message is for whoever started it.</summary>
internal sealed class BenchException(string message) : Exception(message);
