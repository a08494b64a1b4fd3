using CwmpShield.Core.Cwmp;
using CwmpShield.Core.Decisions;
using CwmpShield.Core.Tests.Rules;

namespace CwmpShield.Core.Tests.Decisions;

/// <summary>What the other side is told of a refusal.</summary>
public sealed class FaultTests
{
    [Fact]
    public void Names_each_parameter_at_fault()
    {
        var set = Lab.Rule("SetParameterValues", "{ value: { in: [bad] } }");
        var fault = Lab.Judge(set, Lab.Write(("Device.A", "bad"), ("Device.B", "good"), ("Device.C", "bad"))).Fault!;

        Assert.Equal(9003, fault.Code);
        Assert.Equal(["Device.A", "Device.C"], fault.Parameters.Select(p => p.ParameterName));
        Assert.All(fault.Parameters, p => Assert.Equal(9007, p.Code));
        Assert.Contains("one", fault.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Reboot", "<CommandKey/>", "", 9001)]
    [InlineData("Reboot", "<CommandKey/>", ", fault: 9800", 9800)]
    public void Tells_the_acs_the_fault_of_the_rule(string rpc, string content, string fault, int code)
    {
        var set = Lab.Set($"cwmpshield: 1\nrules:\n  - {{ id: one, title: t, severity: low, on: {rpc}, then: deny{fault} }}");

        Assert.Equal(code, Lab.Judge(set, Lab.Order(rpc, content)).Fault!.Code);
    }

    [Theory]
    [InlineData("", 8001)]
    [InlineData(", fault: 8003", 8003)]
    public void Tells_the_device_a_fault_of_an_acs(string fault, int code)
    {
        var set = Lab.Set($"cwmpshield: 1\nrules:\n  - {{ id: one, title: t, severity: low, on: Inform, then: deny{fault} }}");

        Assert.Equal(code, Lab.Judge(set, Lab.Inform()).Fault!.Code);
    }

    [Fact]
    public void Puts_an_internal_error_in_place_of_a_refused_answer() =>
        Assert.Equal(9002, Lab.Judge(Lab.Rule("GetParameterValuesResponse", "{ }"), Lab.Values(("Device.A", "x"))).Fault!.Code);

    [Fact]
    public void The_severest_rule_gives_the_fault_and_is_the_first_hit()
    {
        var set = Lab.Set("""
            cwmpshield: 1
            rules:
              - { id: low, title: t, severity: low, on: Reboot, then: deny, fault: 9002 }
              - { id: top, title: t, severity: critical, on: Reboot, where: { direction: acs-to-cpe }, then: deny, fault: 9805 }
            """);

        var decision = Lab.Judge(set, Lab.Order("Reboot", "<CommandKey/>"));
        Assert.Equal(9805, decision.Fault!.Code);
        Assert.EndsWith(": top", decision.Fault.Text, StringComparison.Ordinal);
        Assert.Equal(["top", "low"], decision.Hits.Select(hit => hit.RuleId));
    }
}
