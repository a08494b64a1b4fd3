namespace CwmpShield.Gateway.Configuration;

/// <summary>One thing wrong with the configuration.</summary>
/// <param name="Key">Path of the key, <c>CwmpShield:Listeners:0:Port</c>; the file's name where it cannot be read at all, with line and column where it is no JSON.</param>
/// <param name="Found">What stands there; <c>nothing</c> when the key is absent. Secrets are masked.</param>
/// <param name="Expected">What should.</param>
public sealed record ConfigurationError(string Key, string Found, string Expected)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Key}: found {Found}, expected {Expected}";
}
