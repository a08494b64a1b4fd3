using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using CwmpShield.Core.Cwmp;
using CwmpShield.Core.DataModel.Values;
using CwmpShield.Core.Decisions;

namespace CwmpShield.Core.Audit;

/// <summary>
/// What the ledger keeps of a value: always a keyed hash, by which an auditor who has the value finds it again; the value itself only
/// where it is not secret by its name, and, below a vendor's step, only where it is a switch, a number, or an address.
/// </summary>
/// <param name="key">Key of the hashes, 32 bytes.</param>
public sealed class AuditRedaction(byte[] key)
{
    private const int MaxShown = 128;
    private const int MacLength = 16;
    private static readonly SearchValues<char> SchemeCharacters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+-.");
    private static readonly SearchValues<char> LiteralCharacters = SearchValues.Create("[]0123456789ABCDEFabcdef:.");
    private static readonly SearchValues<string> Personal =
        SearchValues.Create(["user", "login", "pass", "code", "cert", "config", "persistentdata", "authorizedkey"], StringComparison.OrdinalIgnoreCase);

    private static readonly SearchValues<string> VendorStep = SearchValues.Create([".X_"], StringComparison.OrdinalIgnoreCase);

    /// <summary>The parameter as the ledger keeps it.</summary>
    public AuditParameter Of(string name, string? value) =>
        value is null ? new AuditParameter(name) : new AuditParameter(name, MayShow(name, value) ? Shown(value) : null, Mac(value));

    /// <summary>The keyed hash of a value, 32 hexadecimal digits.</summary>
    public string Mac(string value) => Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(value)).AsSpan(0, MacLength));

    /// <summary>A URL without what may be secret in it: user, query and fragment.</summary>
    public static string Url(string url)
    {
        var end = url.AsSpan().IndexOfAny('?', '#');
        var bare = end < 0 ? url : url[..end];
        var scheme = bare.IndexOf("://", StringComparison.Ordinal);
        if (scheme < 0 || bare.AsSpan(0, scheme).ContainsAnyExcept(SchemeCharacters))
        {
            return bare.Contains('@', StringComparison.Ordinal) ? "" : bare;
        }

        // A password that is not escaped ends the authority early: what is left of it is no host then, and is not shown.
        var authority = bare.AsSpan(scheme + 3);
        var slash = authority.IndexOfAny('/', '\\');
        var user = (slash < 0 ? authority : authority[..slash]).LastIndexOf('@');
        var place = authority[(user + 1)..];
        return !IsHost(slash < 0 ? place : place[..(slash - user - 1)]) ? bare[..(scheme + 3)]
            : user < 0 ? bare
            : string.Concat(bare.AsSpan(0, scheme + 3), place);
    }

    private static bool IsHost(ReadOnlySpan<char> host)
    {
        var port = host.LastIndexOf(':');
        return host is ['[', ..]
            ? !host.ContainsAnyExcept(LiteralCharacters)
            : port < 0 || !host[(port + 1)..].ContainsAnyExceptInRange('0', '9');
    }

    private static bool MayShow(string name, string value)
    {
        if (value.Length == 0 || ShownValue.IsSecret(name) || IsPersonal(name))
        {
            return false;
        }

        return IsPlain(value) || (value.Length <= MaxShown && !name.AsSpan().ContainsAny(VendorStep) && !value.Contains('@', StringComparison.Ordinal));
    }

    private static bool IsPersonal(string name) => ParameterPath.LastStep(name).ContainsAny(Personal);

    /// <summary>A switch, a number, or addresses: no secret looks like it, and an attack is told by it.</summary>
    private static bool IsPlain(string value) =>
        value.Length <= MaxShown
        && (value is "true" or "false" || (value.Length < 6 && value.All(char.IsAsciiDigit)) || IsAddresses(value) || (UrlValue.TryParse(value, out var url) && url!.Scheme.Length > 0));

    private static bool IsAddresses(string value)
    {
        foreach (var part in value.AsSpan().Split(','))
        {
            if (!IpValue.TryParse(value.AsSpan(part).Trim(), out _))
            {
                return false;
            }
        }

        return true;
    }

    private static string Shown(string value) => value.Contains("://", StringComparison.Ordinal) ? Url(value) : value;
}
