using System.Globalization;

namespace CwmpShield.Core.DataModel.Values;

/// <summary>Texts that look like an IPv4 address and are none for <see cref="IpValue"/>.</summary>
internal static class Ipv4Text
{
    private const int LongestOctal = 4;

    /// <summary>Whether it is an address with leading zeros, which inet_aton reads as octal and others as decimal.</summary>
    public static bool IsReadTwoWays(ReadOnlySpan<char> text)
    {
        var parts = 0;
        var hasLeadingZero = false;
        foreach (var range in text.Split('.'))
        {
            var part = text[range];
            var isZeroed = part.Length > 1 && part[0] == '0';
            if (++parts > 4 || part.Length is 0 or > LongestOctal
                || !int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || (!isZeroed && number > byte.MaxValue))
            {
                return false;
            }

            hasLeadingZero |= isZeroed;
        }

        return parts == 4 && hasLeadingZero;
    }
}
