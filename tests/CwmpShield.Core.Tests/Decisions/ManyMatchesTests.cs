using System.Text;
using CwmpShield.Core.Cwmp;
using CwmpShield.Core.Decisions;
using CwmpShield.Core.Rules;

namespace CwmpShield.Core.Tests.Decisions;

/// <summary>A rule that holds on more parameters of one message than are kept for the record still does on each what it says.</summary>
public sealed class ManyMatchesTests
{
    private const int Many = 200;

    private const string Rules = """
        cwmpshield: 1
        rules:
          - { id: no-writes, title: No writes, severity: high, on: [SetParameterValues], where: { parameter: { path: "Device.**" } }, then: deny }
          - id: markup
            title: Markup
            severity: high
            on: [GetParameterValuesResponse]
            where: { parameter: { path: "Device.**" }, value: { contains-markup: true } }
            then: neutralise
        exceptions:
          - { rule: no-writes, device: any, until: 2027-03-31, ticket: SEC-1, parameter: { path: "Device.WiFi.**" } }
        """;

    private static readonly DateTimeOffset Now = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Denies_the_one_parameter_that_no_exception_lifts_behind_many_that_one_does()
    {
        var names = Enumerable.Range(1, Many).Select(i => $"Device.WiFi.SSID.{i}.SSID");

        Assert.Equal(Verdict.Forward, Order(names).Decision.Verdict);
        Assert.Equal(Verdict.Deny, Order(names.Append("Device.ManagementServer.URL")).Decision.Verdict);
    }

    [Fact]
    public void Keeps_a_few_matches_of_a_rule_that_holds_on_many_parameters()
    {
        var names = Enumerable.Range(1, Many).Select(i => $"Device.Time.X{i}");

        Assert.Equal(64, Order(names).Decision.Hits.Count);
    }

    [Fact]
    public void Neutralises_every_value_of_an_answer()
    {
        var values = Enumerable.Range(1, Many).Select(i => Value($"Device.Hosts.Host.{i}.HostName", "&lt;script>"));

        var inspection = Inspect(Direction.CpeToAcs, $"<cwmp:GetParameterValuesResponse><ParameterList>{string.Concat(values)}</ParameterList></cwmp:GetParameterValuesResponse>");

        Assert.Equal(Verdict.Neutralise, inspection.Decision.Verdict);
        Assert.Equal(64, inspection.Decision.Hits.Count);
        Assert.DoesNotContain("&lt;script", Encoding.UTF8.GetString(inspection.Canonical.Span), StringComparison.Ordinal);
    }

    private static Inspection Order(IEnumerable<string> names) =>
        Inspect(
            Direction.AcsToCpe,
            $"<cwmp:SetParameterValues><ParameterList>{string.Concat(names.Select(n => Value(n, "x")))}</ParameterList><ParameterKey/></cwmp:SetParameterValues>");

    private static string Value(string name, string value) =>
        $"""<ParameterValueStruct><Name>{name}</Name><Value xsi:type="xsd:string">{value}</Value></ParameterValueStruct>""";

    private static Inspection Inspect(Direction direction, string method)
    {
        var body = $"""
            <e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/" xmlns:cwmp="urn:dslforum-org:cwmp-1-0" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:xsd="http://www.w3.org/2001/XMLSchema">
            <e:Header><cwmp:ID e:mustUnderstand="1">7</cwmp:ID></e:Header><e:Body>{method}</e:Body></e:Envelope>
            """;
        var set = RuleSetLoader.LoadText(Rules, new RuleLoadOptions { Now = Now }).Set!;
        return Inspector.Inspect(set, new RawMessage(direction, Encoding.UTF8.GetBytes(body), "text/xml"), new InspectionContext { Now = Now });
    }
}
