using System.Globalization;
using System.Text;

namespace CwmpShield.Core.DataModel.Values;

/// <summary>Reads a value under a type into its elements.</summary>
internal static class ValueReader
{
    /// <summary>Elements of the longest list that is read.</summary>
    public const int MaxElements = 256;

    private const string Separators = ",; \t\r\n";

    /// <summary>Adds the readable elements of <paramref name="text"/>; false when it, or one of them, has no one meaning.</summary>
    public static bool TryRead(ValueKind kind, string text, List<ValueElement> elements)
    {
        switch (kind)
        {
            case ValueKind.IpList:
            case ValueKind.HostList:
                return TryReadList(kind == ValueKind.IpList ? ValueKind.Ip : ValueKind.Host, text, elements);
            case ValueKind.Ip or ValueKind.Host when string.IsNullOrWhiteSpace(text):
                return true;
            case ValueKind.Endpoints:
                return EndpointText.TryRead(text, elements);
            case ValueKind.SipUri:
                return SipUriText.TryRead(text, elements);
            case ValueKind.Text:
                elements.Add(new ValueElement(kind, text));
                return true;
            default:
                return Add(kind, text, elements);
        }
    }

    /// <summary>Reads one element.</summary>
    public static bool TryReadOne(ValueKind kind, ReadOnlySpan<char> text, out ValueElement element)
    {
        var trimmed = text.Trim();
        element = new ValueElement(kind);
        switch (kind)
        {
            case ValueKind.Ip:
                var isIp = IpValue.TryParse(trimmed, out var ip);
                element = element with { Ip = ip };
                return isIp;
            case ValueKind.Host:
                var isHost = HostValue.TryParse(trimmed, out var host);
                element = element with { Host = host };
                return isHost;
            case ValueKind.Url:
                var isUrl = UrlValue.TryParse(text.ToString(), out var url);
                element = element with { Url = url, Host = url?.Host ?? default };
                return isUrl;
            case ValueKind.Boolean:
                var isTrue = trimmed.Equals("1", StringComparison.Ordinal) || trimmed.Equals("true", StringComparison.OrdinalIgnoreCase);
                element = element with { Number = isTrue ? 1 : 0 };
                return isTrue || trimmed.Equals("0", StringComparison.Ordinal) || trimmed.Equals("false", StringComparison.OrdinalIgnoreCase);
            case ValueKind.Number:
                var isNumber = long.TryParse(trimmed, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number);
                element = element with { Number = number };
                return isNumber;
            case ValueKind.Hex or ValueKind.Base64:
                var octets = kind == ValueKind.Hex ? Octets.FromHex(trimmed) : Octets.FromBase64(trimmed);
                element = new ValueElement(ValueKind.Text, octets is null ? "" : Encoding.Latin1.GetString(octets));
                return octets is not null;
            default:
                element = new ValueElement(ValueKind.Text, text.ToString());
                return true;
        }
    }

    private static bool TryReadList(ValueKind kind, ReadOnlySpan<char> text, List<ValueElement> elements)
    {
        var readable = true;
        foreach (var range in text.SplitAny(Separators))
        {
            if (!text[range].IsEmpty)
            {
                readable &= elements.Count < MaxElements && Add(kind, text[range], elements);
            }
        }

        return readable;
    }

    private static bool Add(ValueKind kind, ReadOnlySpan<char> text, List<ValueElement> elements)
    {
        if (!TryReadOne(kind, text, out var element))
        {
            return false;
        }

        elements.Add(element);
        return true;
    }
}
