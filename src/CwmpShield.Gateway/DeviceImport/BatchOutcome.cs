namespace CwmpShield.Gateway.DeviceImport;

/// <summary>What came of the lines of one transaction.</summary>
internal sealed class BatchOutcome
{
    /// <summary>Devices that are new.</summary>
    public long Added { get; set; }

    /// <summary>Devices that were changed.</summary>
    public long Updated { get; set; }

    /// <summary>Devices that were there as the line has them.</summary>
    public long Unchanged { get; set; }

    /// <summary>Devices that were added or changed with a password that is known to be weak.</summary>
    public long Weak { get; set; }

    /// <summary>Lines that were left out, and why.</summary>
    public List<LineProblem> Problems { get; } = [];
}
