namespace CwmpShield.Core.Firmware.Reading;

/// <summary>What may name an artefact.</summary>
public static class ArtefactNames
{
    private const int MaxLength = 128;

    /// <summary>Letters, digits, <c>. _ + -</c>, beginning with a letter or digit; 128 at most.</summary>
    public static bool IsName(string text) =>
        text.Length is > 0 and <= MaxLength && char.IsAsciiLetterOrDigit(text[0]) && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '+' or '-');
}
