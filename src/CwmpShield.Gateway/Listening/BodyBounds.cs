using System.Runtime.InteropServices;

namespace CwmpShield.Gateway.Listening;

/// <summary>What one body may cost.</summary>
/// <param name="MaxBytes">Bytes, as sent and inflated alike.</param>
/// <param name="MaxInflateRatio">Inflated bytes per compressed byte.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct BodyBounds(int MaxBytes, int MaxInflateRatio);
