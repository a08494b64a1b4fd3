using CwmpShield.Core.Cwmp;
using CwmpShield.Core.Identity;
using CwmpShield.Gateway.Inspection;
using CwmpShield.Gateway.WebConsole.Pages;

namespace CwmpShield.Gateway.WebConsole.Live;

/// <summary>One judgement as the live page shows it. Texts of devices and strangers are in it: they are encoded where they are written.</summary>
/// <param name="Number">Order in which it came.</param>
/// <param name="At">Time of day, UTC.</param>
/// <param name="Device">The device, or the name that a stranger used, or empty.</param>
/// <param name="Strength">How strongly it is proven.</param>
/// <param name="Way">Who sent it: <c>ACS</c> or <c>device</c>.</param>
/// <param name="Message">Name of the message; empty when it could not be read.</param>
/// <param name="Verdict">Word of the verdict.</param>
/// <param name="Tone">Style of the verdict's badge.</param>
/// <param name="Why">Reasons and rules.</param>
internal sealed record LiveDecision(
    long Number, string At, string Device, string Strength, string Way, string Message, string Verdict, string Tone, string Why)
{
    private const int MaxText = 128;

    /// <summary>Makes one of an event.</summary>
    public static LiveDecision Of(long number, DecisionEvent judged)
    {
        var decision = judged.Decision;
        var why = decision.Reasons.Concat(decision.Hits.Select(hit => hit.RuleId)).Distinct(StringComparer.Ordinal);
        var who = judged.Device?.ToString() ?? (judged.Claim.Length > 0 ? $"claims {judged.Claim}" : "");
        return new LiveDecision(
            number,
            Format.TimeOfDay(judged.At),
            Bounded(who),
            StrengthName.Of(judged.Strength),
            judged.Direction == Direction.AcsToCpe ? "ACS" : "device",
            Bounded(judged.Message),
            Badge.WordOf(decision.Verdict),
            Badge.ToneOf(decision.Verdict),
            Bounded(string.Join(", ", why)));
    }

    private static string Bounded(string text) => Format.Printable(text.Length > MaxText ? text[..MaxText] + "…" : text);
}
