using System.Security.Cryptography;
using System.Text;
using CwmpShield.Core.Identity;

namespace CwmpShield.Cli;

/// <summary>Passwords come from a file or standard input, never from the command line, where every user of the machine can read them.</summary>
internal static class DevicePassword
{
    private const int MaxBytes = 256;
    private const string Alphabet = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789";

    /// <summary>A random password of 24 letters and digits that nobody mixes up.</summary>
    public static string Generate() => RandomNumberGenerator.GetString(Alphabet, 24);

    /// <summary>Reads the first line of <paramref name="file"/> (<c>-</c> is standard input); on false <paramref name="error"/> says why not.</summary>
    public static bool TryRead(string file, out string password, out string error)
    {
        password = "";
        try
        {
            using var reader = string.Equals(file, "-", StringComparison.Ordinal)
                ? Console.In
                : new StreamReader(file, new UTF8Encoding(false, throwOnInvalidBytes: true));
            password = reader.ReadLine() ?? "";
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or DecoderFallbackException)
        {
            error = $"The password file '{file}' cannot be read: {problem.Message}";
            return false;
        }

        error = password.Length == 0 ? $"The first line of '{file}' is empty."
            : Encoding.UTF8.GetByteCount(password) > MaxBytes ? $"A password has at most {MaxBytes} bytes."
            : password.Any(char.IsControl) ? "A password has no control characters."
            : "";
        return error.Length == 0;
    }

    /// <summary>Why a weak password is not taken, and what to do.</summary>
    public static string Refusal(string weakness) =>
        $"Everybody can guess this password ({weakness}). --generate-password makes one that nobody can; --allow-weak takes it, and marks it.";

    /// <summary>As the registry takes it.</summary>
    public static StoredSecret.Password? ToSecret(string? password) => password is null ? null : new(Encoding.UTF8.GetBytes(password));
}
