using System.Globalization;
using System.Text;
using CwmpShield.Core.Cwmp;
using CwmpShield.Core.Rules;
using CwmpShield.Core.Wire;

namespace CwmpShield.Core.Tests.Rules;

/// <summary>What a rule costs that does not hold: time, but nothing that is left behind.</summary>
public sealed class RuleCostTests
{
    private const string Parameter = "Device.WiFi.SSID.1.SSID";

    [Fact]
    public void Leaves_nothing_behind_for_rules_that_do_not_hold()
    {
        var few = Allocated(Rules(1));
        var many = Allocated(Rules(200));

        Assert.Equal(few, many);
    }

    private static long Allocated(RuleSet rules)
    {
        var message = new CwmpMessage
        {
            Direction = Direction.AcsToCpe,
            Rpc = RpcKind.SetParameterValues,
            Role = MessageRole.Request,
            Name = "SetParameterValues",
            Envelope = new SoapEnvelope([], new SoapElement { LocalName = "SetParameterValues" }, ""),
            Parameters = [new ParameterMention(Parameter, ParameterUse.Write, "a network")],
        };
        var judgement = new Judgement { Message = message };
        for (var i = 0; i < 3; i++)
        {
            Assert.Empty(rules.Evaluate(judgement));
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        rules.Evaluate(judgement);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static RuleSet Rules(int count)
    {
        var yaml = new StringBuilder("cwmpshield: 1\nrules:\n");
        for (var i = 0; i < count; i++)
        {
            yaml.Append(CultureInfo.InvariantCulture, $$"""
                  - id: r-{{i}}
                    title: t
                    severity: low
                    on: [SetParameterValues]
                    where:
                      parameter: { path: "{{Parameter}}" }
                      value: { as: text, in: ["never {{i}}"] }
                    then: deny

                """);
        }

        var file = Path.Combine(Path.GetTempPath(), $"cwmpshield-cost-{Guid.NewGuid():N}.yaml");
        try
        {
            File.WriteAllText(file, yaml.ToString());
            var result = RuleSetLoader.Load(file);
            Assert.True(result.Set is not null, string.Join('\n', result.Diagnostics));
            return result.Set;
        }
        finally
        {
            File.Delete(file);
        }
    }
}
