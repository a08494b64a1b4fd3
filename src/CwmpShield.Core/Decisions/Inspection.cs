using CwmpShield.Core.Cwmp;

namespace CwmpShield.Core.Decisions;

/// <summary>What came of inspecting one body.</summary>
public sealed record Inspection
{
    /// <summary>The judgement.</summary>
    public required Decision Decision { get; init; }

    /// <summary>The message, null when the body could not be read as one.</summary>
    public CwmpMessage? Message { get; init; }

    /// <summary>The gateway's own serialisation of what was judged, to be sent on; empty when refused.</summary>
    public ReadOnlyMemory<byte> Canonical { get; init; }
}
