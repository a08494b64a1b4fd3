using System.Buffers;

namespace CwmpShield.Core.DataModel.Values;

/// <summary>Sets of characters that the readers of names and values share.</summary>
internal static class CharacterSets
{
    private const string Lower = "abcdefghijklmnopqrstuvwxyz";
    private const string Upper = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private const string Digits = "0123456789";

    /// <summary>Letters and digits.</summary>
    public static readonly SearchValues<char> Alphanumeric = SearchValues.Create(Lower + Upper + Digits);

    /// <summary>Lower-case letters, digits and hyphen.</summary>
    public static readonly SearchValues<char> Kebab = SearchValues.Create(Lower + Digits + "-");

    /// <summary>Lower-case letters, digits, hyphen and underscore.</summary>
    public static readonly SearchValues<char> HostLabel = SearchValues.Create(Lower + Digits + "-_");

    /// <summary>What a step of a path pattern may be written with.</summary>
    public static readonly SearchValues<char> PatternStep = SearchValues.Create(Lower + Upper + Digits + "_-*");

    /// <summary>What a URL scheme may be written with.</summary>
    public static readonly SearchValues<char> Scheme = SearchValues.Create(Lower + Upper + Digits + "+.-");

    /// <summary>What a telephone number may be written with, visual separators and service codes included.</summary>
    public static readonly SearchValues<char> Telephone = SearchValues.Create(Digits + "+*#-.()/ ");

    /// <summary>Hexadecimal digits.</summary>
    public static readonly SearchValues<char> Hex = SearchValues.Create(Digits + "abcdefABCDEF");

    /// <summary>What an IPv6 address may be written with.</summary>
    public static readonly SearchValues<char> IpV6 = SearchValues.Create(Digits + "abcdefABCDEF:.");
}
