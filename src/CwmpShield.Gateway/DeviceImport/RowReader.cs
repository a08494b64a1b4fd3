using System.Globalization;
using System.Text;
using CwmpShield.Core.Cwmp;
using CwmpShield.Core.Identity;
using CwmpShield.Gateway.Storage;
using CwmpShield.Gateway.Storage.Secrets;

namespace CwmpShield.Gateway.DeviceImport;

/// <summary>Makes a row of the fields of a line, or says everything that is wrong with them.</summary>
/// <param name="allowWeak">Whether weak passwords are taken, and marked.</param>
internal sealed class RowReader(bool allowWeak)
{
    private const int MaxName = 64;
    private const int MaxText = 256;
    private const int MaxPassword = 256;
    private const int MaxGroups = 32;
    private const int MaxKeys = 8;
    private const int SpkiDigits = 64;
    private const string BasicOnly = "basic-only";
    private const string Recoverable = "recoverable";

    private static readonly char[] Separators = [' ', ',', ';', '|'];

    private readonly List<LineProblem> problems = [];
    private long line;
    private LineFields fields = new();

    /// <summary>Reads the fields of line <paramref name="number"/>; null when <paramref name="wrong"/> says what they should have been.</summary>
    public ImportRow? Read(LineFields of, long number, out IReadOnlyList<LineProblem> wrong)
    {
        problems.Clear();
        (line, fields) = (number, of);
        var device = Device();
        var user = Text(DeviceField.User, MaxText, IsUser, "a user of 1 to 256 characters without colon and control characters");
        var form = Word(DeviceField.PasswordForm, [Recoverable, BasicOnly]);
        var secret = Secret();
        var requestUser = Text(DeviceField.RequestUser, MaxText, IsUser, "a user of 1 to 256 characters without colon and control characters");
        var requestSecret = Password(DeviceField.RequestPassword);
        if (device is null)
        {
            wrong = [.. problems];
            return null;
        }

        var row = new ImportRow
        {
            Line = number,
            Device = device,
            HttpUser = user,
            Secret = secret,
            BasicOnly = form == BasicOnly,
            Weakness = Weakness(DeviceField.Password, device, user),
            SharedUser = Text(DeviceField.SharedUser, MaxText, IsUser, "a user of 1 to 256 characters without colon and control characters"),
            SharedSecret = Password(DeviceField.SharedPassword),
            MigrationUntil = Date(DeviceField.MigrationUntil),
            Status = Word(DeviceField.Status, StatusName.All) is { } status ? StatusName.Read(status) : null,
            RequiredStrength = Strength(),
            Groups = Items(DeviceField.Groups, MaxGroups, GroupName.IsGood, "groups of letters, digits, '-', '_' and '.', at most 32, with spaces between"),
            BoundKeys = Items(DeviceField.BoundKeys, MaxKeys, IsSpki, "SHA-256 of public keys as 64 hexadecimal digits, at most 8, with spaces between"),
            Model = Text(DeviceField.Model, MaxText, IsText, "at most 256 characters without control characters"),
            SoftwareVersion = Text(DeviceField.SoftwareVersion, MaxText, IsText, "at most 256 characters without control characters"),
            RequestUser = requestUser,
            RequestSecret = requestSecret,
            RequestWeakness = Weakness(DeviceField.RequestPassword, device, requestUser),
        };
        FitTogether(row);
        wrong = [.. problems];
        return wrong.Count == 0 ? row : null;
    }

    private static bool IsText(string text) => !text.Any(char.IsControl);

    private static bool IsUser(string text) => !text.Any(c => c == ':' || char.IsControl(c));

    private static bool IsSpki(string text) => text.Length == SpkiDigits && text.All(char.IsAsciiHexDigit);

    private void FitTogether(ImportRow row)
    {
        if (row is { BasicOnly: true, Secret: not StoredSecret.Password })
        {
            Wrong(DeviceField.PasswordForm, "basic-only beside a password alone");
        }

        if (row is { SharedUser: null, SharedSecret: not null })
        {
            Wrong(DeviceField.SharedUser, "a user where sharedPassword is given");
        }

        if (row.RequestSecret is not null && row.RequestUser is null)
        {
            Wrong(DeviceField.RequestUser, "a user where requestPassword is given");
        }
    }

