using System.Text;

namespace CwmpShield.Core.DataModel.Values;

/// <summary>
/// Reads the value of a DHCP option under the meaning of its tag, in hexadecimal (TR-181), base64 (TR-098) or plain text (many
/// devices): the first of these in which it has that meaning.
/// </summary>
internal static class DhcpOption
{
    private enum Meaning
    {
        Text,
        Addresses,
        AddressPairs,
        ClasslessRoutes,
        Name,
        DomainNames,
        Url,
    }

    /// <summary>Adds the elements of <paramref name="value"/>; false when it has no meaning under the tag.</summary>
    /// <param name="tag">Option number.</param>
    /// <param name="v6">Whether it is a DHCPv6 option.</param>
    /// <param name="value">Value as written.</param>
    /// <param name="elements">Takes the elements.</param>
    public static bool TryRead(int tag, bool v6, string value, List<ValueElement> elements)
    {
        var text = value.AsSpan().Trim();
        if (text.IsEmpty)
        {
            return true;
        }

        var meaning = MeaningOf(tag, v6);
        return (Octets.FromHex(text) is { Length: > 0 } hex && TryOctets(meaning, v6, hex, elements))
            || (Octets.FromBase64(text) is { Length: > 0 } octets && TryOctets(meaning, v6, octets, elements))
            || TryText(meaning, text.ToString(), elements);
    }

    /// <summary>The element type of a tag, to which a rule's list items are read.</summary>
    public static ValueKind KindOf(int tag, bool v6) => MeaningOf(tag, v6) switch
    {
        Meaning.Addresses or Meaning.AddressPairs or Meaning.ClasslessRoutes => ValueKind.Ip,
        Meaning.Name or Meaning.DomainNames => ValueKind.Host,
        Meaning.Url => ValueKind.Url,
        _ => ValueKind.Text,
    };

    private static Meaning MeaningOf(int tag, bool v6) => (v6, tag) switch
    {
        (false, 3 or 4 or 5 or 6 or 7 or 9 or 41 or 42 or 44 or 45 or 48 or 49 or 65 or 68 or 69 or 70 or 71 or 72 or 150) => Meaning.Addresses,
        (false, 33) => Meaning.AddressPairs,
        (false, 121 or 249) => Meaning.ClasslessRoutes,
        (false, 15 or 66) => Meaning.Name,
        (false, 119) => Meaning.DomainNames,
        (false, 114 or 252) => Meaning.Url,
        (true, 22 or 23 or 27 or 31) => Meaning.Addresses,
        (true, 21 or 24) => Meaning.DomainNames,
        (true, 59) => Meaning.Url,
        _ => Meaning.Text,
    };

    private static bool TryText(Meaning meaning, string text, List<ValueElement> elements)
    {
        var kind = meaning switch
        {
            Meaning.Addresses or Meaning.AddressPairs or Meaning.ClasslessRoutes => ValueKind.IpList,
            Meaning.Name or Meaning.DomainNames => ValueKind.HostList,
            Meaning.Url => ValueKind.Url,
            _ => ValueKind.Text,
        };
        return ValueReader.TryRead(kind, text, elements);
    }

    private static bool TryOctets(Meaning meaning, bool v6, byte[] octets, List<ValueElement> elements) => meaning switch
    {
        Meaning.Addresses => TryAddresses(octets, v6 ? 16 : 4, 0, elements),
        Meaning.AddressPairs => TryAddresses(octets, 8, 4, elements),
        Meaning.ClasslessRoutes => TryRoutes(octets, elements),
        Meaning.DomainNames when TryLabels(octets, elements) => true,
        _ => IsPrintable(octets) && TryText(meaning, Encoding.ASCII.GetString(octets), elements),
    };

    private static bool TryAddresses(byte[] octets, int stride, int offset, List<ValueElement> elements)
    {
        if (octets.Length % stride != 0)
        {
            return false;
        }

        for (var i = offset; i < octets.Length; i += stride)
        {
            elements.Add(new ValueElement(ValueKind.Ip, Ip: IpValue.From(octets.AsSpan(i, stride - offset))));
        }

        return true;
    }

    /// <summary>RFC 3442: prefix length, its significant octets, gateway.</summary>
    private static bool TryRoutes(byte[] octets, List<ValueElement> elements)
    {
        List<ValueElement> gateways = [];
        for (var i = 0; i < octets.Length;)
        {
            var gateway = i + 1 + ((octets[i] + 7) / 8);
            if (octets[i] > 32 || gateway + 4 > octets.Length)
            {
                return false;
            }

            gateways.Add(new ValueElement(ValueKind.Ip, Ip: IpValue.From(octets.AsSpan(gateway, 4))));
            i = gateway + 4;
        }

        elements.AddRange(gateways);
        return true;
    }

    /// <summary>RFC 1035 labels without compression.</summary>
    private static bool TryLabels(byte[] octets, List<ValueElement> elements)
    {
        List<ValueElement> names = [];
        var name = new StringBuilder();
        for (var i = 0; i < octets.Length; i += octets[i] + 1)
        {
            if (octets[i] == 0)
            {
                if (!ValueReader.TryReadOne(ValueKind.Host, name.ToString(), out var element))
                {
                    return false;
                }

                names.Add(element);
                name.Clear();
                continue;
            }

            if (octets[i] > 63 || i + octets[i] >= octets.Length || !IsPrintable(octets.AsSpan(i + 1, octets[i])))
            {
                return false;
            }

            name.Append(name.Length > 0 ? "." : "").Append(Encoding.ASCII.GetString(octets, i + 1, octets[i]));
        }

        elements.AddRange(names);
        return name.Length == 0 && names.Count > 0;
    }

    private static bool IsPrintable(ReadOnlySpan<byte> octets) => !octets.ContainsAnyExceptInRange((byte)0x20, (byte)0x7E);
}
