namespace CwmpShield.Gateway.DeviceImport;

/// <summary>What a line of an import may say of a device.</summary>
internal enum DeviceField
{
    /// <summary>The whole name, percent-encoded: OUI-CLASS-SERIAL.</summary>
    Device = 0,

    /// <summary>OUI.</summary>
    Oui,

    /// <summary>Product class.</summary>
    ProductClass,

    /// <summary>Serial number.</summary>
    SerialNumber,

    /// <summary>HTTP user of its own.</summary>
    User,

    /// <summary>Password.</summary>
    Password,

    /// <summary>How the password is kept: recoverable or basic-only.</summary>
    PasswordForm,

    /// <summary>HA1 in place of a password.</summary>
    Ha1,

    /// <summary>Realm of the HA1.</summary>
    Realm,

    /// <summary>User that it shares with others.</summary>
    SharedUser,

    /// <summary>Password of the shared user.</summary>
    SharedPassword,

    /// <summary>Until when the shared user alone lets it in.</summary>
    MigrationUntil,

    /// <summary>Status.</summary>
    Status,

    /// <summary>The least strength.</summary>
    RequiredStrength,

    /// <summary>Groups.</summary>
    Groups,

    /// <summary>Bound certificate keys.</summary>
    BoundKeys,

    /// <summary>Model name.</summary>
    Model,

    /// <summary>Software version.</summary>
    SoftwareVersion,

    /// <summary>User of connection requests.</summary>
    RequestUser,

    /// <summary>Password of connection requests.</summary>
    RequestPassword,

    /// <summary>What an export says and an import has no use for.</summary>
    Ignored,
}

/// <summary>The names of fields: columns of CSV and properties of JSON alike, without regard to case, '-', '_' and spaces.</summary>
internal static class DeviceFieldName
{
    /// <summary>How many fields there are.</summary>
    public static int Count { get; } = Enum.GetValues<DeviceField>().Length;

    // What an export writes beside the rest, and nobody may set by an import.
    private static readonly string[] Exported =
        ["statusReason", "statusSince", "hasPassword", "firstSeen", "lastSeen", "lastSource", "highestSoftwareVersion", "key", "weakness"];

    private static readonly Dictionary<string, DeviceField> Names = Build();

    /// <summary>The field of a name; false when there is none.</summary>
    public static bool TryFind(string name, out DeviceField field) => Names.TryGetValue(Bare(name), out field);

    /// <summary>The name of a field as an export writes it.</summary>
    public static string Of(DeviceField field) => field.ToString() is var name ? char.ToLowerInvariant(name[0]) + name[1..] : "";

    /// <summary>Every name that an import takes, for messages.</summary>
    public static string All { get; } = string.Join(", ", Enum.GetValues<DeviceField>().Where(field => field != DeviceField.Ignored).Select(Of));

    private static Dictionary<string, DeviceField> Build()
    {
        var names = Enum.GetValues<DeviceField>().Where(field => field != DeviceField.Ignored).ToDictionary(field => Bare(Of(field)), field => field, StringComparer.Ordinal);
        names["serial"] = DeviceField.SerialNumber;
        names["class"] = DeviceField.ProductClass;
        names["strength"] = DeviceField.RequiredStrength;
        names["username"] = DeviceField.User;
        names["group"] = DeviceField.Groups;
        foreach (var name in Exported)
        {
            names[Bare(name)] = DeviceField.Ignored;
        }

        return names;
    }

    private static string Bare(string name) => string.Concat(name.Where(char.IsAsciiLetterOrDigit)).ToLowerInvariant();
}
