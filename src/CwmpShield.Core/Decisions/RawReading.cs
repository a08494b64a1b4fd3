using CwmpShield.Core.Cwmp;
using CwmpShield.Core.Rules;
using CwmpShield.Core.Wire;

namespace CwmpShield.Core.Decisions;

/// <summary>Reads a body as it came as the message that is judged.</summary>
internal static class RawReading
{
    /// <summary>
    /// Reads <paramref name="raw"/>; false with a reason when it is no message. What no encoding gives is repaired in texts that people and
    /// neighbours choose (the class people-texts), in a device's message; anywhere else the body is refused for it.
    /// </summary>
    /// <param name="rules">The set whose classes count.</param>
    /// <param name="raw">The body as it came.</param>
    /// <param name="limits">Bounds.</param>
    /// <param name="envelope">What the body's bytes held, null when false is returned.</param>
    /// <param name="message">The message, null when false is returned.</param>
    /// <param name="isRepaired">Whether text was put in the place of what came.</param>
    /// <param name="error">Why not, when false is returned.</param>
    public static bool TryRead(
        RuleSet rules, in RawMessage raw, SoapLimits limits, out SoapEnvelope? envelope, out CwmpMessage? message, out bool isRepaired, out WireError error)
    {
        message = null;
        isRepaired = false;
        var repairs = 0;
        var isSoap = raw.Direction == Direction.CpeToAcs && rules.RepairsTexts
            ? SoapReader.TryReadOrRepair(raw.Body, raw.ContentType, limits, out envelope, out repairs, out error)
            : SoapReader.TryRead(raw.Body, raw.ContentType, limits, out envelope, out error);
        if (repairs == 0)
        {
            return isSoap && CwmpMessageReader.TryRead(envelope!, raw.Direction, out message, out error);
        }

        isRepaired = CwmpMessageReader.TryRead(envelope!, raw.Direction, out message, out _) && StandWherePeopleWrite(rules, message!, repairs);
        message = isRepaired ? message : null;
        return isRepaired;
    }

    // Every replacement must be seen in such a text, and none may be seen anywhere else: then none is left for a place that nobody looked at.
    // A look at a name costs more than reading it, so a device that fills its values with the character itself is refused before.
    private static bool StandWherePeopleWrite(RuleSet rules, CwmpMessage message, int repairs)
    {
        var seen = CwmpMessageWriter.ToBytes(message).Span.Count("\uFFFD"u8);
        if (seen < repairs || seen > TextRepair.MaxRepairs)
        {
            return false;
        }

        var written = 0;
        foreach (var parameter in message.Parameters)
        {
            var count = parameter.Value.AsSpan().Count('\uFFFD');
            written += count > 0 && rules.RepairsTextOf(parameter.Name) ? count : 0;
        }

        return written == seen;
    }
}
