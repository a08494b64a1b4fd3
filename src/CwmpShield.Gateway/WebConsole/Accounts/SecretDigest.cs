using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace CwmpShield.Gateway.WebConsole.Accounts;

/// <summary>
/// Secrets that the gateway makes itself, of 256 random bits: whoever holds one is let in, the store holds only its SHA-256. A look-up by
/// that digest tells nothing by its time that helps in guessing the secret.
/// </summary>
internal static class SecretDigest
{
    private const int Bytes = 32;
    private const int MaxLength = 128;

    /// <summary>A new secret: <paramref name="prefix"/> and 43 characters of base64url.</summary>
    public static string Create(string prefix) => prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));

    /// <summary>What the store holds of it, lower-case hex; null for a text that cannot be one.</summary>
    public static string? Of(string? secret) =>
        secret is { Length: > 0 and <= MaxLength } ? Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret))) : null;
}
