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

    [Fact]
    public void Judges_a_name_that_comes_again_and_again_as_it_did_at_first()
    {
        var set = Lab.Rule("SetParameterValues", "{ parameter: { path: \"Device.**.Bad\" } }");
        for (var round = 0; round < 4; round++)
        {
            for (var i = 0; i < 3000; i++)
            {
                var isBad = i % 7 == 0;
                var name = string.Create(CultureInfo.InvariantCulture, $"Device.Same.{i}.{(isBad ? "Bad" : "Good")}");
                var message = i % 2 == 0 ? Lab.Write((name, "x")) : Lab.Write((name, "é"));

                Assert.Equal(isBad ? Verdict.Deny : Verdict.Forward, Lab.Judge(set, message).Verdict);
            }
        }
    }

    [Fact]
    public async Task Judges_names_by_their_own_rules_on_many_threads_at_once()
    {
        var set = Lab.Rule("SetParameterValues", "{ parameter: { path: \"Device.**.Bad\" } }");
        var messages = Enumerable.Range(0, 2048).Select(i => Lab.Write((string.Create(CultureInfo.InvariantCulture, $"Device.Many.{i}.{(i % 3 == 0 ? "Bad" : "Good")}"), "x"))).ToArray();

        await Parallel.ForAsync(0, 20_000, CancellationToken.None, (i, _) =>
        {
            var at = i * 17 % messages.Length;
            Assert.Equal(at % 3 == 0 ? Verdict.Deny : Verdict.Forward, Lab.Judge(set, messages[at]).Verdict);
            return ValueTask.CompletedTask;
        });
    }

    [Fact]
    public void Refuses_a_malformed_name_as_often_as_it_comes()
    {
        var set = Lab.Set("cwmpshield: 1");
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal(Verdict.Forward, Lab.Judge(set, Lab.Write(("Device.WiFi.SSID.1.Enable", "1"))).Verdict);
            Assert.Equal(RuleReason.ParameterNameMalformed, Lab.Judge(set, Lab.Write(("Device.WiFi.SSID.01.Enable", "1"))).Reasons[0]);
            Assert.Equal(RuleReason.ParameterNameMalformed, Lab.Judge(set, Lab.Write(("Device.WiFi.", "1"))).Reasons[0]);
            Assert.Equal(RuleReason.ParameterRootUnknown, Lab.Judge(set, Lab.Write(("Other.WiFi.SSID.1.Enable", "1"))).Reasons[0]);
            Assert.Equal(Verdict.Forward, Lab.Judge(set, Lab.Add("Device.WiFi.")).Verdict);
        }
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
