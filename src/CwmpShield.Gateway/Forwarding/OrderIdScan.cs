using System.Text;
using System.Text.RegularExpressions;

namespace CwmpShield.Gateway.Forwarding;

/// <summary>
/// Finds a cwmp:ID in an order that cannot be read, so that the ACS can be told no under the ID that it gave instead of being
/// hung up on (which locks the device out for as long as the ACS waits). The ID goes back to the ACS alone.
/// </summary>
internal static class OrderIdScan
{
    private const int Window = 4 << 10;

    private static readonly Regex IdElement = new(
        @"<(?:[A-Za-z_][A-Za-z0-9_-]{0,30}:)?ID(?:\s[^<>]{0,100})?>\s{0,9}(?<id>[A-Za-z0-9._:-]{1,64})\s{0,9}</",
        RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant);

    /// <summary>The ID, null when there is none of plain characters near the start, or more than one.</summary>
    public static string? Find(ReadOnlySpan<byte> body)
    {
        var start = Encoding.Latin1.GetString(body[..Math.Min(body.Length, Window)]);
        var matches = IdElement.Matches(start);
        return matches.Count == 1 ? matches[0].Groups["id"].Value : null;
    }
}
