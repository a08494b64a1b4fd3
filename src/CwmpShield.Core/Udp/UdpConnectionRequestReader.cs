using System.Buffers;
using System.Globalization;
using System.Text;

namespace CwmpShield.Core.Udp;

/// <summary>
/// Reads <c>GET http://host:port?ts=…&amp;id=…&amp;un=…&amp;cn=…&amp;sig=… HTTP/1.1</c> (TR-069 Annex G.2.2). Each parameter comes once, in any
/// order, and no other; header lines may follow and say nothing; a body may not.
/// </summary>
public static class UdpConnectionRequestReader
{
    /// <summary>Bytes of a datagram that is read.</summary>
    public const int MaxBytes = 1024;

    /// <summary>Characters of <c>un</c>: ConnectionRequestUsername has 256 at most.</summary>
    public const int MaxUser = 256;

    /// <summary>Characters of <c>cn</c>.</summary>
    public const int MaxNonce = 128;

    private const int MaxAuthority = 255;
    private const int MaxHeaderLines = 8;
    private const int SignatureDigits = 40;

    private static readonly SearchValues<char> AuthorityCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.-_:[]");

    private static readonly SearchValues<char> NonceCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.-_~");

    /// <summary>Reads a datagram; false says in <paramref name="reason"/> why it is none.</summary>
    public static bool TryRead(ReadOnlySpan<byte> datagram, out UdpConnectionRequest? request, out string reason)
    {
        request = null;
        reason = datagram.Length > MaxBytes ? UdpRequestReason.TooLarge : UdpRequestReason.Malformed;
        if (datagram.Length > MaxBytes || !Ascii.IsValid(datagram))
        {
            return false;
        }

        var text = Encoding.ASCII.GetString(datagram);
        var end = text.IndexOf("\r\n", StringComparison.Ordinal);
        if (end < 0 || !AreHeaders(text.AsSpan(end + 2)) || !TryTarget(text.AsSpan(0, end), out var target))
        {
            return false;
        }

        request = ReadTarget(target);
        reason = request is null ? reason : "";
        return request is not null;
    }

    /// <summary>Whether <paramref name="user"/> can stand in a request line as it is.</summary>
    public static bool IsUser(ReadOnlySpan<char> user)
    {
        foreach (var character in user)
        {
            if (character is <= ' ' or >= '\x7f' or '&' or '#' or '"' or '<' or '>')
            {
                return false;
            }
        }

        return user.Length is > 0 and <= MaxUser;
    }

    /// <summary>Whether <paramref name="authority"/> can stand in a request line as it is.</summary>
    public static bool IsAuthority(ReadOnlySpan<char> authority) =>
        authority.Length is > 0 and <= MaxAuthority && !authority.ContainsAnyExcept(AuthorityCharacters);

    private static bool TryTarget(ReadOnlySpan<char> line, out ReadOnlySpan<char> target)
    {
        const string Start = "GET ";
        const string End = " HTTP/1.1";
        target = default;
        if (!line.StartsWith(Start, StringComparison.Ordinal) || !line.EndsWith(End, StringComparison.Ordinal) || line.Length < Start.Length + End.Length)
        {
            return false;
        }

        target = line[Start.Length..^End.Length];
        return true;
    }

    /// <summary>Nothing, an empty line, or header lines with or without the empty line that ends them; nothing behind it.</summary>
    private static bool AreHeaders(ReadOnlySpan<char> rest)
    {
        for (var lines = 0; rest.Length > 0; lines++)
        {
            var end = rest.IndexOf("\r\n", StringComparison.Ordinal);
            if (end == 0)
            {
                return rest.Length == 2;
            }

            if (end < 0 || lines == MaxHeaderLines || rest[..end].IndexOf(':') < 1 || rest[..end].ContainsAnyExceptInRange(' ', '~'))
            {
                return false;
            }

            rest = rest[(end + 2)..];
        }

        return true;
    }

    private static UdpConnectionRequest? ReadTarget(ReadOnlySpan<char> target)
    {
        const string Scheme = "http://";
        var question = target.IndexOf('?');
        if (question < 0)
        {
            return null;
        }

        var place = target[..question];
        var slash = place.EndsWith("/", StringComparison.Ordinal) && !place.SequenceEqual(Scheme);
        place = slash ? place[..^1] : place;
        var authority = place.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? place[Scheme.Length..] : place;
        var absolute = authority.Length < place.Length;
        if (absolute ? !IsAuthority(authority) : place.Length > 0)
        {
            return null;
        }

        return ReadQuery(target[(question + 1)..], authority.ToString(), slash);
    }

    private static UdpConnectionRequest? ReadQuery(ReadOnlySpan<char> query, string authority, bool slash)
    {
        ReadOnlySpan<char> ts = default, id = default, user = default, nonce = default, signature = default;
        var seen = 0;
        foreach (var range in query.Split('&'))
        {
            var pair = query[range];
            var equal = pair.IndexOf('=');
            var bit = equal < 0 ? 0 : Bit(pair[..equal]);
            if (bit == 0 || (seen & bit) != 0)
            {
                return null;
            }

            seen |= bit;
            var value = pair[(equal + 1)..];
            switch (bit)
            {
                case 1: ts = value; break;
                case 2: id = value; break;
                case 4: user = value; break;
                case 8: nonce = value; break;
                default: signature = value; break;
            }
        }

        return seen == 31 && IsNumber(ts) && IsNumber(id) && IsUser(user) && IsNonce(nonce) && TryHex(signature, out var bytes, out var upper)
            && long.TryParse(ts, NumberStyles.None, CultureInfo.InvariantCulture, out var timestamp)
            ? new(authority, timestamp, id.ToString(), user.ToString(), nonce.ToString(), bytes, new(upper, slash))
            : null;
    }

    private static int Bit(ReadOnlySpan<char> name) => name switch
    {
        "ts" => 1,
        "id" => 2,
        "un" => 4,
        "cn" => 8,
        "sig" => 16,
        _ => 0,
    };

    // One number has one text: it is signed as text and compared as number.
    private static bool IsNumber(ReadOnlySpan<char> text) =>
        text.Length is > 0 and <= 20 && !text.ContainsAnyExceptInRange('0', '9') && (text.Length == 1 || text[0] != '0');

    private static bool IsNonce(ReadOnlySpan<char> text) => text.Length is > 0 and <= MaxNonce && !text.ContainsAnyExcept(NonceCharacters);

    private static bool TryHex(ReadOnlySpan<char> text, out byte[] bytes, out bool upper)
    {
        bytes = [];
        upper = !text.ContainsAnyInRange('a', 'f');
        if (text.Length != SignatureDigits)
        {
            return false;
        }

        bytes = new byte[SignatureDigits / 2];
        return Convert.FromHexString(text, bytes, out _, out _) == OperationStatus.Done;
    }
}
