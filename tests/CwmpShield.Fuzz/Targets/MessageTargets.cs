using CwmpShield.Core.Cwmp;
using CwmpShield.Core.Wire;
using CwmpShield.Fuzz.Oracle;

namespace CwmpShield.Fuzz.Targets;

/// <summary>The reader and the writer of messages.</summary>
internal static class MessageTargets
{
    /// <summary>Reads as the framework's parser does, and is never more lenient.</summary>
    public static FuzzTarget Reader { get; } = new()
    {
        Name = "reader",
        Seeds = Seeds.Messages,
        Fragments = XmlFragments.All,
        Wraps = XmlFragments.Wraps,
        Mark = (byte)'<',
        Check = body => Agreement.Difference(body) ?? Agreement.Difference(body, "text/xml; charset=iso-8859-1", Small),
    };

    /// <summary>What is written reads back as what was read, and is then written the same.</summary>
    public static FuzzTarget Writer { get; } = Reader with { Name = "writer", Check = ReadsBack };

    private static SoapLimits Small { get; } = new() { MaxDepth = 8, MaxElements = 40, MaxAttributes = 6, MaxNameLength = 40, MaxTextLength = 60 };

    private static string? ReadsBack(byte[] body)
    {
        foreach (var direction in Enum.GetValues<Direction>())
        {
            if (!TryRead(body, direction, out var message, out var error))
            {
                if (string.IsNullOrEmpty(error.Reason))
                {
                    return "refused without a reason";
                }

                continue;
            }

            var bytes = CwmpMessageWriter.ToBytes(message!);
            if (!TryRead(bytes, direction, out var again, out error))
            {
                return $"written, and then refused: {error.Reason}";
            }

            var (one, two) = (message!.Envelope, again!.Envelope);
            if (!Same(one.Body, two.Body) || one.Headers.Count != two.Headers.Count || one.Headers.Zip(two.Headers).Any(pair => !Same(pair.First, pair.Second)))
            {
                return "reads back as another message";
            }

            if (!CwmpMessageWriter.ToBytes(again).Span.SequenceEqual(bytes.Span))
            {
                return "is written in two ways";
            }
        }

        return null;
    }

    private static bool TryRead(ReadOnlyMemory<byte> body, Direction direction, out CwmpMessage? message, out WireError error)
    {
        message = null;
        return SoapReader.TryRead(body, null, SoapLimits.FromDevice, out var envelope, out error)
            && CwmpMessageReader.TryRead(envelope!, direction, out message, out error);
    }

    private static bool Same(SoapElement one, SoapElement two) =>
        one.LocalName == two.LocalName && one.Namespace == two.Namespace && one.Text == two.Text
        && one.Children.Count == two.Children.Count && one.Children.Zip(two.Children).All(pair => Same(pair.First, pair.Second))
        && one.Attributes.Count == two.Attributes.Count && one.Attributes.Zip(two.Attributes).All(pair => Same(pair.First, pair.Second));

    // A value that is a qualified name is written under the gateway's own prefix.
    private static bool Same(SoapAttribute one, SoapAttribute two) =>
        one.LocalName == two.LocalName && one.Namespace == two.Namespace && one.ValueNamespace == two.ValueNamespace
        && (one.ValueNamespace.Length > 0 ? one.Value[(one.Value.IndexOf(':', StringComparison.Ordinal) + 1)..] == two.Value[(two.Value.IndexOf(':', StringComparison.Ordinal) + 1)..] : one.Value == two.Value);
}
