using System.Security.Cryptography;
using CwmpShield.Core.Cwmp;
using CwmpShield.Core.Rules;
using CwmpShield.Core.Wire;

namespace CwmpShield.Core.Decisions;

/// <summary>Reads one body, judges it and writes what may go on. Any failure refuses; it never throws.</summary>
public static class Inspector
{
    /// <summary>Inspects one body.</summary>
    /// <param name="rules">The set that judges; one decision and its refusal use one set.</param>
    /// <param name="raw">The body as it came.</param>
    /// <param name="context">Everything beside it.</param>
    public static Inspection Inspect(RuleSet rules, in RawMessage raw, InspectionContext context)
    {
        try
        {
            return Judge(rules, raw, context);
        }
        catch (Exception problem) when (problem is not OutOfMemoryException)
        {
            // A fault of the gateway itself: the message stays here, whatever it was.
            return new Inspection { Decision = Refusal(raw.Direction, RuleReason.Error) with { RuleSetHash = rules.Hash } };
        }
    }

    private static Inspection Judge(RuleSet rules, in RawMessage raw, InspectionContext context)
    {
        // :: Step 1: bytes to one envelope to one message, or a reason why not.
        if (!RawReading.TryRead(rules, raw, context.Limits, out var envelope, out var message, out var isRepaired, out var error))
        {
            var refusal = Refusal(raw.Direction, error.Reason);
            return new Inspection
            {
                Decision = Tr064Text.InBytes(raw.Body.Span) || Tr064Text.IsAction(raw.SoapAction ?? "")
                    ? refusal with { Reasons = [error.Reason, Tr064Reason.Content] }
                    : refusal,
            };
        }

        // :: Step 2: every rule that can apply.
        context.Facts.Wanted = rules.SiblingNames;
        var judgement = Judgements.Of(rules, raw, context, message!, envelope!);
        var matches = rules.Evaluate(judgement);

        // :: Step 3: what is refused without a rule, then what rules refuse.
        var decision = WithoutRule(rules, message!, matches) ?? ByRules(rules, judgement, matches, context);
        if (!decision.Forwards)
        {
            judgement.GiveBackPlaces();
            return new Inspection { Decision = decision, Message = message };
        }

        // :: Step 4: the gateway's own serialisation of what was judged.
        var inspection = decision.Verdict == Verdict.Neutralise
            ? Neutralised(decision, message!, matches, judgement)
            : new Inspection { Decision = decision, Message = message, Canonical = CwmpMessageWriter.ToBytes(message!) };
        return isRepaired ? Repaired(inspection, raw) : inspection;
    }

    /// <summary>A message whose text was repaired goes on as another than came, and its decision says so.</summary>
    private static Inspection Repaired(Inspection inspection, in RawMessage raw) => !inspection.Decision.Forwards ? inspection : inspection with
    {
        Decision = inspection.Decision with
        {
            Verdict = Verdict.Neutralise,
            Reasons = [WireReason.TextRepaired, .. inspection.Decision.Reasons],
            OriginalHash = Convert.ToHexStringLower(SHA256.HashData(raw.Body.Span)),
        },
    };

    private static Decision? WithoutRule(RuleSet rules, CwmpMessage message, IReadOnlyList<RuleMatch> matches)
    {
        var refused = OnUnknown(rules, message) == RuleAction.Deny
            ? new Decision { Reasons = [RuleReason.RpcUnknown], Fault = FaultChoice.UnknownRpc(message) }
            : NameHygiene.Check(message) is var (reason, parameter)
                ? new Decision { Reasons = [reason], Fault = FaultChoice.BadName(message, reason, parameter) }
                : null;
        if (refused is null)
        {
            return null;
        }

        var byRule = VerdictFold.Of(matches, rules.Mode);
        return refused with
        {
            Reasons = VerdictFold.Refuses(byRule) ? [.. refused.Reasons, VerdictFold.ReasonOf(byRule, false)!] : refused.Reasons,
            Hits = VerdictFold.Hits(matches),
            Fault = VerdictFold.Refuses(byRule) ? FaultChoice.Naming(refused.Fault!, Refusing(matches, byRule)[0].Rule) : refused.Fault,
            RuleSetHash = rules.Hash,
        };
    }

