namespace CwmpShield.Gateway.WebConsole.Charts;

/// <summary>One line of figures, a figure for each place on the horizontal axis.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Values">The figures; none below 0.</param>
internal sealed record ChartSeries(string Name, IReadOnlyList<long> Values);
