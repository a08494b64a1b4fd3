using System.Globalization;
using System.Text;
using CwmpShield.Core.Cwmp;
using CwmpShield.Core.Decisions;
using CwmpShield.Core.Rules;

namespace CwmpShield.Core.Tests.Rules;

/// <summary>Rules that cannot apply cost nothing.</summary>
public sealed class IndexTests
{
    private static readonly CwmpMessage Order = Inspector.Inspect(Lab.Set("cwmpshield: 1"), Lab.Write([.. Enumerable.Range(1, 50).Select(i => ($"Device.Table.{i}.Value", "x"))]), Lab.Context()).Message!;

    [Fact]
    public void Allocates_nothing_for_rules_that_do_not_match()
    {
        var (few, many) = (Many(10), Many(2000));

        // The optimising compiler takes allocations away at a moment of its own: both sets are measured until it has been there.
        SpinWait.SpinUntil(() => Allocated(few) == Allocated(many), TimeSpan.FromSeconds(20));

        Assert.Equal(Allocated(few), Allocated(many));
    }

    [Fact]
    public void Evaluates_no_condition_of_a_rule_about_other_paths()
    {
        var set = Many(500);
        var judgement = new Judgement { Message = Order };

        Assert.Empty(set.Evaluate(judgement));
        Assert.Empty(set.Pairs(judgement));
    }

    [Fact]
    public void Finds_a_rule_by_the_branches_of_any_of()
    {
        var set = Lab.Rule("SetParameterValues", "{ any-of: [ { parameter: { path: Device.A } }, { parameter: { path: Device.B }, value: { in: [x] } } ] }");

        Assert.Equal(Verdict.Deny, Lab.Judge(set, Lab.Write(("Device.A", "y"))).Verdict);
        Assert.Equal(Verdict.Deny, Lab.Judge(set, Lab.Write(("Device.B", "x"))).Verdict);
        Assert.Equal(Verdict.Forward, Lab.Judge(set, Lab.Write(("Device.B", "y"), ("Device.C", "x"))).Verdict);
    }

    [Fact]
    public void Judges_the_same_when_more_shapes_come_than_it_keeps()
    {
        var set = Lab.Rule("SetParameterValues", "{ parameter: { path: \"Device.**.Bad\" } }");
        for (var i = 0; i < 9000; i++)
        {
            set.Evaluate(new Judgement { Message = Order with { Parameters = [new ParameterMention(string.Create(CultureInfo.InvariantCulture, $"Device.S{i}.Good"), ParameterUse.Write, "x")] } });
        }

        Assert.Single(set.Evaluate(new Judgement { Message = Order with { Parameters = [new ParameterMention("Device.New.Bad", ParameterUse.Write, "x")] } }));
        Assert.Empty(set.Evaluate(new Judgement { Message = Order with { Parameters = [new ParameterMention("Device.New.Good", ParameterUse.Write, "x")] } }));
    }

    private static long Allocated(RuleSet set)
    {
        var judgement = new Judgement { Message = Order };
        for (var i = 0; i < 200; i++)
        {
            set.Evaluate(judgement);
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        set.Evaluate(judgement);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static RuleSet Many(int count)
    {
        var yaml = new StringBuilder("cwmpshield: 1\nrules:\n");
        for (var i = 0; i < count; i++)
        {
            yaml.Append(CultureInfo.InvariantCulture, $"  - {{ id: r{i}, title: t, severity: low, on: [SetParameterValues], where: {{ parameter: {{ path: \"Device.Other{i}.{{i}}.Value\" }}, value: {{ in: [v{i}] }} }}, then: deny }}\n");
        }

        return Lab.Set(yaml.ToString());
    }
}