    /// <summary>What becomes of a method of no data model that nobody allowed; null for every other. A vendor's method is CWMP, and passes where rules only observe.</summary>
    private static RuleAction? OnUnknown(RuleSet rules, CwmpMessage message) =>
        message.Rpc is not (RpcKind.Unknown or RpcKind.Vendor) || IsAllowed(rules, message) ? null
        : message.Rpc == RpcKind.Vendor && rules is { Mode: RuleMode.Observe, UnknownRpc: RuleAction.Deny } ? RuleAction.Observe
        : rules.UnknownRpc;

    private static bool IsAllowed(RuleSet rules, CwmpMessage message)
    {
        const string suffix = "Response";
        var isAnswer = message.Role == MessageRole.Response && message.Name.EndsWith(suffix, StringComparison.Ordinal);
        return rules.AllowsVendorRpc(isAnswer ? message.Name[..^suffix.Length] : message.Name);
    }

    private static Decision ByRules(RuleSet rules, Judgement judgement, IReadOnlyList<RuleMatch> matches, InspectionContext context)
    {
        var message = judgement.Message;
        var verdict = VerdictFold.Of(matches, rules.Mode);
        if (verdict == Verdict.Forward && OnUnknown(rules, message) == RuleAction.Observe)
        {
            return new Decision { Verdict = Verdict.Observe, Reasons = [RuleReason.RpcUnknown], Hits = VerdictFold.Hits(matches), RuleSetHash = rules.Hash };
        }

        if (verdict == Verdict.Hold && context.ReleasedOrders.Contains(OrderFingerprint.Of(message)))
        {
            return new Decision { Verdict = Verdict.Observe, Reasons = [RuleReason.Released], Hits = VerdictFold.Hits(matches), RuleSetHash = rules.Hash };
        }

        var reason = VerdictFold.ReasonOf(verdict, matches.Count > 0);
        var refusing = VerdictFold.Refuses(verdict) ? Refusing(matches, verdict) : [];
        return new Decision
        {
            Verdict = verdict,
            Reasons = reason is null ? [] : [reason, .. ArtefactRemarks.Of(matches, judgement)],
            Hits = VerdictFold.Hits(matches),
            Fault = refusing.Length > 0 ? FaultChoice.ByRules(message, refusing, ArtefactRemarks.First(refusing[0], judgement)) : null,
            RuleSetHash = rules.Hash,
        };
    }

    /// <summary>The matches that ask for the verdict, by severity.</summary>
    private static RuleMatch[] Refusing(IReadOnlyList<RuleMatch> matches, Verdict verdict) =>
        [.. matches.Where(m => m.LiftedBy is null && VerdictFold.VerdictOf(m.Rule.Action) == verdict).OrderByDescending(m => m.Rule.Severity)];

    private static Inspection Neutralised(Decision decision, CwmpMessage message, IReadOnlyList<RuleMatch> matches, Judgement judgement)
    {
        var acting = matches.Where(m => m.LiftedBy is null && m.Rule.Action == RuleAction.Neutralise);
        var replaced = Neutraliser.Apply(message, acting, judgement);
        if (replaced is null)
        {
            judgement.GiveBackPlaces();
            return new Inspection { Decision = Refusal(message.Direction, RuleReason.Error) with { Hits = decision.Hits }, Message = message };
        }

        return new Inspection
        {
            Decision = decision with { OriginalHash = Convert.ToHexStringLower(SHA256.HashData(CwmpMessageWriter.ToBytes(message).Span)) },
            Message = replaced,
            Canonical = CwmpMessageWriter.ToBytes(replaced),
        };
    }

    private static Decision Refusal(Direction direction, string reason) =>
        new() { Reasons = [reason], Fault = FaultChoice.Unreadable(direction, reason) };
}
