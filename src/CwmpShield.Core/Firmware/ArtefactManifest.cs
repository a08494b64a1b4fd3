using System.Collections.Immutable;

namespace CwmpShield.Core.Firmware;

/// <summary>The document that lists what devices may fetch. Read by <c>ManifestReader</c>; it says nothing until its signatures are verified.</summary>
public sealed record ArtefactManifest
{
    /// <summary>Version; it only rises, and one below the highest that was ever in force is refused. At least 1.</summary>
    public required long Version { get; init; }

    /// <summary>When it was made. More than five minutes ahead of the gateway's clock it does not count yet.</summary>
    public required DateTimeOffset Issued { get; init; }

    /// <summary>From this instant on every new order is refused.</summary>
    public required DateTimeOffset Expires { get; init; }

    /// <summary>Every artefact; names, and URLs that are no patterns, are unique.</summary>
    public required ImmutableArray<Artefact> Artefacts { get; init; }

    /// <summary>Servers from which devices may look for software by themselves.</summary>
    public ImmutableArray<UpdateSource> Sources { get; init; } = [];
}

/// <summary>A server that devices of some models may be told to ask for updates (AutoUpdateServer, DownloadAvailability).</summary>
/// <param name="Url">Its URL, or pattern.</param>
/// <param name="Models">Models that may be told so.</param>
public sealed record UpdateSource(ArtefactUrl Url, ImmutableArray<ArtefactModel> Models);
