using System.Text;

namespace CwmpShield.Core.Cwmp;

/// <summary>Writes and reads the percent-encoded text form of a <see cref="DeviceId"/> (TR-069 3.4.4).</summary>
public static class DeviceIdText
{
    /// <summary>The text form of <paramref name="device"/>.</summary>
    public static string Format(DeviceId device)
    {
        var text = new StringBuilder();
        Append(text, device.Oui);
        text.Append('-');
        if (device.ProductClass.Length > 0)
        {
            Append(text, device.ProductClass);
            text.Append('-');
        }

        Append(text, device.SerialNumber);
        return text.ToString();
    }

    /// <summary>Reads the text form; false when a field is missing or an escape is not UTF-8.</summary>
    public static bool TryParse(string text, out DeviceId? device)
    {
        device = null;
        var fields = text.Split('-');
        if (fields.Length is < 2 or > 3)
        {
            return false;
        }

        var decoded = new string[fields.Length];
        for (var i = 0; i < fields.Length; i++)
        {
            if (!TryDecodeField(fields[i], out decoded[i]))
            {
                return false;
            }
        }

        if (decoded[0].Length == 0 || decoded[^1].Length == 0)
        {
            return false;
        }

        device = fields.Length == 3
            ? new DeviceId(decoded[0], decoded[1], decoded[2])
            : new DeviceId(decoded[0], "", decoded[1]);
        return true;
    }

    /// <summary>One field, percent-encoded.</summary>
    public static string EncodeField(string field)
    {
        var text = new StringBuilder();
        Append(text, field);
        return text.ToString();
    }

    private static void Append(StringBuilder text, string field)
    {
        Span<byte> utf8 = stackalloc byte[4];
        foreach (var rune in field.EnumerateRunes())
        {
            if (rune.IsAscii && (Rune.IsLetterOrDigit(rune) || rune.Value == '_'))
            {
                text.Append((char)rune.Value);
                continue;
            }

            foreach (var octet in utf8[..rune.EncodeToUtf8(utf8)])
            {
                text.Append('%').Append(octet.ToString("X2", System.Globalization.CultureInfo.InvariantCulture));
            }
        }
    }

    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    /// <summary>Reads one percent-encoded field; false when a character is not encoded that must be, or an escape is not UTF-8.</summary>
    public static bool TryDecodeField(string field, out string decoded)
    {
        decoded = "";
        var bytes = new List<byte>(field.Length);
        for (var i = 0; i < field.Length; i++)
        {
            if (field[i] == '%')
            {
                if (i + 2 >= field.Length || !byte.TryParse(field.AsSpan(i + 1, 2), System.Globalization.NumberStyles.AllowHexSpecifier, null, out var octet))
                {
                    return false;
                }

                bytes.Add(octet);
                i += 2;
            }
            else if (char.IsAsciiLetterOrDigit(field[i]) || field[i] == '_')
            {
                bytes.Add((byte)field[i]);
            }
            else
            {
                return false;
            }
        }

        try
        {
            decoded = StrictUtf8.GetString(bytes.ToArray());
            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }
}
