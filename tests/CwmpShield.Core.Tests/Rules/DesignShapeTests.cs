using System.Text;
using CwmpShield.Core.Cwmp;
using CwmpShield.Core.Decisions;
using CwmpShield.Core.Identity;
using CwmpShield.Core.Rules;

namespace CwmpShield.Core.Tests.Rules;

/// <summary>The shape of the language as the design gives it.</summary>
public sealed class DesignShapeTests
{
    private const string Shape = """
        cwmpshield: 1
        lists:
          resolvers: [192.0.2.53, 192.0.2.54, "2001:db8::53"]
        classes:
          dns:
            paths: ["Device.DNS.Client.Server.{i}.DNSServer"]
        rules:
          - id: dns-redirect                        # kebab-case, stable; the same word in audit, metric label and console
            title: DNS server outside the operator's resolvers
            severity: critical
            maturity: stable                        # stable | incubating | sandbox
            on: [SetParameterValues]                # RPC names; the direction follows from them
            where:
              parameter: { class: dns }             # or path: "Device.DNS.Client.Server.{i}.DNSServer", `*` one step, `**` any depth
              value: { as: ip-list, not-in: $resolvers }
            then: deny                              # deny | hold | quarantine | neutralise | observe
            fault: 9001
            references: [ATT&CK T1584.002]
        exceptions:
          - rule: dns-redirect
            device: { oui: "001122", product-class: HGW-LAB }
            until: 2027-03-31                       # an exception always ends
            ticket: SEC-1234
        """;

    private static readonly DateTimeOffset Now = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Accepts_the_shape_as_it_is_written()
    {
        var result = RuleSetLoader.LoadText(Shape, new RuleLoadOptions { Now = Now });

        Assert.Empty(result.Diagnostics);
        var rule = Assert.Single(result.Set!.Rules);
        Assert.Equal("dns-redirect", rule.Id);
        Assert.Equal(9001, rule.Fault);
    }

    [Fact]
    public void Denies_a_foreign_resolver_and_forwards_a_listed_one()
    {
        Assert.Equal(Verdict.Deny, Inspect("203.0.113.66").Decision.Verdict);
        Assert.Equal(Verdict.Forward, Inspect("192.0.2.53, 2001:DB8:0::53").Decision.Verdict);
    }

    [Fact]
    public void Forwards_what_an_exception_lifts_and_says_so()
    {
        var traits = new DeviceTraits { Device = new DeviceId("001122", "HGW-LAB", "1") };

        var decision = Inspect("203.0.113.66", traits).Decision;

        Assert.Equal(Verdict.Forward, decision.Verdict);
        Assert.Equal([RuleReason.Lifted], decision.Reasons);
        Assert.Equal("SEC-1234", Assert.Single(decision.Hits).Exception);
    }

    private static Inspection Inspect(string value, DeviceTraits? traits = null)
    {
        var set = RuleSetLoader.LoadText(Shape, new RuleLoadOptions { Now = Now }).Set!;
        var body = $"""
            <e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/" xmlns:cwmp="urn:dslforum-org:cwmp-1-0" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:xsd="http://www.w3.org/2001/XMLSchema">
            <e:Header><cwmp:ID e:mustUnderstand="1">7</cwmp:ID></e:Header>
            <e:Body><cwmp:SetParameterValues><ParameterList><ParameterValueStruct><Name>Device.DNS.Client.Server.1.DNSServer</Name><Value xsi:type="xsd:string">{value}</Value></ParameterValueStruct></ParameterList><ParameterKey/></cwmp:SetParameterValues></e:Body></e:Envelope>
            """;
        var raw = new RawMessage(Direction.AcsToCpe, Encoding.UTF8.GetBytes(body), "text/xml");
        return Inspector.Inspect(set, raw, new InspectionContext { Now = Now, Traits = traits ?? DeviceTraits.Unknown });
    }
}
