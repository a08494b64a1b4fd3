namespace CwmpShield.Core.DataModel.Values;

/// <summary>Reads the host out of a SIP URI (RFC 3261 19.1), or out of what devices take in its place: <c>user@host</c>, or a number alone.</summary>
internal static class SipUriText
{
    private static readonly string[] Schemes = ["sip:", "sips:"];

    /// <summary>Adds the host, where the text names one; false when it names one that cannot be read.</summary>
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

        var at = rest.LastIndexOf('@');
        if (at < 0 && !hasScheme)
        {
            return AddBareHost(rest, elements);
        }

        rest = rest[(at + 1)..];
        var end = rest.IndexOfAny(';', '?', '>');
        if (!HostValue.TryParse(end < 0 ? rest : rest[..end], out var host))
        {
            return false;
        }

        elements.Add(new ValueElement(ValueKind.Host, Host: host));
        return true;
    }

    /// <summary>Numbers and names of one label are users; what has dots as a host has, or a scheme, leads somewhere.</summary>
    private static bool AddBareHost(ReadOnlySpan<char> text, List<ValueElement> elements)
    {
        if (text.IndexOf("//") >= 0)
        {
            return false;
        }

        if (HostValue.TryParse(text, out var host) && (host.Address is not null || host.Name.Contains('.', StringComparison.Ordinal)))
        {
            elements.Add(new ValueElement(ValueKind.Host, Host: host));
        }

        return true;
    }
}
