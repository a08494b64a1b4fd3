using System.Collections.Frozen;
using CwmpShield.Core.Cwmp;

namespace CwmpShield.Gateway.Storage.Secrets;

/// <summary>
/// Passwords that everybody knows or can read off the device: those of rules/lists/weak-passwords.txt (compiled in), and those made of
/// the device's own names. Letter case does not matter.
/// </summary>
public static class WeakSecret
{
    /// <summary>It is on the list of default passwords.</summary>
    public const string Default = "default";

    /// <summary>It is the HTTP user.</summary>
    public const string SameAsUser = "same-as-user";

    /// <summary>It is the serial number.</summary>
    public const string SameAsSerial = "same-as-serial";

    /// <summary>It is made of OUI, product class and serial number.</summary>
    public const string SameAsDevice = "same-as-device";

    /// <summary>It has the form of a MAC address of the device's maker.</summary>
    public const string MacAddress = "mac-address";

    private const int MacDigits = 12;

    private static readonly FrozenSet<string> Defaults = Read().ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Why a password is weak, null when nothing is known against it.</summary>
    /// <param name="password">The password.</param>
    /// <param name="device">Whose it is.</param>
    /// <param name="user">The HTTP user that goes with it, null for none.</param>
    public static string? Find(string password, DeviceId device, string? user)
    {
        if (password.Length == 0 || Defaults.Contains(password))
        {
            return Default;
        }

        var bare = Bare(password);
        return Same(password, user) ? SameAsUser
            : Same(password, device.SerialNumber) || (bare.Length > 0 && Same(bare, Bare(device.SerialNumber))) ? SameAsSerial
            : IsNames(bare, device) || Same(password, device.ToString()) ? SameAsDevice
            : IsMac(password, bare, device.Oui) ? MacAddress
            : null;
    }

    private static bool IsNames(string bare, DeviceId device)
    {
        var oui = device.Oui;
        var model = Bare(device.ProductClass);
        var serial = Bare(device.SerialNumber);
        return Same(bare, oui)
            || Same(bare, model)
            || (bare.Length > serial.Length
                && bare.EndsWith(serial, StringComparison.OrdinalIgnoreCase)
                && new[] { oui, model, oui + model, serial, "" }.Any(front => Same(bare, front + serial)));
    }

    private static bool IsMac(string password, string bare, string oui) =>
        bare.Length == MacDigits
        && bare.All(char.IsAsciiHexDigit)
        && bare.StartsWith(oui, StringComparison.OrdinalIgnoreCase)
        && password.All(c => char.IsAsciiHexDigit(c) || c is ':' or '-' or '.');

    private static bool Same(string text, string? other) => other is { Length: > 0 } && string.Equals(text, other, StringComparison.OrdinalIgnoreCase);

    private static string Bare(string text) => text.All(char.IsLetterOrDigit) ? text : string.Concat(text.Where(char.IsLetterOrDigit));

    private static List<string> Read()
    {
        using var reader = new StreamReader(typeof(WeakSecret).Assembly.GetManifestResourceStream("CwmpShield.Gateway.weak-passwords.txt")!);
        var lines = new List<string>();
        while (reader.ReadLine() is { } line)
        {
            if (line.Trim() is { Length: > 0 } word && word[0] != '#')
            {
                lines.Add(word);
            }
        }

        return lines;
    }
}
