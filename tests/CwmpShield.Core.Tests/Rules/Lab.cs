using System.Security;
using System.Text;
using CwmpShield.Core.Cwmp;
using CwmpShield.Core.Decisions;
using CwmpShield.Core.Identity;
using CwmpShield.Core.Rules;
using CwmpShield.Core.Sessions;

namespace CwmpShield.Core.Tests.Rules;

/// <summary>Rule sets and messages in few words.</summary>
internal static class Lab
{
    public static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    /// <summary>A set that loads without a remark.</summary>
    public static RuleSet Set(string yaml)
    {
        var result = RuleSetLoader.LoadText(yaml, new RuleLoadOptions { Now = Noon });
        Assert.DoesNotContain(result.Diagnostics, d => !d.IsWarning);
        return result.Set!;
    }

    /// <summary>A set of one rule with these conditions, in flow style.</summary>
    public static RuleSet Rule(string on, string where, string then = "deny", string more = "") => Set($$"""
        cwmpshield: 1
        lists:
          resolvers: [192.0.2.53, "2001:db8::53", 198.51.100.0/24]
          names: [ntp.example.net, "*.pool.example.net", 192.0.2.123]
          urls: ["https://acs.example.net:7547/cwmp", "https://fw.example.net/*"]
          artefacts: ["0000000000000000000000000000000000000000000000000000000000000000  https://fw.example.net/a.bin"]
        rules:
          - { id: one, title: One, severity: high, on: {{on}}, where: {{where}}, then: {{then}} }
        {{more}}
        """);

    public static RawMessage Write(params (string Name, string Value)[] values) => Order(
        "SetParameterValues",
        $"<ParameterList>{string.Concat(values.Select(v => $"<ParameterValueStruct><Name>{Escape(v.Name)}</Name><Value xsi:type=\"xsd:string\">{Escape(v.Value)}</Value></ParameterValueStruct>"))}</ParameterList><ParameterKey/>");

    public static RawMessage Add(string name) => Order("AddObject", $"<ObjectName>{name}</ObjectName><ParameterKey/>");

    public static RawMessage Read(string name) => Order("GetParameterValues", $"<ParameterNames><string>{name}</string></ParameterNames>");

    public static RawMessage Values(params (string Name, string Value)[] values) => Message(
        Direction.CpeToAcs,
        "GetParameterValuesResponse",
        $"<ParameterList>{string.Concat(values.Select(v => $"<ParameterValueStruct><Name>{Escape(v.Name)}</Name><Value xsi:type=\"xsd:string\">{Escape(v.Value)}</Value></ParameterValueStruct>"))}</ParameterList>");

    public static RawMessage Attribute(string name, int notification, params string[] accessList) => Order(
        "SetParameterAttributes",
        $"<ParameterList><SetParameterAttributesStruct><Name>{name}</Name><NotificationChange>1</NotificationChange><Notification>{notification}</Notification><AccessListChange>1</AccessListChange><AccessList>{string.Concat(accessList.Select(a => $"<string>{a}</string>"))}</AccessList></SetParameterAttributesStruct></ParameterList>");

    public static RawMessage Download(string url, string fileType = "1 Firmware Upgrade Image", string commandKey = "k") => Order(
        "Download",
        $"<CommandKey>{commandKey}</CommandKey><FileType>{fileType}</FileType><URL>{Escape(url)}</URL><Username/><Password/><FileSize>0</FileSize><TargetFileName/><DelaySeconds>0</DelaySeconds><SuccessURL/><FailureURL/>");

    public static RawMessage Inform(string serial = "1", string eventCode = "2 PERIODIC", params (string Name, string Value)[] values) => Message(
        Direction.CpeToAcs,
        "Inform",
        $"<DeviceId><Manufacturer>Example</Manufacturer><OUI>001122</OUI><ProductClass>HGW</ProductClass><SerialNumber>{Escape(serial)}</SerialNumber></DeviceId><Event><EventStruct><EventCode>{eventCode}</EventCode><CommandKey/></EventStruct></Event><MaxEnvelopes>1</MaxEnvelopes><CurrentTime>2026-01-01T00:00:00Z</CurrentTime><RetryCount>0</RetryCount><ParameterList>{string.Concat(values.Select(v => $"<ParameterValueStruct><Name>{v.Name}</Name><Value xsi:type=\"xsd:string\">{Escape(v.Value)}</Value></ParameterValueStruct>"))}</ParameterList>");

    public static RawMessage Order(string rpc, string content = "") => Message(Direction.AcsToCpe, rpc, content);

    public static RawMessage Message(Direction direction, string rpc, string content) => new(
        direction,
        Encoding.UTF8.GetBytes($"""
            <e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/" xmlns:cwmp="urn:dslforum-org:cwmp-1-2" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:xsd="http://www.w3.org/2001/XMLSchema"><e:Header><cwmp:ID e:mustUnderstand="1">7</cwmp:ID></e:Header><e:Body><cwmp:{rpc}>{content}</cwmp:{rpc}></e:Body></e:Envelope>
            """),
        "text/xml");

    public static InspectionContext Context(DeviceTraits? traits = null, SessionFacts? facts = null, DateTimeOffset? now = null, RateCounters? rates = null) => new()
    {
        Traits = traits ?? new DeviceTraits { Device = new DeviceId("001122", "HGW", "1"), Strength = IdentityStrength.UniqueCertificate, SoftwareVersion = "1.4.2", Groups = ["field"] },
        Facts = facts ?? new SessionFacts(),
        Now = now ?? Noon,
        Rates = rates,
    };

    public static Decision Judge(RuleSet set, RawMessage message, InspectionContext? context = null) => Inspector.Inspect(set, message, context ?? Context()).Decision;

    private static string Escape(string text) => SecurityElement.Escape(text)!.Replace("\r", "&#13;", StringComparison.Ordinal);
}
