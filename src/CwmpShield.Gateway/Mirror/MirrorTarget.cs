namespace CwmpShield.Gateway.Mirror;

/// <summary>What a fetch must come to.</summary>
/// <param name="Name">Name of the artefact.</param>
/// <param name="Sha256">Its SHA-256, lower-case hexadecimal.</param>
/// <param name="Size">Its size in bytes.</param>
internal sealed record MirrorTarget(string Name, string Sha256, long Size);
