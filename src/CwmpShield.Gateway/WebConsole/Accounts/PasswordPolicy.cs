using System.Text;
using CwmpShield.Core.Cwmp;
using CwmpShield.Gateway.Storage.Secrets;

namespace CwmpShield.Gateway.WebConsole.Accounts;

/// <summary>What a password of the console must be: long, and none that everybody knows. No rules about kinds of characters.</summary>
public static class PasswordPolicy
{
    /// <summary>Characters at least.</summary>
    public const int MinLength = 12;

    /// <summary>UTF-8 bytes at most.</summary>
    public const int MaxBytes = 256;

    /// <summary>Why <paramref name="password"/> cannot be taken, null when it can.</summary>
    public static string? Problem(string password, string account) =>
        password.Length < MinLength ? $"A password of the console has at least {MinLength} characters."
        : Encoding.UTF8.GetByteCount(password) > MaxBytes ? $"A password has at most {MaxBytes} bytes."
        : password.Any(char.IsControl) ? "A password has no control characters."
        : password.Distinct().Count() < 4 || password.Contains(account, StringComparison.OrdinalIgnoreCase)
            || WeakSecret.Find(password, new DeviceId("", "", ""), account) is not null
            ? "Everybody can guess this password: take one that is on no list and doesn't hold the account's name."
        : null;
}
