using CwmpShield.Core.Cwmp;
using CwmpShield.Core.Rules;
using CwmpShield.Core.Sessions;
using CwmpShield.Core.Wire;

namespace CwmpShield.Core.Decisions.Conformance;

/// <summary>What came of one case.</summary>
/// <param name="Case">The case.</param>
/// <param name="Decision">The decision on its message.</param>
/// <param name="Problems">What is not as the case expects; empty when it passes.</param>
/// <param name="Explanation">The rules that held, condition by condition.</param>
public sealed record CaseResult(ConformanceCase Case, Decision Decision, IReadOnlyList<string> Problems, IReadOnlyList<RuleExplanation> Explanation)
{
    /// <summary>Whether everything is as the case expects.</summary>
    public bool Passed => Problems.Count == 0;
}

/// <summary>Runs conformance cases through the inspection that the gateway uses.</summary>
public static class ConformanceRunner
{
    /// <summary>Runs one case.</summary>
    public static CaseResult Run(RuleSet rules, ConformanceCase testCase)
    {
        if (testCase.Message is not { } message)
        {
            return new CaseResult(testCase, new Decision(), ["the case has no message"], []);
        }

        var facts = new SessionFacts { DeviceIsNew = message.DeviceIsNew };
        var rates = new RateCounters();
        foreach (var step in testCase.Session)
        {
            Play(rules, step, Context(testCase, step, facts, rates), facts);
        }

        var context = Context(testCase, message, facts, rates);
        var inspection = Inspector.Inspect(rules, message.Raw, context);
        var problems = Compare(rules, testCase, inspection.Decision);
        return new CaseResult(testCase, inspection.Decision, problems, problems.Count == 0 ? [] : Explainer.Explain(rules, message.Raw, context));
    }

    private static InspectionContext Context(ConformanceCase testCase, CaseMessage message, SessionFacts facts, RateCounters rates) => new()
    {
        Traits = message.Traits,
        Facts = facts,
        Rates = rates,
        Model = testCase.Model,
        Artefacts = testCase.Artefacts ?? Firmware.ArtefactTrust.None,
        Source = testCase.Source,
        Signals = _ => message.Signals,
        Credentials = message.Credentials,
        Now = testCase.At,
        Limits = message.Raw.Direction == Direction.AcsToCpe ? SoapLimits.FromAcs : SoapLimits.FromDevice,
    };

    private static void Play(RuleSet rules, CaseMessage step, InspectionContext context, SessionFacts facts)
    {
        for (var i = 0; i < step.Times; i++)
        {
            // A step has happened: whatever rules would say of it now, it takes its places in the windows.
            if (!SoapReader.TryRead(step.Raw.Body, step.Raw.ContentType, context.Limits, out var envelope, out _)
                || !CwmpMessageReader.TryRead(envelope!, step.Raw.Direction, out var message, out _))
            {
                continue;
            }

            facts.Wanted = rules.SiblingNames;
            _ = rules.Evaluate(Judgements.Of(rules, step.Raw, context, message!, envelope!));

            if (message!.IsOrder)
            {
                facts.Ordered(message);
                if (step.Answer is { } raw && Inspector.Inspect(rules, raw, context).Message is { } answer)
                {
                    facts.Answered(message, answer);
                }
            }
            else if (message is { Rpc: RpcKind.Inform, Role: MessageRole.Request })
            {
                facts.Informed(message);
            }
        }
    }

    private static List<string> Compare(RuleSet rules, ConformanceCase testCase, Decision decision)
    {
        List<string> problems = [];
        if (decision.Verdict != testCase.Expect)
        {
            problems.Add($"verdict {Word(decision.Verdict)}, expected {Word(testCase.Expect)}");
        }

        var hits = decision.Hits.Where(h => h.Exception is null).Select(h => h.RuleId).ToHashSet(StringComparer.Ordinal);
        var mustHold = IsAboutItsRule(rules, testCase);
        problems.AddRange((testCase.Rules ?? (mustHold ? [testCase.Rule] : [])).Where(r => !hits.Contains(r)).Select(r => $"rule {r} did not hold"));
        problems.AddRange((testCase.NotRules ?? (mustHold || testCase.Rules is not null ? [] : [testCase.Rule])).Where(hits.Contains).Select(r => $"rule {r} held"));
        problems.AddRange(testCase.Reasons.Where(r => !decision.Reasons.Contains(r, StringComparer.Ordinal)).Select(r => $"reason {r} is not given"));
        if (problems.Count > 0 && decision.Reasons.Count > 0)
        {
            problems.Add($"reasons: {string.Join(", ", decision.Reasons)}");
        }

        return problems;
    }

    /// <summary>Whether the verdict is one that the file's rule gives: then the rule must hold, else it must not.</summary>
    private static bool IsAboutItsRule(RuleSet rules, ConformanceCase testCase) =>
        testCase.Expect is not (Verdict.Forward or Verdict.Observe)
        || (testCase.Expect == Verdict.Observe && rules.Rules.Any(r => r.Id == testCase.Rule && r.Action == RuleAction.Observe));

    private static string Word(Verdict verdict) => verdict.ToString().ToLowerInvariant();
}
