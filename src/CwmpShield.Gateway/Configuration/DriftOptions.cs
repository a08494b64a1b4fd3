namespace CwmpShield.Gateway.Configuration;

/// <summary>Whether what devices report is held against what they were ordered.</summary>
public sealed record DriftOptions
{
    /// <summary>Whether it is. The default value is true.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>Parameters and objects of one device that are remembered; the oldest orders are forgotten first. The default value is 256.</summary>
    public int MaxParameters { get; init; } = 256;
}
