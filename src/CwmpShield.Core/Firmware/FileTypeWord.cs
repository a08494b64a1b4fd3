using CwmpShield.Core.DataModel.Values;

namespace CwmpShield.Core.Firmware;

/// <summary>FileTypes: the number decides where there is one (<c>1</c> and <c>1 Firmware Upgrade Image</c> are the same), the whole word for vendor types.</summary>
internal static class FileTypeWord
{
    /// <summary>Whether an order's FileType is the one that is listed.</summary>
    public static bool Matches(string listed, string written)
    {
        var letter = listed.AsSpan().IndexOfAnyExceptInRange('0', '9');
        return NumberedWord.Matches(letter > 0 ? listed[..letter] : listed, written.AsSpan().Trim());
    }
}
