using CwmpShield.Core.Cwmp;
using CwmpShield.Core.Decisions;
using CwmpShield.Core.Identity;
using CwmpShield.Core.Rules;

namespace CwmpShield.Core.Tests.Rules;

/// <summary>What rules ask of a device's status, and what the site may say in a rule's place.</summary>
public sealed class LaneConditionTests
{
    [Theory]
    [InlineData(DeviceStatus.Bootstrap, Verdict.Deny)]
    [InlineData(DeviceStatus.Quarantined, Verdict.Deny)]
    [InlineData(DeviceStatus.Active, Verdict.Forward)]
    [InlineData(null, Verdict.Forward)]
    public void Holds_for_devices_of_the_status(DeviceStatus? status, Verdict expected)
    {
        var set = Lab.Rule("[Reboot]", "{ device: { status: [bootstrap, quarantined] } }");

        Assert.Equal(expected, Lab.Judge(set, Lab.Order("Reboot", "<CommandKey/>"), Lab.Context(new DeviceTraits { Status = status })).Verdict);
    }

    [Fact]
    public void Refuses_a_status_that_there_is_not()
    {
        var result = Load("device: { status: bootstraped }", "");

        Assert.Equal(DiagnosticCode.UnknownWord, Assert.Single(result.Diagnostics).Code);
    }

    [Theory]
    [InlineData("a: [HGW]", Verdict.Deny)]
    [InlineData("a: [\"*\"]", Verdict.Deny)]
    [InlineData("a: [OTHER]", Verdict.Forward)]
    [InlineData("a: []", Verdict.Forward)]
    public void Takes_the_devices_of_a_list_and_none_of_an_empty_one(string list, Verdict expected)
    {
        var set = Load("device: { product-class: $a }", list).Set!;

        var traits = new DeviceTraits { Device = new DeviceId("001122", "HGW", "1") };
        Assert.Equal(expected, Lab.Judge(set, Lab.Order("Reboot", "<CommandKey/>"), Lab.Context(traits)).Verdict);
    }

    [Theory]
    [InlineData("", IdentityStrength.PasswordOverTls, Verdict.Deny)]
    [InlineData("", IdentityStrength.UniqueCertificate, Verdict.Forward)]
    [InlineData("site: { least: password-over-tls }", IdentityStrength.PasswordOverTls, Verdict.Forward)]
    [InlineData("site: { least: [password-over-tls] }", IdentityStrength.DigestWithoutTls, Verdict.Deny)]
    [InlineData("lists: { least: none }", IdentityStrength.None, Verdict.Forward)]
    public void Asks_for_the_strength_that_the_site_says(string site, IdentityStrength strength, Verdict expected)
    {
        var folder = Directory.CreateTempSubdirectory("cwmpshield-site-");
        try
        {
            File.WriteAllText(Path.Combine(folder.FullName, "10-pack.yaml"), """
                cwmpshield: 1
                lists: { least: unique-certificate }
                rules:
                  - { id: one, title: One, severity: high, on: [Reboot], where: { strength: { below: $least } }, then: deny }
                """);
            File.WriteAllText(Path.Combine(folder.FullName, "site.yaml"), "cwmpshield: 1\n" + site);
            var result = RuleSetLoader.Load(folder.FullName);

            Assert.Empty(result.Diagnostics);
            Assert.Equal(expected, Lab.Judge(result.Set!, Lab.Order("Reboot", "<CommandKey/>"), Lab.Context(new DeviceTraits { Strength = strength })).Verdict);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Theory]
    [InlineData("a: []", DiagnosticCode.WrongKind)]
    [InlineData("a: [none, unique-certificate]", DiagnosticCode.WrongKind)]
    [InlineData("a: strong", DiagnosticCode.UnknownWord)]
    [InlineData("b: none", DiagnosticCode.UnknownList)]
    public void Refuses_a_bound_that_is_not_one_strength(string list, string code)
    {
        var result = Load("strength: { below: $a }", list);

        Assert.Null(result.Set);
        Assert.Contains(result.Diagnostics, d => d.Code == code);
    }

    [Fact]
    public void Refuses_to_say_how_where_nothing_is_neutralised()
    {
        var result = RuleSetLoader.LoadText("cwmpshield: 1\nrules:\n  - { id: a, title: t, severity: low, on: reports, then: observe, neutralise: empty }");

        Assert.Equal(DiagnosticCode.CannotBe, Assert.Single(result.Diagnostics).Code);
    }

    private static RuleLoadResult Load(string where, string list) => RuleSetLoader.LoadText($$"""
        cwmpshield: 1
        lists: { {{list}} }
        rules:
          - { id: one, title: One, severity: high, on: [Reboot], where: { {{where}} }, then: deny }
        """);
}
