using System.Text;

namespace CwmpShield.Core.Wire;

/// <summary>The shortest values, of which reports are full: they need not be made again.</summary>
internal static class CommonTexts
{
    private static readonly string[] Characters = [.. Enumerable.Range(0, 128).Select(code => ((char)code).ToString())];

    /// <summary>The text of <paramref name="ascii"/>, which must be ASCII.</summary>
    public static string Of(ReadOnlySpan<byte> ascii) => ascii switch
    {
        [] => "",
        [var one] => Characters[one],
        [(byte)'t', (byte)'r', (byte)'u', (byte)'e'] => "true",
        [(byte)'f', (byte)'a', (byte)'l', (byte)'s', (byte)'e'] => "false",
        _ => Encoding.Latin1.GetString(ascii),
    };
}
