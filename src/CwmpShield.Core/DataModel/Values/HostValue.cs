using System.Globalization;

namespace CwmpShield.Core.DataModel.Values;

/// <summary>A host name or address, in the one form that comparison uses.</summary>
/// <param name="Name">Lower-case ASCII name (IDN as punycode) without trailing dot; empty when it is an address.</param>
/// <param name="Address">The address, where it is one.</param>
/// <param name="Port">Port given with it, 0 when none.</param>
public readonly record struct HostValue(string Name, IpValue? Address, int Port)
{
    private static readonly IdnMapping Idn = new() { UseStd3AsciiRules = false };

    /// <summary>Reads <c>name</c>, <c>name:port</c>, an address, <c>[v6]</c> or <c>[v6]:port</c>.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out HostValue host)
    {
        host = default;
        var port = 0;
        if (text.StartsWith("["))
        {
            var close = text.IndexOf(']');
            return close > 0 && TryPort(text[(close + 1)..], out port)
                && IpValue.TryParse(text[1..close], out var v6) && v6 is { IsV6: true, PrefixLength: 128 }
                && Set(new HostValue("", v6, port), out host);
        }

        if (text.Count(':') > 1)
        {
            return IpValue.TryParse(text, out var bare) && bare.PrefixLength == 128 && Set(new HostValue("", bare, 0), out host);
        }

        var colon = text.IndexOf(':');
        if (colon >= 0 && !TryPort(text[colon..], out port))
        {
            return false;
        }

        var name = colon < 0 ? text : text[..colon];
        if (IpValue.TryParse(name, out var address) && address.PrefixLength == 32)
        {
            return Set(new HostValue("", address, port), out host);
        }

        return TryName(name, out var ascii) && Set(new HostValue(ascii, null, port), out host);
    }

    /// <summary>Lower-case ASCII form of a host name; false when it is none, or is a number that some readers take for an address.</summary>
    public static bool TryName(ReadOnlySpan<char> text, out string name)
    {
        name = "";
        if (text.EndsWith("."))
        {
            text = text[..^1];
        }

        if (text.IsEmpty || text.Length > 253 || !TryAscii(text, out var ascii))
        {
            return false;
        }

        var last = "";
        foreach (var label in ascii.Split('.'))
        {
            if (label.Length is 0 or > 63 || label.AsSpan().ContainsAnyExcept(CharacterSets.HostLabel))
            {
                return false;
            }

            last = label;
        }

        name = ascii;
        return !LooksNumeric(last);
    }

    /// <summary>inet_aton and its kin read a host whose last label is decimal, octal or hexadecimal as an address.</summary>
    private static bool LooksNumeric(ReadOnlySpan<char> label) =>
        !label.ContainsAnyExceptInRange('0', '9')
        || (label.StartsWith("0x") && !label[2..].ContainsAnyExcept(CharacterSets.Hex));

    private static bool TryAscii(ReadOnlySpan<char> text, out string ascii)
    {
        ascii = "";
        if (System.Text.Ascii.IsValid(text))
        {
            ascii = text.ToString().ToLowerInvariant();
            return true;
        }

        foreach (var c in text)
        {
            var category = char.GetUnicodeCategory(c);
            var readTwoWays = c is '\u3002' or (>= '\uFF00' and <= '\uFFEF') || category is UnicodeCategory.Format or UnicodeCategory.Control;
            if (readTwoWays || char.IsWhiteSpace(c))
            {
                return false;
            }
        }

        try
        {
            ascii = Idn.GetAscii(text.ToString().ToLowerInvariant()).ToLowerInvariant();
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    /// <summary>Reads nothing or <c>:port</c>.</summary>
    private static bool TryPort(ReadOnlySpan<char> text, out int port)
    {
        port = 0;
        return text.IsEmpty
            || (text[0] == ':' && text.Length is >= 2 and <= 6 && text[1] is >= '1' and <= '9'
                && int.TryParse(text[1..], NumberStyles.None, CultureInfo.InvariantCulture, out port) && port <= ushort.MaxValue);
    }

    private static bool Set(HostValue value, out HostValue host)
    {
        host = value;
        return true;
    }
}
