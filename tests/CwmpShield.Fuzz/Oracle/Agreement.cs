using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.RegularExpressions;
using CwmpShield.Core.Wire;

namespace CwmpShield.Fuzz.Oracle;

/// <summary>
/// Holds the reader to the one that stands on the framework's parser. It may be stricter in two things: a number beyond the last
/// character, which that parser folds into another character, and an ill-formed tag that has too many attributes as it is.
/// </summary>
internal static partial class Agreement
{
    [GeneratedRegex(@"&#(x0*(?<hex>[0-9a-fA-F]{6,})|0*(?<decimal>[0-9]{7,}));", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex LargeNumber { get; }

    /// <summary>Where the two differ over a body; null when they agree.</summary>
    public static string? Difference(ReadOnlyMemory<byte> body, string? contentType = null, SoapLimits? limits = null)
    {
        limits ??= SoapLimits.FromDevice;
        var own = SoapReader.TryRead(body, contentType, limits, out var read, out var error);
        var theirs = OracleReader.TryRead(body, contentType, limits, out var expected, out var reason);
        if (own && theirs)
        {
            var (left, right) = (Show(read!), Show(expected!));
            return left == right ? null : $"trees differ:\n{left}\nbut was expected:\n{right}";
        }

        var isStricter = !own
            && ((error.Reason is WireReason.NotWellFormed or WireReason.Doctype && HasFoldedNumber(Encoding.Latin1.GetString(body.Span)))
                || (error.Reason == WireReason.TooManyAttributes && reason.Reason == WireReason.NotWellFormed));
        return (!own && !theirs && error.Reason == reason.Reason) || isStricter
            ? null
            : $"{(own ? "read" : error.Reason)} at {error.Line}:{error.Column}, but was expected: {(theirs ? "read" : reason.Reason)} at {reason.Line}:{reason.Column}";
    }

    private static bool HasFoldedNumber(string body) => LargeNumber.Matches(body).Any(match =>
        (match.Groups["hex"] is { Success: true } hex
            ? BigInteger.Parse("0" + hex.Value, NumberStyles.HexNumber, CultureInfo.InvariantCulture)
            : BigInteger.Parse(match.Groups["decimal"].Value, CultureInfo.InvariantCulture)) > 0x10FFFF);

    private static string Show(SoapEnvelope envelope)
    {
        var text = new StringBuilder($"{envelope.CwmpNamespace} | {string.Join(' ', envelope.DeclaredNamespaces)}\n");
        foreach (var header in envelope.Headers)
        {
            Show(text, header, 1);
        }

        Show(text, envelope.Body, 0);
        return text.ToString();
    }

    private static void Show(StringBuilder text, SoapElement element, int depth)
    {
        text.Append(' ', depth).Append(CultureInfo.InvariantCulture, $"{element.Line}:{element.Column} {{{element.Namespace}}}{element.LocalName} [{element.Text}]");
        text.AppendJoin(' ', element.Attributes).Append('\n');
        foreach (var child in element.Children)
        {
            Show(text, child, depth + 1);
        }
    }
}
