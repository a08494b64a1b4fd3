namespace CwmpShield.Gateway.Configuration;

/// <summary>Which keys hold a secret by their name. The gateway's own secrets are in files; their paths are none.</summary>
public static class SecretKeys
{
    /// <summary>What is shown instead.</summary>
    public const string Mask = "***";

    private static readonly string[] Words = ["password", "secret", "token", "credential", "apikey"];

    /// <summary>Whether the last part of <paramref name="key"/> names a secret value.</summary>
    public static bool IsSecret(string key)
    {
        var name = key[(key.LastIndexOf(':') + 1)..];
        return !name.EndsWith("File", StringComparison.OrdinalIgnoreCase)
            && !name.EndsWith("Path", StringComparison.OrdinalIgnoreCase)
            && !name.StartsWith("Require", StringComparison.OrdinalIgnoreCase)
            && Array.Exists(Words, word => name.Contains(word, StringComparison.OrdinalIgnoreCase));
    }
}
