using System.Text;
using CwmpShield.Core.Cwmp;
using CwmpShield.Core.Decisions;
using CwmpShield.Core.Rules;
using CwmpShield.Core.Tests.Rules;
using CwmpShield.Core.Wire;

namespace CwmpShield.Core.Tests.Decisions;

public sealed class InspectorTests
{
    private const string Secret = "Device.Secret";
    private static readonly RuleSet Nothing = Lab.Set("cwmpshield: 1");

    [Fact]
    public void A_decision_that_nobody_made_refuses()
    {
        Assert.Equal(Verdict.Deny, new Decision().Verdict);
        Assert.False(new Decision().Forwards);
        Assert.Equal(Verdict.Deny, default(Verdict));
        Assert.Equal(RuleAction.Deny, default(RuleAction));
    }

    [Fact]
    public void Forwards_what_no_rule_refuses_in_its_own_hand()
    {
        var inspection = Inspector.Inspect(Nothing, Lab.Write((Secret, "x")), Lab.Context());

        Assert.Equal(Verdict.Forward, inspection.Decision.Verdict);
        Assert.Empty(inspection.Decision.Reasons);
        Assert.Contains("<soap-env:Body>", Encoding.UTF8.GetString(inspection.Canonical.Span), StringComparison.Ordinal);
        Assert.Equal(Nothing.Hash, inspection.Decision.RuleSetHash);
    }

    [Theory]
    [InlineData("")]
    [InlineData("<html/>")]
    [InlineData("not xml")]
    public void Denies_a_body_that_is_no_message(string body)
    {
        var order = Inspector.Inspect(Nothing, new RawMessage(Direction.AcsToCpe, Encoding.UTF8.GetBytes(body)), Lab.Context());
        var call = Inspector.Inspect(Nothing, new RawMessage(Direction.CpeToAcs, Encoding.UTF8.GetBytes(body)), Lab.Context());

        Assert.Equal(Verdict.Deny, order.Decision.Verdict);
        Assert.Single(order.Decision.Reasons);
        Assert.Equal(9001, order.Decision.Fault!.Code);
        Assert.Equal(8003, call.Decision.Fault!.Code);
        Assert.True(order.Canonical.IsEmpty);
    }

    [Theory]
    [InlineData(RuleReason.ParameterNameMalformed, "Device..A")]
    [InlineData(RuleReason.ParameterNameMalformed, "Device.A.01.B")]
    [InlineData(RuleReason.ParameterNameMalformed, "Device.A.")]
    [InlineData(RuleReason.ParameterRootUnknown, "VoiceService.1.A")]
    public void Denies_names_that_devices_could_read_differently(string reason, string name)
    {
        var decision = Lab.Judge(Nothing, Lab.Write((name, "x")));

        Assert.Equal(Verdict.Deny, decision.Verdict);
        Assert.Equal([reason], decision.Reasons);
        Assert.Equal(9003, decision.Fault!.Code);
        Assert.Equal(9005, Assert.Single(decision.Fault.Parameters).Code);
    }

    [Theory]
    [InlineData("InternetGatewayDevice.Services.VoiceService.1.VoiceProfile.1.Enable")]
    [InlineData("Device.Services.VoiceService.1.SIP.Client.1.Enable")]
    [InlineData("Device.WiFi.SSID.[guest].Enable")]
    [InlineData("InternetGatewayDevice.X_00D09E_Foo.Bar-Baz_1")]
    public void Forwards_names_of_real_devices(string name) => Assert.Equal(Verdict.Forward, Lab.Judge(Nothing, Lab.Write((name, "x"))).Verdict);

    [Theory]
    [InlineData("Frobnicate", 9000)]
    [InlineData("X_EVIL_Shell", 9000)]
    public void Denies_methods_that_nobody_allowed(string rpc, int fault)
    {
        var decision = Lab.Judge(Nothing, Lab.Order(rpc));

        Assert.Equal([RuleReason.RpcUnknown], decision.Reasons);
        Assert.Equal(fault, decision.Fault!.Code);
    }

    [Fact]
    public void Lets_a_vendor_s_method_pass_where_rules_only_observe_and_no_stranger()
    {
        var observing = Lab.Set("cwmpshield: 1\nmode: observe");

        var decision = Lab.Judge(observing, Lab.Order("X_ACME_Pong"));
        Assert.Equal(Verdict.Observe, decision.Verdict);
        Assert.Equal([RuleReason.RpcUnknown], decision.Reasons);
        Assert.Equal(Verdict.Deny, Lab.Judge(observing, Lab.Order("Frobnicate")).Verdict);
    }

