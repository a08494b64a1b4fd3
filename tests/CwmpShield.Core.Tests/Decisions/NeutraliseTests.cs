using System.Text;
using CwmpShield.Core.Cwmp;
using CwmpShield.Core.Decisions;
using CwmpShield.Core.Tests.Rules;

namespace CwmpShield.Core.Tests.Decisions;

public sealed class NeutraliseTests
{
    private const string Host = "Device.Hosts.Host.1.HostName";
    private const string Script = "<script>alert('x')</script>";

    [Fact]
    public void Replaces_the_value_on_which_the_rule_held_and_nothing_else()
    {
        var set = Lab.Rule("reports", "{ parameter: { path: \"**.HostName\" }, value: { contains-markup: true } }", "neutralise");
        var inspection = Inspector.Inspect(set, Lab.Values((Host, Script), ("Device.Other", Script), ("Device.Hosts.Host.2.HostName", "Rob's phone")), Lab.Context());

        Assert.Equal(Verdict.Neutralise, inspection.Decision.Verdict);
        Assert.Equal([RuleReason.Neutralised], inspection.Decision.Reasons);
        Assert.Equal(64, inspection.Decision.OriginalHash.Length);
        Assert.Equal(["_script_alert(_x_)_/script_", Script, "Rob's phone"], inspection.Message!.Parameters.Select(p => p.Value));
        Assert.Contains("_script_alert(_x_)_/script_", Encoding.UTF8.GetString(inspection.Canonical.Span), StringComparison.Ordinal);
    }

    [Fact]
    public void Replaces_an_argument()
    {
        var set = Lab.Rule("Inform", "{ argument: { name: DeviceId.Manufacturer, contains-markup: true } }", "neutralise");
        var inform = Lab.Inform(values: ("Device.A", Script));
        var body = Encoding.UTF8.GetString(inform.Body.Span).Replace("Example", "&lt;b&gt;ACME", StringComparison.Ordinal);

        var message = Inspector.Inspect(set, inform with { Body = Encoding.UTF8.GetBytes(body) }, Lab.Context()).Message!;

        Assert.Equal("_b_ACME", message.Manufacturer);
        Assert.Equal(Script, Assert.Single(message.Parameters).Value);
    }

    [Fact]
    public void Leaves_an_ordinary_report_as_it_is()
    {
        var set = Lab.Rule("reports", "{ value: { contains-markup: true } }", "neutralise");

        Assert.Equal(Verdict.Forward, Lab.Judge(set, Lab.Values((Host, "Küche & Bad"))).Verdict);
    }

    [Fact]
    public void Only_records_where_the_mode_is_to_observe()
    {
        var set = Lab.Set("cwmpshield: 1\nmode: observe\nrules:\n  - { id: a, title: t, severity: low, on: reports, where: { value: { contains-markup: true } }, then: neutralise }");
        var inspection = Inspector.Inspect(set, Lab.Values((Host, Script)), Lab.Context());

        Assert.Equal(Verdict.Observe, inspection.Decision.Verdict);
        Assert.Equal(Script, Assert.Single(inspection.Message!.Parameters).Value);
    }

    [Fact]
    public void Empties_the_value_on_which_an_emptying_rule_held()
    {
        var set = Lab.Set("""
            cwmpshield: 1
            rules:
              - { id: a, title: t, severity: low, on: reports, where: { parameter: { path: "**.Password" } }, then: neutralise, neutralise: empty }
              - { id: b, title: t, severity: low, on: reports, where: { value: { contains-markup: true } }, then: neutralise }
            """);

        var inspection = Inspector.Inspect(set, Lab.Values(("Device.A.Password", "<s3cret>"), ("Device.A.Name", "<b>"), ("Device.B.Password", "")), Lab.Context());

        Assert.Equal(["", "_b_", ""], inspection.Message!.Parameters.Select(p => p.Value));
        Assert.DoesNotContain("s3cret", Encoding.UTF8.GetString(inspection.Canonical.Span), StringComparison.Ordinal);
        Assert.Equal(64, inspection.Decision.OriginalHash.Length);
    }

    [Theory]
    [InlineData("unsignedInt", "0")]
    [InlineData("int", "0")]
    [InlineData("boolean", "0")]
    [InlineData("dateTime", "0001-01-01T00:00:00Z")]
    [InlineData("base64", "")]
    [InlineData("string", "")]
    public void Gives_an_emptied_value_what_a_hidden_parameter_of_its_type_reads_as(string type, string expected)
    {
        var set = Lab.Set("cwmpshield: 1\nrules:\n  - { id: a, title: t, severity: low, on: reports, where: { parameter: { path: \"**.PIN\" } }, then: neutralise, neutralise: empty }");
        var message = Lab.Values(("Device.A.PIN", "12345670"));
        var body = Encoding.UTF8.GetString(message.Body.Span).Replace("xsd:string", $"xsd:{type}", StringComparison.Ordinal);

        var inspection = Inspector.Inspect(set, message with { Body = Encoding.UTF8.GetBytes(body) }, Lab.Context());

        Assert.Equal((expected, type), (inspection.Message!.Parameters[0].Value, inspection.Message.Parameters[0].Type));
    }

    [Fact]
    public void Empties_an_argument()
    {
        var set = Lab.Set("cwmpshield: 1\nrules:\n  - { id: a, title: t, severity: low, on: Inform, where: { argument: { name: DeviceId.Manufacturer, in: [Example] } }, then: neutralise, neutralise: empty }");

        Assert.Equal("", Inspector.Inspect(set, Lab.Inform(), Lab.Context()).Message!.Manufacturer);
    }
}
