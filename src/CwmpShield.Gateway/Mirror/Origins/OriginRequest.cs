using System.Net;

namespace CwmpShield.Gateway.Mirror.Origins;

/// <summary>What is asked of an origin.</summary>
/// <param name="Url">The artefact's URL.</param>
/// <param name="Offset">Bytes that are here already.</param>
/// <param name="Tag">Entity tag of the file that they are of; empty when there are none.</param>
/// <param name="Size">Size of the whole file, as signed.</param>
/// <param name="Credential">What the order brought for the origin, null when nothing.</param>
internal sealed record OriginRequest(Uri Url, long Offset, string Tag, long Size, NetworkCredential? Credential);
