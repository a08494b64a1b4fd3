namespace CwmpShield.Core.DataModel.Values;

/// <summary>The types under which a rule can read a value.</summary>
public enum ValueKind
{
    /// <summary>As it is.</summary>
    Text = 0,

    /// <summary>One IPv4 or IPv6 address or network.</summary>
    Ip,

    /// <summary>Addresses separated by comma, semicolon or white space.</summary>
    IpList,

    /// <summary>Host name or address, with or without port.</summary>
    Host,

    /// <summary>Hosts separated by comma, semicolon or white space.</summary>
    HostList,

    /// <summary>Absolute URL with host.</summary>
    Url,

    /// <summary>Hosts that stand inside a text: addresses, hosts of URLs, names with a port.</summary>
    Endpoints,

    /// <summary>Host of a SIP URI, or of what stands in its place: <c>user@host</c>.</summary>
    SipUri,

    /// <summary>0, 1, true or false.</summary>
    Boolean,

    /// <summary>Decimal, 64 bit.</summary>
    Number,

    /// <summary>Octets in hexadecimal.</summary>
    Hex,

    /// <summary>Octets in base64.</summary>
    Base64,

    /// <summary>Value of a DHCP option, under the meaning of its tag.</summary>
    DhcpOption,
}

/// <summary>One element of a value, read under a type.</summary>
/// <param name="Kind">Ip, Host, Url, Integer or Text.</param>
/// <param name="Text">Text as written, or decoded.</param>
/// <param name="Ip">Address of <see cref="ValueKind.Ip"/>.</param>
/// <param name="Host">Host of <see cref="ValueKind.Host"/> and <see cref="ValueKind.Url"/>.</param>
/// <param name="Url">URL of <see cref="ValueKind.Url"/>.</param>
/// <param name="Number">Number of <see cref="ValueKind.Number"/>; 0 or 1 of <see cref="ValueKind.Boolean"/>.</param>
public readonly record struct ValueElement(
    ValueKind Kind,
    string Text = "",
    IpValue Ip = default,
    HostValue Host = default,
    UrlValue? Url = null,
    long Number = 0);
