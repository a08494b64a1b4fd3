namespace CwmpShield.Gateway.Reporting;

/// <summary>How many there are of something.</summary>
/// <param name="Name">What.</param>
/// <param name="Count">How many.</param>
internal sealed record NamedCount(string Name, long Count);
