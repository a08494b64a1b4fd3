using CwmpShield.Soak.Rig;

namespace CwmpShield.Soak;

/// <summary>What was seen in one interval.</summary>
/// <param name="At">Since the start.</param>
/// <param name="Phase">Name of the stranger at work; empty when it was quiet.</param>
/// <param name="Process">The gateway's resources at the end of it.</param>
/// <param name="Honest">How honest devices fared in it.</param>
internal sealed record SoakSample(TimeSpan At, string Phase, ProcessReading Process, HonestFigures Honest)
{
    public bool IsQuiet => Phase.Length == 0;
}

/// <summary>What one stranger came to, all his turns together.</summary>
/// <param name="Name">His name.</param>
/// <param name="Limits">What was meant to hold him.</param>
/// <param name="Attempts">What he tried.</param>
/// <param name="Refused">Words of the gateway's metrics for what it refused meanwhile, the most frequent first.</param>
internal sealed record SoakTurn(string Name, string Limits, long Attempts, IReadOnlyList<KeyValuePair<string, double>> Refused);
