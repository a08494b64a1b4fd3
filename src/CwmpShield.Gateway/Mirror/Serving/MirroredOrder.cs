namespace CwmpShield.Gateway.Mirror.Serving;

/// <summary>The order that a URL of the mirror was given for, as the store knows it.</summary>
/// <param name="Artefact">Name of its artefact.</param>
/// <param name="Sha256">SHA-256 of the file.</param>
/// <param name="Size">Size of the file.</param>
/// <param name="Url">Where the ACS had it from, without user; what is evicted is fetched from there again.</param>
/// <param name="IsOpen">Whether the device may still fetch: it has not reported the transfer complete.</param>
internal sealed record MirroredOrder(string Artefact, string Sha256, long Size, string Url, bool IsOpen);

/// <summary>Looks an order up; null when there is none of this number.</summary>
internal delegate ValueTask<MirroredOrder?> FindMirroredOrder(long order, CancellationToken cancellationToken);
