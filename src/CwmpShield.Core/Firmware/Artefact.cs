using System.Collections.Immutable;
using CwmpShield.Core.DataModel.Values;

namespace CwmpShield.Core.Firmware;

/// <summary>One file that devices may be told to fetch, as the signed manifest describes it.</summary>
public sealed record Artefact
{
    /// <summary>The word for <see cref="FileTypes"/> that stands for a deployment unit (ChangeDUState), which has no FileType.</summary>
    public const string DeploymentUnit = "deployment-unit";

    /// <summary>Name, unique in the manifest; what operators, audit and metrics call it (letters, digits, <c>. _ + -</c>; at most 128).</summary>
    public required string Name { get; init; }

    /// <summary>Version, written exactly as the device will inform it; see <see cref="SoftwareVersion"/> for the order.</summary>
    public required string Version { get; init; }

    /// <summary>FileTypes of orders: a number (<c>1</c>), a whole word (<c>1 Firmware Upgrade Image</c>, <c>X 001122 Modem</c>), or <see cref="DeploymentUnit"/>. Never empty.</summary>
    public required ImmutableArray<string> FileTypes { get; init; }

    /// <summary>SHA-256 of the file, lower-case hexadecimal.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Size of the file in bytes, at least 1.</summary>
    public required long Size { get; init; }

    /// <summary>Models that it is for. Never empty: nothing is for every device.</summary>
    public required ImmutableArray<ArtefactModel> Models { get; init; }

    /// <summary>Where it may be served from. Never empty.</summary>
    public required ImmutableArray<ArtefactUrl> Urls { get; init; }

    /// <summary>Versions that it may replace, one of which must take what the device informed last; empty takes every version.</summary>
    public ImmutableArray<VersionRange> From { get; init; } = [];

    /// <summary>Names that the order may ask for on the device, beside none and the last step of the URL's path.</summary>
    public ImmutableArray<string> TargetFileNames { get; init; } = [];

    /// <summary>UUID of the deployment unit; empty takes every one.</summary>
    public string Uuid { get; init; } = "";

    /// <summary>Whether the file replaces the software whose version the device informs, so that rollback is refused. Follows from file types 1 and 6 unless the manifest says.</summary>
    public bool IsFirmware { get; init; }

    /// <summary>From when on it may be ordered.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>Until when it may be ordered.</summary>
    public DateTimeOffset? NotAfter { get; init; }

    /// <summary>Limit of the rollout; null when every device of its models may have it.</summary>
    public RolloutRing? Ring { get; init; }

    /// <summary>Names of the pinned signers whose own signature over the file (detached, or embedded as TR-069 Annex E has it) was verified when it was added; vouched for by the manifest's signature.</summary>
    public ImmutableArray<string> SignedBy { get; init; } = [];

    /// <summary>Whether it is a signed package of TR-069 Annex E whose signatures were verified when it was added.</summary>
    public bool IsSignedPackage { get; init; }

    /// <summary>Why the manifest withdraws it; null when it does not.</summary>
    public string? WithdrawnBecause { get; init; }

    /// <summary>Whether one of the file types is of firmware: 1 (upgrade image) or 6 (stored image).</summary>
    public static bool IsOfFirmware(IEnumerable<string> fileTypes) => fileTypes.Any(t => NumberedWord.Matches("1", t) || NumberedWord.Matches("6", t));
}
