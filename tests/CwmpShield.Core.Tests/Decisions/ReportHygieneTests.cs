using System.Text;
using CwmpShield.Core.Cwmp;
using CwmpShield.Core.DataModel.Values;
using CwmpShield.Core.Decisions;
using CwmpShield.Core.Rules;

namespace CwmpShield.Core.Tests.Decisions;

/// <summary>What becomes of a device's report before an ACS shows it.</summary>
public sealed class ReportHygieneTests
{
    private const string Rules = """
        cwmpshield: 1
        rules:
          - id: markup
            title: t
            severity: low
            on: [TransferComplete]
            where:
              any-of:
                - argument: { name: CommandKey, contains-markup: true }
                - argument: { name: FaultString, contains-markup: true }
            then: neutralise
        """;

    [Fact]
    public void Neutralises_each_argument_of_an_alternative_on_which_the_rule_holds()
    {
        var inspection = Inspect("<cwmp:TransferComplete><CommandKey>a&lt;b&gt;</CommandKey><FaultStruct><FaultCode>9010</FaultCode><FaultString>plain</FaultString></FaultStruct><StartTime>0001-01-01T00:00:00Z</StartTime><CompleteTime>0001-01-01T00:00:00Z</CompleteTime></cwmp:TransferComplete>");
        var sent = Encoding.UTF8.GetString(inspection.Canonical.Span);

        Assert.Equal(Verdict.Neutralise, inspection.Decision.Verdict);
        Assert.Contains("<CommandKey>a_b_</CommandKey>", sent, StringComparison.Ordinal);
        Assert.Contains("<FaultString>plain</FaultString>", sent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("tv\r\nadmin logged in", "tv__admin logged in")]
    [InlineData("JavaScript :alert(1)", "JavaScript _alert(1)")]
    [InlineData("ratio 16:9", "ratio 16:9")]
    [InlineData("<b>\"x\"", "_b__x_")]
    public void Keeps_everything_but_what_begins_markup_script_or_a_line(string text, string expected) =>
        Assert.Equal(expected, Characters.Neutralise(text));

    private static Inspection Inspect(string body)
    {
        var envelope = $"""<soap-env:Envelope xmlns:soap-env="http://schemas.xmlsoap.org/soap/envelope/" xmlns:cwmp="urn:dslforum-org:cwmp-1-0"><soap-env:Body>{body}</soap-env:Body></soap-env:Envelope>""";
        return Inspector.Inspect(RuleSetLoader.LoadText(Rules).Set!, new RawMessage(Direction.CpeToAcs, Encoding.UTF8.GetBytes(envelope)), new InspectionContext());
    }
}
