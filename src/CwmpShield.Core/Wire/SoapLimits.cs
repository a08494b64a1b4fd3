namespace CwmpShield.Core.Wire;

/// <summary>What one SOAP body may cost at most. Every bound is checked before the thing that it bounds is kept.</summary>
public sealed record SoapLimits
{
    /// <summary>Bounds for bodies that come from a device (16 MiB).</summary>
    public static SoapLimits FromDevice { get; } = new();

    /// <summary>Bounds for bodies that come from an ACS (1 MiB).</summary>
    public static SoapLimits FromAcs { get; } = new() { MaxBytes = 1 << 20 };

    /// <summary>Bytes of the (decoded) body. The default value is 16 MiB.</summary>
    public int MaxBytes { get; init; } = 16 << 20;

    /// <summary>Nesting of elements, the envelope being 1. The default value is 32.</summary>
    public int MaxDepth { get; init; } = 32;

    /// <summary>Elements in one body. The default value is 500,000.</summary>
    public int MaxElements { get; init; } = 500_000;

    /// <summary>Attributes of one element, namespace declarations included. The default value is 64.</summary>
    public int MaxAttributes { get; init; } = 64;

    /// <summary>Characters of an element or attribute name, and of a parameter name, URL or key. The default value is 4,096.</summary>
    public int MaxNameLength { get; init; } = 4096;

    /// <summary>Characters of one text or attribute value. The default value is 4 Mi.</summary>
    public int MaxTextLength { get; init; } = 4 << 20;
}
