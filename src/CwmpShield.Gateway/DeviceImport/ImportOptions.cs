namespace CwmpShield.Gateway.DeviceImport;

/// <summary>How devices are imported.</summary>
public sealed record ImportOptions
{
    /// <summary>What the input is called in the store and in messages: its full path. Empty for standard input, which cannot be resumed.</summary>
    public string Path { get; init; } = "";

    /// <summary>How the lines are written.</summary>
    public ImportFormat Format { get; init; }

    /// <summary>Whether devices that are there and differ are changed. The default value is no: they are reported.</summary>
    public bool Update { get; init; }

    /// <summary>Whether weak passwords are taken, and marked.</summary>
    public bool AllowWeak { get; init; }

    /// <summary>Whether to go on behind the last line that an earlier run has committed.</summary>
    public bool Resume { get; init; }

    /// <summary>Lines of one transaction. The default value is 2,000.</summary>
    public int BatchSize { get; init; } = 2000;
}

/// <summary>How the lines of an import or export are written.</summary>
public enum ImportFormat
{
    /// <summary>One JSON object a line.</summary>
    JsonLines = 0,

    /// <summary>CSV below a header.</summary>
    Csv,
}

/// <summary>What came of an import so far.</summary>
public sealed record ImportSummary
{
    /// <summary>Lines that were read, without empty ones and the header.</summary>
    public long Lines { get; init; }

    /// <summary>Devices that are new.</summary>
    public long Added { get; init; }

    /// <summary>Devices that were changed.</summary>
    public long Updated { get; init; }

    /// <summary>Devices that were there as their line has them.</summary>
    public long Unchanged { get; init; }

    /// <summary>Lines that were left out.</summary>
    public long LeftOut { get; init; }

    /// <summary>Devices with weak passwords that were taken all the same.</summary>
    public long Weak { get; init; }

    /// <summary>Number of the line behind which an earlier run was resumed, 0 for none.</summary>
    public long ResumedAfter { get; init; }
}
