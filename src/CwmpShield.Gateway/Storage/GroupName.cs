namespace CwmpShield.Gateway.Storage;

/// <summary>What a group (tag) of devices may be called.</summary>
public static class GroupName
{
    private const int MaxLength = 64;

    /// <summary>1 to 64 letters, digits, '-', '_' or '.'.</summary>
    public static bool IsGood(string name) => name.Length is > 0 and <= MaxLength && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.');
}
