using System.Buffers;
using System.Collections.Frozen;
using CwmpShield.Core.Cwmp;

namespace CwmpShield.Core.Rules;

/// <summary>Finds the names of TR-064 and UPnP services, actions and endpoints in text, as they stand, percent-encoded, in base64 or in hexadecimal.</summary>
public static class Tr064Text
{
    /// <summary>Characters of a value that are decoded at most: a call hidden in one is short.</summary>
    private const int MaxDecoded = 64 << 10;

    /// <summary>Characters below which no encoding of a service's name is.</summary>
    private const int MinEncoded = 24;

    /// <summary>Actions that no method, member or structure of CWMP shares its name with.</summary>
    private static readonly FrozenSet<string> Actions = new[]
    {
        "SetNTPServers", "GetSecurityKeys", "SetSecurityKeys", "DeviceUpgrade", "SetConfigPassword", "GetConfigFile", "SetConfigFile", "FactoryResetDevice",
        "AddPortMapping", "AddAnyPortMapping", "DeletePortMapping", "GetGenericPortMappingEntry", "GetSpecificPortMappingEntry", "AddPinhole",
        "SetConnectionType", "ForceTermination", "RequestConnection", "GetExternalIPAddress", "SetDNSServer", "SetDNSServers", "DeleteDNSServer",
        "SetManagementServerURL", "SetManagementServerUsername", "SetManagementServerPassword", "SetUserName", "SetPassword", "SetSSID",
        "SetDefaultConnectionService", "AddForwardingEntry", "SetIPRouter", "X_AVM-DE_SetConfigFile", "X_GenerateUUID", "GetUserName", "SetDHCPServerConfigurable", "SetAddressRange", "SetIPInterface", "SetSubnetMask",
        "SetReservedAddress", "SetBeaconType", "SetBasBeaconSecurityProperties", "GetStatisticsTotal", "GetCommonLinkProperties", "GetDefaultConnectionService",
        "ConfigurationStarted", "ConfigurationFinished", "X_AVM-DE_GetCallList", "X_AVM-DE_CreateUrlSID",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly SearchValues<char> Signs = SearchValues.Create("/<:#");

    private static readonly SearchValues<char> Base64 = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=\r\n");

    private static readonly SearchValues<char> Hexadecimal = SearchValues.Create("0123456789abcdefABCDEF");

    private static readonly SearchValues<string> Marks = SearchValues.Create(
        [
            "urn:dslforum-org:service:", "urn:dslforum-org:device:", "urn:schemas-upnp-org:", "urn:schemas-any-com:service:", "/ud/act", "/ud/?", "/ctrlt/",
            "/igdupnp/", "/tr064/", "/upnp/control", "/hnap1", ":49000/",
        ],
        StringComparison.OrdinalIgnoreCase);

    private static readonly SearchValues<string> Kinds = SearchValues.Create([":service:", ":device:"], StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether a word is the name of an action that no method, member or structure of CWMP shares.</summary>
    public static bool IsActionName(string word) => Actions.Contains(word);

    /// <summary>Whether SOAPAction names a TR-064 or UPnP service or action.</summary>
    public static bool IsAction(string soapAction)
    {
        var plain = Unescape(soapAction);
        return Names(plain) || Actions.Contains(plain.AsSpan().Trim().Trim('"').ToString());
    }

    /// <summary>Whether a text names a TR-064 or UPnP service, action or endpoint, encoded or not.</summary>
    public static bool Names(string text)
    {
        if (text.Length < 6)
        {
            return false;
        }

        if (InPlain(text) || (text.Contains('%', StringComparison.Ordinal) && InPlain(Unescape(Unescape(text)))))
        {
            return true;
        }

        return text.Length is >= MinEncoded and <= MaxDecoded && Decode(text) is { } decoded && InBytes(decoded);
    }

    /// <summary>Whether bytes that are no message name one, in any encoding that keeps ASCII, or in UTF-16.</summary>
    public static bool InBytes(ReadOnlySpan<byte> body)
    {
        // Piece by piece, whatever the size; no name is longer than what the pieces have in common.
        const int piece = 4096;
        const int common = 128;
        Span<char> text = stackalloc char[piece];
        for (var at = 0; at < body.Length; at += piece - common)
        {
            var length = 0;
            foreach (var octet in body.Slice(at, Math.Min(piece, body.Length - at)))
            {
                if (octet != 0)
                {
                    text[length++] = (char)octet;
                }
            }

            if (InPlain(text[..length]))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Every mark has a slash or a colon, and an action is named behind one of these signs: most values have none of them.</summary>
    private static bool InPlain(ReadOnlySpan<char> text) =>
        text.ContainsAny(Signs) && (text.ContainsAny(Marks) || NamesService(text) || NamesAction(text));

    /// <summary>Whether a URN of some vendor's service or device stands anywhere (<c>urn:NAMESPACE:service:…</c>).</summary>
    private static bool NamesService(ReadOnlySpan<char> text)
    {
        for (var at = text.IndexOfAny(Kinds); at >= 0; at = text.IndexOfAny(Kinds))
        {
            var before = text[..at];
            var urn = before.LastIndexOf("urn:", StringComparison.OrdinalIgnoreCase);
            if (urn >= 0 && LanProtocol.IsNamespace(text[urn..]))
            {
                return true;
            }

            text = text[(at + 1)..];
        }

        return false;
    }

    /// <summary>Whether an action's name follows a colon, a number sign or an opening bracket, as a call of it would be written.</summary>
    private static bool NamesAction(ReadOnlySpan<char> text)
    {
        var lookup = Actions.GetAlternateLookup<ReadOnlySpan<char>>();
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] is not ('<' or ':' or '#'))
            {
                continue;
            }

            var end = at + 1;
            while (end < text.Length && (char.IsAsciiLetterOrDigit(text[end]) || text[end] is '_' or '-'))
            {
                end++;
            }

            if (end - at > 5 && lookup.Contains(text[(at + 1)..end]))
            {
                return true;
            }
        }

        return false;
    }

    private static byte[]? Decode(string text)
    {
        var plain = text.AsSpan().Trim();
        if (plain.Length % 2 == 0 && !plain.ContainsAnyExcept(Hexadecimal))
        {
            return Convert.FromHexString(plain);
        }

        if (plain.ContainsAnyExcept(Base64))
        {
            return null;
        }

        var octets = new byte[Base64Decoded(plain.Length)];
        return Convert.TryFromBase64Chars(plain, octets, out var length) ? octets[..length] : null;
    }

    private static int Base64Decoded(int characters) => (characters / 4 * 3) + 3;

    private static string Unescape(string text) => text.Contains('%', StringComparison.Ordinal) ? Uri.UnescapeDataString(text) : text;
}