    [Fact]
    public void Forwards_methods_that_the_site_allows_or_the_default_lets_pass()
    {
        var allowed = Lab.Set("cwmpshield: 1\nsite: { allowed-vendor-rpcs: [X_ACME_Ping] }");

        Assert.Equal(Verdict.Forward, Lab.Judge(allowed, Lab.Order("X_ACME_Ping")).Verdict);
        Assert.Equal(Verdict.Deny, Lab.Judge(allowed, Lab.Order("X_ACME_Pong")).Verdict);
        Assert.Equal(Verdict.Observe, Lab.Judge(Lab.Set("cwmpshield: 1\ndefaults: { unknown-rpc: observe }"), Lab.Order("X_ACME_Pong")).Verdict);
        Assert.Equal(Verdict.Forward, Lab.Judge(Lab.Set("cwmpshield: 1\ndefaults: { unknown-rpc: forward }"), Lab.Order("X_ACME_Pong")).Verdict);
    }

    [Theory]
    [InlineData("deny", Verdict.Deny, RuleReason.Denied)]
    [InlineData("hold", Verdict.Hold, RuleReason.Held)]
    [InlineData("quarantine", Verdict.Quarantine, RuleReason.Quarantined)]
    [InlineData("observe", Verdict.Observe, RuleReason.Observed)]
    public void Gives_the_verdict_of_the_rule(string then, Verdict verdict, string reason)
    {
        var decision = Lab.Judge(Lab.Rule("Reboot", "{ }", then), Lab.Order("Reboot", "<CommandKey/>"));

        Assert.Equal(verdict, decision.Verdict);
        Assert.Equal([reason], decision.Reasons);
        Assert.Equal(verdict == Verdict.Quarantine, decision.Quarantines);
    }

    [Fact]
    public void Deny_wins_whatever_the_order_of_the_rules()
    {
        const string rules = """
            cwmpshield: 1
            rules:
              - { id: a, title: t, severity: low, on: Reboot, then: observe }
              - { id: b, title: t, severity: low, on: Reboot, where: { strength: { at-least: none } }, then: deny }
              - { id: c, title: t, severity: low, on: Reboot, where: { count: { more-than: 0 } }, then: quarantine }
            """;
        var decision = Lab.Judge(Lab.Set(rules), Lab.Order("Reboot", "<CommandKey/>"));

        Assert.Equal(Verdict.Deny, decision.Verdict);
        Assert.Equal(["b", "c", "a"], decision.Hits.Select(h => h.RuleId));
        Assert.True(decision.Quarantines);
    }

    [Fact]
    public void Observes_what_rules_would_refuse_where_the_mode_says_so()
    {
        var set = Lab.Set("cwmpshield: 1\nmode: observe\nrules:\n  - { id: a, title: t, severity: low, on: writes, then: deny }");
        var decision = Lab.Judge(set, Lab.Write((Secret, "x")));

        Assert.Equal(Verdict.Observe, decision.Verdict);
        Assert.Equal(Verdict.Deny, Assert.Single(decision.Hits).Verdict);
        Assert.Equal(Verdict.Deny, Lab.Judge(set, Lab.Write(("Device..A", "x"))).Verdict);
    }

    [Fact]
    public void Releases_a_held_order_once_its_fingerprint_is_released()
    {
        var set = Lab.Rule("Download", "{ }", "hold");
        var order = Lab.Download("https://fw.example.net/a.bin");
        var held = Inspector.Inspect(set, order, Lab.Context());
        var released = Lab.Context() with { ReleasedOrders = new HashSet<string>([OrderFingerprint.Of(held.Message!)], StringComparer.Ordinal) };

        Assert.Equal(Verdict.Hold, held.Decision.Verdict);
        Assert.Equal([RuleReason.Released], Lab.Judge(set, order, released).Reasons);
        Assert.True(Lab.Judge(set, Lab.Download("https://fw.example.net/a.bin", commandKey: "another"), released).Forwards);
        Assert.False(Lab.Judge(set, Lab.Download("https://fw.example.net/b.bin"), released).Forwards);
    }

    [Fact]
    public void Refuses_when_judging_itself_fails()
    {
        var decision = Inspector.Inspect(Nothing, Lab.Write((Secret, "x")), Lab.Context() with { Facts = null! }).Decision;

        Assert.Equal(Verdict.Deny, decision.Verdict);
        Assert.Equal([RuleReason.Error], decision.Reasons);
    }

    [Fact]
    public void Refuses_bodies_beyond_the_limits() =>
        Assert.Equal([WireReason.TooLarge], Lab.Judge(Nothing, Lab.Write((Secret, "x")), Lab.Context() with { Limits = new SoapLimits { MaxBytes = 10 } }).Reasons);
}
