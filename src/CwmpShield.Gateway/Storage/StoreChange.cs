using System.Globalization;

namespace CwmpShield.Gateway.Storage;

/// <summary>That a row has changed, for those who keep what they have read.</summary>
/// <param name="What">Kind of row (<see cref="Device"/> …), one word of letters and dashes; empty for everything.</param>
/// <param name="Key">Key of the row, 0 for all of this kind.</param>
public readonly record struct StoreChange(string What, long Key)
{
    /// <summary>Kind: a device, its keys, groups and secrets.</summary>
    public const string Device = "device";

    /// <summary>Anything may have changed: whatever was kept is forgotten.</summary>
    public static StoreChange Everything => new("", 0);

    /// <summary>Whether a row of this kind and key is meant.</summary>
    public bool Touches(string what, long key) => What is not { Length: > 0 } || (string.Equals(What, what, StringComparison.Ordinal) && (Key == 0 || Key == key));

    /// <summary>The change as one word and one number.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{What} {Key}");

    /// <summary>Reads <see cref="ToString"/>; what cannot be read is everything.</summary>
    internal static StoreChange Parse(string text) =>
        text.Split(' ') is [{ Length: > 0 } what, var key] && long.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? new StoreChange(what, number)
            : Everything;
}
