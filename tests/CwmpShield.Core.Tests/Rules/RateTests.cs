using CwmpShield.Core.Cwmp;
using CwmpShield.Core.Decisions;
using CwmpShield.Core.Identity;
using CwmpShield.Core.Rules;

namespace CwmpShield.Core.Tests.Rules;

public sealed class RateTests
{
    private static readonly RawMessage Reboot = Lab.Order("Reboot", "<CommandKey/>");

    [Fact]
    public void Denies_what_is_more_than_the_window_holds_and_opens_it_again()
    {
        var (set, rates) = (Lab.Rule("Reboot", "{ rate: { per: device, more-than: 2, within: 10m } }"), new RateCounters());

        Assert.Equal(Verdict.Forward, At(set, rates, 0));
        Assert.Equal(Verdict.Forward, At(set, rates, 5));
        Assert.Equal(Verdict.Deny, At(set, rates, 9));
        Assert.Equal(Verdict.Forward, At(set, rates, 10));
        Assert.Equal(Verdict.Deny, At(set, rates, 14));
        Assert.Equal(Verdict.Forward, At(set, rates, 15));
    }

    [Fact]
    public void Does_not_count_what_another_rule_refuses()
    {
        var set = Lab.Set("""
            cwmpshield: 1
            rules:
              - { id: budget, title: t, severity: low, on: Reboot, where: { rate: { per: fleet, more-than: 1, within: 1h } }, then: deny }
              - { id: lab-only, title: t, severity: low, on: Reboot, where: { device: { group: lab } }, then: deny }
            """);
        var rates = new RateCounters();
        var lab = new DeviceTraits { Device = new DeviceId("001122", "HGW", "2"), Groups = ["lab"] };

        Assert.Equal(Verdict.Deny, Lab.Judge(set, Reboot, Lab.Context(lab, rates: rates)).Verdict);
        Assert.Equal(Verdict.Forward, At(set, rates, 1));
        Assert.Equal(Verdict.Deny, At(set, rates, 2));
    }

    [Theory]
    [InlineData("device", "2", Verdict.Forward)]
    [InlineData("model", "2", Verdict.Deny)]
    [InlineData("fleet", "2", Verdict.Deny)]
    [InlineData("source", "2", Verdict.Deny)]
    public void Counts_by_device_model_source_or_fleet(string per, string serial, Verdict second)
    {
        var (set, rates) = (Lab.Rule("Reboot", $"{{ rate: {{ per: {per}, more-than: 1, within: 1h }} }}"), new RateCounters());
        var source = System.Net.IPAddress.Parse("198.51.100.7");
        Assert.Equal(Verdict.Forward, Lab.Judge(set, Reboot, Lab.Context(rates: rates) with { Source = source }).Verdict);

        var other = new DeviceTraits { Device = new DeviceId("001122", "HGW", serial) };
        Assert.Equal(second, Lab.Judge(set, Reboot, Lab.Context(other, rates: rates) with { Source = source }).Verdict);
    }

    private static Verdict At(RuleSet set, RateCounters rates, int minute) =>
        Lab.Judge(set, Reboot, Lab.Context(now: Lab.Noon.AddMinutes(minute), rates: rates)).Verdict;
}
