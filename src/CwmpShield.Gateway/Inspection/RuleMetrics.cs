using System.Diagnostics.Metrics;
using CwmpShield.Core.Rules;
using CwmpShield.Gateway.Telemetry;

namespace CwmpShield.Gateway.Inspection;

/// <summary>What the rules in force are, and how much of each fleet-wide budget is spent on this node: for alerts that name a class or a severity.</summary>
internal sealed class RuleMetrics
{
    private readonly RuleSetHolder holder;
    private readonly RateCounters rates;
    private readonly TimeProvider time;
    private RuleSet? seen;
    private Measurement<int>[] descriptions = [];
    private (string Rule, RateBudget Budget)[] budgets = [];

    /// <summary>Creates the instruments under the gateway's meter.</summary>
    public RuleMetrics(RuleSetHolder holder, RateCounters rates, ShieldMetrics metrics, TimeProvider time)
    {
        (this.holder, this.rates, this.time) = (holder, rates, time);
        var meter = metrics.Meter;
        meter.CreateObservableGauge("cwmpshield.rule.info", () => Look().descriptions, description: "Every rule of the set in force, with the class of its pack, its severity and what it asks for; always 1.");
        meter.CreateObservableGauge("cwmpshield.rule.budget.limit", () => Budgets(one => one.Budget.Limit), description: "Messages that a rule lets the whole fleet have within its window.");
        meter.CreateObservableGauge("cwmpshield.rule.budget.used", () => Budgets(one => Used(one.Rule, one.Budget)), description: "Messages of the window that are spent on this node.");
    }

    private int Used(string rule, RateBudget budget) => rates.Taken(rule, RateBudget.Fleet, budget.Within, time.GetUtcNow());

    private IEnumerable<Measurement<int>> Budgets(Func<(string Rule, RateBudget Budget), int> value) =>
        Look().budgets.Select(one => new Measurement<int>(value(one), new KeyValuePair<string, object?>("rule", one.Rule)));

    /// <summary>Describes the set anew when another one is in force; scrapes come one at a time.</summary>
    private RuleMetrics Look()
    {
        if (holder.Current is var current && !ReferenceEquals(current, seen))
        {
            seen = current;
            descriptions = [.. current.Rules.Select(Describe)];
            budgets = [.. current.Rules.Where(rule => rule.FleetBudget is not null).Select(rule => (rule.Id, rule.FleetBudget!))];
        }

        return this;
    }

    private static Measurement<int> Describe(Rule rule) => new(
        1,
        new("rule", rule.Id),
        new("class", rule.Class),
        new("rule_severity", rule.Severity.ToString().ToLowerInvariant()),
        new("action", rule.Action.ToString().ToLowerInvariant()));
}
