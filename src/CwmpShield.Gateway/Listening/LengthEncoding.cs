using System.Text;

namespace CwmpShield.Gateway.Listening;

/// <summary>
/// Reads the octets of a Content-Length. RFC 9110, 8.6, allows digits and nothing else; the server underneath takes signs and white
/// space for a part of the number, where another reader on the way may stop at them. So whatever is no digit is read as a letter,
/// and the header is refused as no number.
/// </summary>
internal sealed class LengthEncoding : Encoding
{
    /// <summary>Digits of the longest number that fits.</summary>
    private const int MostDigits = 19;

    private const char NoDigit = 'x';

    /// <summary>The one instance.</summary>
    public static LengthEncoding Instance { get; } = new();

    /// <inheritdoc/>
    public override int GetChars(ReadOnlySpan<byte> bytes, Span<char> chars)
    {
        if (bytes.Length is 0 or > MostDigits)
        {
            chars[0] = NoDigit;
            return 1;
        }

        for (var i = 0; i < bytes.Length; i++)
        {
            chars[i] = char.IsAsciiDigit((char)bytes[i]) ? (char)bytes[i] : NoDigit;
        }

        return bytes.Length;
    }

    /// <inheritdoc/>
    public override int GetChars(byte[] bytes, int byteIndex, int byteCount, char[] chars, int charIndex) =>
        GetChars(bytes.AsSpan(byteIndex, byteCount), chars.AsSpan(charIndex));

    /// <inheritdoc/>
    public override int GetCharCount(byte[] bytes, int index, int count) => GetMaxCharCount(count);

    /// <inheritdoc/>
    public override int GetMaxCharCount(int byteCount) => Math.Max(byteCount, 1);

    /// <inheritdoc/>
    public override int GetByteCount(char[] chars, int index, int count) => Latin1.GetByteCount(chars, index, count);

    /// <inheritdoc/>
    public override int GetBytes(char[] chars, int charIndex, int charCount, byte[] bytes, int byteIndex) =>
        Latin1.GetBytes(chars, charIndex, charCount, bytes, byteIndex);

    /// <inheritdoc/>
    public override int GetMaxByteCount(int charCount) => Latin1.GetMaxByteCount(charCount);
}
