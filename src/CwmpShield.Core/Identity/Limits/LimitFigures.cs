namespace CwmpShield.Core.Identity.Limits;

/// <summary>How much of each kind one party may use within the window: that much at once, and as much again over each window.</summary>
public sealed record LimitFigures
{
    /// <summary>Log-ins, right or wrong.</summary>
    public int Attempts { get; init; }

    /// <summary>Log-ins that are wrong.</summary>
    public int Failures { get; init; }

    /// <summary>Sessions begun.</summary>
    public int Sessions { get; init; }

    /// <summary>Bytes of bodies sent.</summary>
    public long Bytes { get; init; }

    /// <summary>Different serial numbers that may be tried without proof before it is a signal; 0 for no such signal. At most 100.</summary>
    public int Serials { get; init; }
}
