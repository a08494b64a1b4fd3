namespace CwmpShield.Gateway.Drifting;

/// <summary>How a device differs from what it was ordered (stable words, in records and as a metric's label).</summary>
public static class DriftKind
{
    /// <summary>A parameter has another value.</summary>
    public const string Value = "value-differs";

    /// <summary>The device itself reports a change of the value (event 4 VALUE CHANGE): somebody has changed it at the device.</summary>
    public const string LocalChange = "local-change";

    /// <summary>An object that was added is not there.</summary>
    public const string ObjectGone = "object-gone";

    /// <summary>An object that was deleted is there.</summary>
    public const string ObjectBack = "object-back";

    /// <summary>After an update it runs another version.</summary>
    public const string Version = "version-differs";

    /// <summary>It lost everything that was ordered (event 0 BOOTSTRAP), and nobody had ordered that.</summary>
    public const string Reset = "factory-reset";

    /// <summary>Every word.</summary>
    public static IReadOnlyList<string> All { get; } = [Value, LocalChange, ObjectGone, ObjectBack, Version, Reset];
}
