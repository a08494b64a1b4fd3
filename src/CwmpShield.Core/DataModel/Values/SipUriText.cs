using System.Buffers;

namespace CwmpShield.Core.DataModel.Values;

/// <summary>
/// Reads the hosts out of a SIP URI (RFC 3261 19.1), or out of what devices take in its place: <c>user@host</c>, or a number alone. Some devices
/// take the first @ for the end of the user, others the last: what stands behind each of them is a host. So is what <c>maddr</c> names, which is
/// where the request goes.
/// </summary>
internal static class SipUriText
{
    private const string ServerAddress = "maddr=";
    private static readonly string[] Schemes = ["sip:", "sips:"];

    /// <summary>A user may hold more of them by the letter of RFC 3261; a reader that stops at one would find another host than is judged.</summary>
    private static readonly SearchValues<char> NoUser = SearchValues.Create(" \t\r\n\u00a0\"<>,;?/\\");

    /// <summary>Adds the hosts, where the text names some; false when it names one that cannot be read, or where it leads cannot be told.</summary>
    public static bool TryRead(string text, List<ValueElement> elements)
    {
        var rest = text.AsSpan().Trim();
        var hasScheme = false;
        foreach (var scheme in Schemes)
        {
            if (!hasScheme && rest.StartsWith(scheme, StringComparison.OrdinalIgnoreCase))
            {
                rest = rest[scheme.Length..];
                hasScheme = true;
            }
        }

        var at = rest.IndexOf('@');
        if (at < 0)
        {
            return hasScheme ? AddTarget(rest, elements) : AddBareHost(rest, elements);
        }

        var readable = !rest[..at].ContainsAny(NoUser);
        rest = rest[(at + 1)..];
        foreach (var range in rest.Split('@'))
        {
            readable = readable && elements.Count < ValueReader.MaxElements && AddTarget(rest[range], elements);
        }

        return readable;
    }

    /// <summary>A host with what may follow it: port, parameters and headers.</summary>
    private static bool AddTarget(ReadOnlySpan<char> text, List<ValueElement> elements)
    {
        var head = Head(text);
        if (!HostValue.TryParse(head, out var host))
        {
            return false;
        }

        elements.Add(new ValueElement(ValueKind.Host, Host: host));
        return AddServerAddress(text[head.Length..], elements);
    }

    /// <summary>The host and port, without parameters and headers.</summary>
    private static ReadOnlySpan<char> Head(ReadOnlySpan<char> text) => text.IndexOfAny(';', '?', '>') is var end and >= 0 ? text[..end] : text;

    /// <summary>Parameters and headers that lead the request elsewhere; escapes may hide the names of both.</summary>
    private static bool AddServerAddress(ReadOnlySpan<char> more, List<ValueElement> elements)
    {
        if (more.Contains('%') || more.Contains("route", StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        var readable = true;
        foreach (var range in more.SplitAny(';', '?', '&', '>'))
        {
            var parameter = more[range].Trim();
            if (parameter.StartsWith(ServerAddress, StringComparison.OrdinalIgnoreCase))
            {
                var isHost = HostValue.TryParse(parameter[ServerAddress.Length..], out var host);
                elements.Add(new ValueElement(ValueKind.Host, Host: host));
                readable &= isHost && elements.Count <= ValueReader.MaxElements;
            }
        }

        return readable;
    }

    /// <summary>Numbers and names of one label are users; what has dots as a host has leads somewhere.</summary>
    private static bool AddBareHost(ReadOnlySpan<char> text, List<ValueElement> elements)
    {
        if (text.StartsWith("tel:", StringComparison.OrdinalIgnoreCase))
        {
            return !text["tel:".Length..].ContainsAnyExcept(CharacterSets.Telephone);
        }

        var head = Head(text);
        if (HostValue.TryParse(head, out var host))
        {
            return (host.Address is null && !host.Name.Contains('.', StringComparison.Ordinal)) || AddTarget(text, elements);
        }

        return !Ipv4Text.IsReadTwoWays(head) && !(head.ContainsAny('.', ':') && head.ContainsAnyExcept(CharacterSets.Telephone));
    }
}
