using System.Security.Cryptography;
using System.Text;
using CwmpShield.Core.Cwmp;
using CwmpShield.Core.Identity;

namespace CwmpShield.Cli;

/// <summary>Passwords come from a file or standard input, never from the command line, where every user of the machine can read them.</summary>
internal static class DevicePassword
{
    private const int MaxBytes = 256;
    private const string Alphabet = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789";

    private static readonly string[] Defaults = ["", "admin", "password", "tr069", "cwmp", "freecwmp", "easycwmp", "acs", "cpe", "user", "root", "1234", "12345678"];

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

    /// <summary>Whether everybody knows the password: a maker's default, or written on the device.</summary>
    public static bool IsDefault(string password, DeviceId device, string? user) =>
        Defaults.Contains(password, StringComparer.OrdinalIgnoreCase)
        || new[] { device.SerialNumber, device.Oui, device.ProductClass, device.ToString(), user }.Contains(password, StringComparer.OrdinalIgnoreCase);

    /// <summary>As the registry takes it.</summary>
    public static StoredSecret.Password? ToSecret(string? password) => password is null ? null : new(Encoding.UTF8.GetBytes(password));
}
