using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace CwmpShield.Gateway.WebConsole.Accounts;

/// <summary>
/// Passwords of the console as they are kept: <c>pbkdf2-sha512$iterations$salt$hash</c>, salt and hash in base64. A later version may
/// raise the iterations; what was kept before stays readable.
/// </summary>
public static class PasswordHash
{
    /// <summary>Iterations of a new hash.</summary>
    public const int Iterations = 220_000;

    private const string Version = "pbkdf2-sha512";
    private const int SaltBytes = 16;
    private const int HashBytes = 64;
    private const int MaxIterations = 10_000_000;

    /// <summary>A hash that no password fits, for names that nobody has: looking at it takes as long as at a real one.</summary>
    private static readonly string Nobody = Create(RandomNumberGenerator.GetHexString(32));

    /// <summary>The hash of a password, with a salt of its own.</summary>
    public static string Create(string password)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltBytes);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Version}${Iterations}${Convert.ToBase64String(salt)}${Convert.ToBase64String(Derive(password, salt, Iterations))}");
    }

    /// <summary>Whether <paramref name="password"/> fits; null, text of no known version and one that cannot be read fit nothing, after the same work.</summary>
    public static bool Fits(string? kept, string password)
    {
        var isKnown = TryRead(kept, out var iterations, out var salt, out var hash);
        if (!isKnown)
        {
            TryRead(Nobody, out iterations, out salt, out hash);
        }

        return CryptographicOperations.FixedTimeEquals(Derive(password, salt, iterations), hash) && isKnown;
    }

    private static byte[] Derive(string password, byte[] salt, int iterations) =>
        Rfc2898DeriveBytes.Pbkdf2(Encoding.UTF8.GetBytes(password), salt, iterations, HashAlgorithmName.SHA512, HashBytes);

    private static bool TryRead(string? kept, out int iterations, out byte[] salt, out byte[] hash)
    {
        (iterations, salt, hash) = (0, [], []);
        if (kept?.Split('$') is not [Version, var count, var saltText, var hashText]
            || !int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out iterations)
            || iterations is < 1 or > MaxIterations)
        {
            return false;
        }

        salt = new byte[SaltBytes];
        hash = new byte[HashBytes];
        return Convert.TryFromBase64String(saltText, salt, out var saltLength) && saltLength == SaltBytes
            && Convert.TryFromBase64String(hashText, hash, out var hashLength) && hashLength == HashBytes;
    }
}