    private DeviceId? Device()
    {
        DeviceId? named = null;
        if (fields.Has(DeviceField.Device, out var whole) && !DeviceIdText.TryParse(whole, out named))
        {
            return Wrong<DeviceId>(DeviceField.Device, "OUI-CLASS-SERIAL or OUI-SERIAL, other characters than letters, digits and _ percent-encoded");
        }

        var oui = fields[DeviceField.Oui] ?? named?.Oui ?? "";
        var productClass = fields[DeviceField.ProductClass] ?? named?.ProductClass ?? "";
        var serial = fields[DeviceField.SerialNumber] ?? named?.SerialNumber ?? "";
        var device = new DeviceId(oui.ToUpperInvariant(), productClass, serial);
        if (named is not null && device != named with { Oui = named.Oui.ToUpperInvariant() })
        {
            return Wrong<DeviceId>(DeviceField.Device, "the device that oui, productClass and serialNumber name");
        }

        return !NamePattern.IsOui(oui) ? Wrong<DeviceId>(DeviceField.Oui, "six hexadecimal digits")
            : serial.Length is 0 or > MaxName || !IsText(serial) ? Wrong<DeviceId>(DeviceField.SerialNumber, "1 to 64 characters without control characters")
            : productClass.Length > MaxName || !IsText(productClass) ? Wrong<DeviceId>(DeviceField.ProductClass, "at most 64 characters without control characters")
            : device;
    }

    private StoredSecret? Secret()
    {
        if (!fields.Has(DeviceField.Ha1, out var text))
        {
            return Password(DeviceField.Password);
        }

        if (fields[DeviceField.Password] is not null)
        {
            return Wrong<StoredSecret>(DeviceField.Ha1, "a password or an HA1, not both");
        }

        if (!fields.Has(DeviceField.Realm, out var realm) || !IsText(realm) || realm.Length > MaxText)
        {
            return Wrong<StoredSecret>(DeviceField.Realm, "the realm that the HA1 was made for");
        }

        return text.Length is 32 or SpkiDigits && text.All(char.IsAsciiHexDigit)
            ? new StoredSecret.Ha1(text.Length == SpkiDigits ? DigestHash.Sha256 : DigestHash.Md5, realm, Convert.FromHexString(text))
            : Wrong<StoredSecret>(DeviceField.Ha1, "32 hexadecimal digits (MD5) or 64 (SHA-256)");
    }

    private StoredSecret.Password? Password(DeviceField field)
    {
        if (!fields.Has(field, out var text))
        {
            return null;
        }

        return text.Length <= MaxPassword && Encoding.UTF8.GetByteCount(text) <= MaxPassword && IsText(text)
            ? new StoredSecret.Password(Encoding.UTF8.GetBytes(text))
            : Wrong<StoredSecret.Password>(field, "1 to 256 bytes without control characters");
    }

    private string? Weakness(DeviceField field, DeviceId device, string? user)
    {
        var weakness = fields.Has(field, out var password) ? WeakSecret.Find(password, device, user) : null;
        if (weakness is not null && !allowWeak)
        {
            Wrong(field, $"a password that nobody can guess, not a weak one ({weakness}); --allow-weak takes it and marks it");
        }

        return weakness;
    }

    private string? Text(DeviceField field, int length, Func<string, bool> isGood, string expected)
    {
        if (fields.Has(field, out var text) && (text.Length > length || !isGood(text)))
        {
            Wrong(field, expected);
        }

        return text;
    }

    private string? Word(DeviceField field, IReadOnlyList<string> words)
    {
        if (fields.Has(field, out var text) && !words.Contains(text = text.ToLowerInvariant(), StringComparer.Ordinal))
        {
            Wrong(field, $"one of {string.Join(", ", words)}");
            return null;
        }

        return text;
    }

    private IdentityStrength? Strength()
    {
        if (!fields.Has(DeviceField.RequiredStrength, out var text))
        {
            return null;
        }

        if (!StrengthName.TryParse(text, out var strength))
        {
            Wrong(DeviceField.RequiredStrength, $"one of {string.Join(", ", StrengthName.All)}");
        }

        return strength;
    }

    private DateTimeOffset? Date(DeviceField field)
    {
        if (!fields.Has(field, out var text))
        {
            return null;
        }

        if (!DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date))
        {
            Wrong(field, "a date such as 2027-03-31");
        }

        return date;
    }

    private List<string>? Items(DeviceField field, int most, Func<string, bool> isGood, string expected)
    {
        if (!fields.Has(field, out var text))
        {
            return null;
        }

        var items = text.Split(Separators, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).ToList();
        if (items.Count > most || !items.TrueForAll(item => isGood(item)))
        {
            Wrong(field, expected);
            return null;
        }

        if (field == DeviceField.BoundKeys)
        {
            items = items.ConvertAll(key => key.ToLowerInvariant());
        }

        return [.. items.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }

    private T? Wrong<T>(DeviceField field, string expected)
        where T : class
    {
        Wrong(field, expected);
        return null;
    }

    private void Wrong(DeviceField field, string expected) => problems.Add(new LineProblem(line, DeviceFieldName.Of(field), expected));
}
