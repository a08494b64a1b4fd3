using CwmpShield.Gateway.Mirror.Serving;

namespace CwmpShield.Gateway.Mirror;

/// <summary>Whether an artefact of this name and SHA-256 may be had: listed by the manifest in force, and not withdrawn.</summary>
internal delegate bool ArtefactStands(string name, string sha256);

/// <summary>Fetches a file again that was evicted after it had been ordered.</summary>
internal sealed class MirrorRefill(MirrorFetches fetches, ArtefactStands stands)
{
    /// <summary>Begins the fetch, if it has not begun.</summary>
    public void Ask(MirroredOrder order) => fetches.Ask(
        new MirrorTarget(order.Artefact, order.Sha256, order.Size), order.Url, null, () => stands(order.Artefact, order.Sha256));
}
