using CwmpShield.Core.Cwmp;
using CwmpShield.Core.Identity.Impersonation;
using CwmpShield.Core.Rules;
using CwmpShield.Core.Wire;

namespace CwmpShield.Core.Decisions;

/// <summary>Lays out for the rules what a message came with.</summary>
internal static class Judgements
{
    /// <summary>The judgement of one message.</summary>
    public static Judgement Of(RuleSet rules, in RawMessage raw, InspectionContext context, CwmpMessage message, SoapEnvelope envelope) => new()
    {
        Message = message,
        Original = envelope,
        Traits = context.Traits,
        Facts = context.Facts,
        Rates = context.Rates,
        Artefacts = context.Artefacts,
        Model = context.Model ?? rules.Model,
        Source = context.Source,
        Signals = context.Signals?.Invoke(message) ?? Signal.None,
        Credentials = context.Credentials,
        Now = context.Now,
        SoapAction = raw.SoapAction,
        Path = raw.Path,
        BodyBytes = raw.Body.Length,
    };
}
