using CwmpShield.Core.Cwmp;
using CwmpShield.Core.Wire;
using static CwmpShield.Core.Tests.Cwmp.Messages;

namespace CwmpShield.Core.Tests.Cwmp;

/// <summary>What another parser than ours could read differently never leaves the gateway.</summary>
public sealed class EvasionTests
{
    private const string Name = "<Name>Device.A</Name>";
    private const string Value = "<Value xsi:type=\"xsd:string\">1</Value>";

    private static string Set(string items) => $"<cwmp:SetParameterValues><ParameterList>{items}</ParameterList><ParameterKey/></cwmp:SetParameterValues>";

    private static string Item(string content) => $"<ParameterValueStruct>{content}</ParameterValueStruct>";

    private static string Reboot(string content) => $"<cwmp:Reboot>{content}</cwmp:Reboot>";

    public static TheoryData<string, string> Orders => new()
    {
        { Reboot("<CommandKey/><Extra/>"), WireReason.UnknownMember },
        { Reboot("<x:Extra xmlns:x=\"urn:x\"/>"), WireReason.UnknownMember },
        { Reboot("<commandkey/>"), WireReason.UnknownMember },
        { Reboot("<CommandKey/><cwmp:FactoryReset/>"), WireReason.NestedOrder },
        { Reboot("<CommandKey><cwmp:FactoryReset/></CommandKey>"), WireReason.NestedOrder },
        { Reboot("<CommandKey><a><Download/></a></CommandKey>"), WireReason.NestedOrder },
        { Reboot("<Extra><a><x:SetParameterValues xmlns:x=\"urn:x\"/></a></Extra>"), WireReason.NestedOrder },
        { Reboot("<s:Body><cwmp:FactoryReset/></s:Body>"), WireReason.NestedOrder },
        { Reboot("<CommandKey><b/></CommandKey>"), WireReason.ElementInValue },
        { Reboot("<CommandKey/><CommandKey/>"), WireReason.DuplicateMember },
        { Reboot("<CommandKey/><x:CommandKey xmlns:x=\"urn:x\"/>"), WireReason.DuplicateMember },
        { Reboot("text"), WireReason.TextInStructure },
        { Reboot($"<CommandKey>{new string('k', 4097)}</CommandKey>"), WireReason.NameTooLong },
        { Set(Item(Name + Value + Value)), WireReason.DuplicateMember },
        { Set(Item(Name + Name + Value)), WireReason.DuplicateMember },
        { Set(Item(Name)), WireReason.MissingMember },
        { Set(Item(Value)), WireReason.MissingMember },
        { Set(Item(Name + "<Value><b/></Value>")), WireReason.ElementInValue },
        { Set(Item(Name + "<Value><cwmp:Reboot/></Value>")), WireReason.NestedOrder },
        { Set(Item(Name + "<Value xsi:type=\"cwmp:EventStruct\">1</Value>")), WireReason.UnknownType },
        { Set(Item(Name + Value) + Item(Name + Value)), WireReason.DuplicateParameter },
        { Set(Item(Name + Value) + Item("<Name>DEVICE.a</Name>" + Value)), WireReason.DuplicateParameter },
        { Set(Item("<Name>Device.A </Name>" + Value)), WireReason.BadParameterName },
        { Set(Item("<Name>\nDevice.A</Name>" + Value)), WireReason.BadParameterName },
        { Set(Item("<Name>Device.\u00A0A</Name>" + Value)), WireReason.BadParameterName },
        { Set(Item("<Name>Device.\u200BA</Name>" + Value)), WireReason.BadParameterName },
        { Set(Item("<Name>Device.\u0085A</Name>" + Value)), WireReason.BadParameterName },
        { Set("<ParameterInfoStruct>" + Name + Value + "</ParameterInfoStruct>"), WireReason.UnknownMember },
        { Set("text"), WireReason.TextInStructure },
        { "<cwmp:SetParameterValues><ParameterKey/></cwmp:SetParameterValues>", WireReason.MissingMember },
        { "<cwmp:Download><CommandKey/><FileType>1</FileType></cwmp:Download>", WireReason.MissingMember },
        { "<cwmp:Download><URL>a</URL></cwmp:Download>", WireReason.MissingMember },
        { "<cwmp:Download><FileType>1</FileType><URL>a</URL><URL>b</URL></cwmp:Download>", WireReason.DuplicateMember },
        { "<cwmp:Download><FileType>1</FileType><URL>a</URL><FileSize>big</FileSize></cwmp:Download>", WireReason.BadValue },
        { "<cwmp:Download><FileType>1</FileType><URL>a</URL><FileSize>4294967296</FileSize></cwmp:Download>", WireReason.BadValue },
        { "<cwmp:Download><FileType>1</FileType><URL>a</URL><DelaySeconds>-1</DelaySeconds></cwmp:Download>", WireReason.BadValue },
        { "<cwmp:GetParameterNames><ParameterPath>Device.</ParameterPath><NextLevel>yes</NextLevel></cwmp:GetParameterNames>", WireReason.BadValue },
        { "<cwmp:GetParameterNames><NextLevel>1</NextLevel></cwmp:GetParameterNames>", WireReason.MissingMember },
        { "<cwmp:AddObject><ParameterKey/></cwmp:AddObject>", WireReason.MissingMember },
        { "<cwmp:AddObject><ObjectName>Device.\tA.</ObjectName></cwmp:AddObject>", WireReason.BadParameterName },
        { "<cwmp:ChangeDUState><CommandKey/></cwmp:ChangeDUState>", WireReason.MissingMember },
        { "<cwmp:ChangeDUState><Operations><URL>a</URL></Operations></cwmp:ChangeDUState>", WireReason.UnknownType },
        { "<cwmp:ChangeDUState><Operations xsi:type=\"cwmp:OperationStruct\"><URL>a</URL></Operations></cwmp:ChangeDUState>", WireReason.UnknownType },
        { "<cwmp:ChangeDUState><Operations xsi:type=\"cwmp:InstallOpStruct\"><UUID>1</UUID></Operations></cwmp:ChangeDUState>", WireReason.MissingMember },
        { "<cwmp:ChangeDUState><Operations xsi:type=\"cwmp:UninstallOpStruct\"><UUID>1</UUID><URL>a</URL></Operations></cwmp:ChangeDUState>", WireReason.UnknownMember },
        { "<cwmp:ChangeDUState><Operations/></cwmp:ChangeDUState>", WireReason.UnknownType },
        { "<cwmp:X_1_Do><a><cwmp:Reboot/></a></cwmp:X_1_Do>", WireReason.NestedOrder },
        { "<cwmp:X_1_Do><s:Envelope/></cwmp:X_1_Do>", WireReason.NestedOrder },
        { "<x:Reboot xmlns:x=\"urn:x\"/>", WireReason.RpcNamespace },
        { "<s:Reboot/>", WireReason.RpcNamespace },
        { "<cwmp:Fault/>", WireReason.RpcNamespace },
        { "<cwmp:Inform/>", WireReason.WrongDirection },
        { "<cwmp:RebootResponse/>", WireReason.WrongDirection },
        { "<cwmp:TransferComplete/>", WireReason.WrongDirection },
    };

    [Theory]
    [MemberData(nameof(Orders))]
    public void Refuses_an_order(string entry, string reason) => Assert.Equal(reason, RefusalOfOrder(entry));

    public static TheoryData<string, string> Reports => new()
    {
        { "<cwmp:Reboot/>", WireReason.WrongDirection },
        { "<cwmp:InformResponse/>", WireReason.WrongDirection },
        { Report(Name + Value + Value), WireReason.DuplicateMember },
        { Report(Name + "<Value><b/></Value>"), WireReason.ElementInValue },
        { Report(Name + Value + "<x:Ext xmlns:x=\"urn:x\"><cwmp:Inform/></x:Ext>"), WireReason.NestedOrder },
        { Report(Name + Value + "<cwmp:Inform/>"), WireReason.NestedOrder },
        { Report(Name + Value + "<x:Ext xmlns:x=\"urn:x\"><SerialNumber>2</SerialNumber></x:Ext>"), WireReason.MisplacedMember },
        { Report(Name + Value + "<Ext><a><ParameterValueStruct/></a></Ext>"), WireReason.MisplacedMember },
        { "<cwmp:TransferComplete><CommandKey/><x:OUI xmlns:x=\"urn:x\">001122</x:OUI></cwmp:TransferComplete>", WireReason.MisplacedMember },
        { Inform("<SerialNumber>2</SerialNumber>"), WireReason.MisplacedMember },
        { Inform("<Old><DeviceId><SerialNumber>2</SerialNumber></DeviceId></Old>"), WireReason.MisplacedMember },
        { Inform("", "<Old><DeviceId/></Old>"), WireReason.MisplacedMember },
        { Inform("", "", "<Entry><EventCode>0 BOOTSTRAP</EventCode></Entry>"), WireReason.MisplacedMember },
        { Report(Value), WireReason.MissingMember },
        { "<cwmp:GetParameterValuesResponse/>", WireReason.MissingMember },
        { "<cwmp:Inform/>", WireReason.MissingMember },
        { "<cwmp:TransferComplete><FaultStruct><FaultCode>none</FaultCode></FaultStruct></cwmp:TransferComplete>", WireReason.BadValue },
    };

    [Theory]
    [MemberData(nameof(Reports))]
    public void Refuses_a_report(string entry, string reason) => Assert.Equal(reason, RefusalOfReport(entry));

    [Theory]
    [InlineData("<SerialNumber>2</SerialNumber>")]
    [InlineData("<x:DeviceId xmlns:x=\"urn:x\"/>")]
    [InlineData("<x:Ext xmlns:x=\"urn:x\"><a><ParameterList/></a></x:Ext>")]
    public void Refuses_a_report_whose_header_holds_what_an_ACS_could_take_for_the_message(string headers) =>
        Assert.Equal(WireReason.MisplacedMember, RefusalOfReport("<cwmp:GetRPCMethods/>", headers));

    [Fact]
    public void Keeps_what_a_device_says_beside_the_schema_and_what_a_vendor_puts_in_a_method_of_its_own()
    {
        Assert.Contains("<Ext><Age>1</Age></Ext>", Written(ReadReport(Report(Name + Value + "<Ext><Age>1</Age></Ext>"))), StringComparison.Ordinal);
        Assert.Contains("<SerialNumber>2</SerialNumber>", Written(ReadReport("<cwmp:X_1_Tell><SerialNumber>2</SerialNumber></cwmp:X_1_Tell>")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<cwmp:ID>1</cwmp:ID><cwmp:ID>2</cwmp:ID>", WireReason.DuplicateHeader)]
    [InlineData("<cwmp:ID>1</cwmp:ID><x:ID xmlns:x=\"urn:x\">2</x:ID>", WireReason.DuplicateHeader)]
    [InlineData("<cwmp:ID>1</cwmp:ID><ID>2</ID>", WireReason.DuplicateHeader)]
    [InlineData("<cwmp:HoldRequests>0</cwmp:HoldRequests><cwmp:HoldRequests>1</cwmp:HoldRequests>", WireReason.DuplicateHeader)]
    [InlineData("<cwmp:HoldRequests>maybe</cwmp:HoldRequests>", WireReason.BadValue)]
    [InlineData("<cwmp:ID><a/></cwmp:ID>", WireReason.ElementInValue)]
    [InlineData("<cwmp:ID><cwmp:FactoryReset/></cwmp:ID>", WireReason.NestedOrder)]
    [InlineData("<cwmp:FactoryReset/>", WireReason.NestedOrder)]
    [InlineData("<x:Ext xmlns:x=\"urn:x\"><s:Body><cwmp:FactoryReset/></s:Body></x:Ext>", WireReason.NestedOrder)]
    [InlineData("<x:Ext xmlns:x=\"urn:x\" s:mustUnderstand=\"1\"/>", WireReason.MustUnderstand)]
    [InlineData("<x:Ext xmlns:x=\"urn:x\" soap:mustUnderstand=\"true\"/>", WireReason.MustUnderstand)]
    public void Refuses_headers_of_an_order(string headers, string reason) =>
        Assert.Equal(reason, RefusalOfOrder("<cwmp:Reboot/>", headers));

    [Fact]
    public void Drops_other_headers_and_all_other_attributes_on_the_way_to_a_device()
    {
        var order = ReadOrder(
            """<cwmp:Reboot s:encodingStyle="http://schemas.xmlsoap.org/soap/encoding/" x="1"><CommandKey xsi:type="xsd:string" xsi:nil="true" y="2"/></cwmp:Reboot>""",
            """<x:Ext xmlns:x="urn:x" s:mustUnderstand="0">a</x:Ext><cwmp:ID s:actor="b">7</cwmp:ID>""");

        Assert.Equal("7", order.Id);
        Assert.EndsWith(
            "<soap-env:Header><cwmp:ID>7</cwmp:ID></soap-env:Header><soap-env:Body><cwmp:Reboot><CommandKey></CommandKey></cwmp:Reboot></soap-env:Body></soap-env:Envelope>",
            Written(order),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Reads_members_under_any_prefix_as_what_they_will_be_taken_for()
    {
        var order = ReadOrder("<x:Download xmlns:x=\"urn:dslforum-org:cwmp-1-0\" xmlns=\"urn:evil\"><y:FileType>1</y:FileType><URL>https://evil/</URL></x:Download>");

        Assert.Equal("https://evil/", order.Transfers[0].Url);
        Assert.Contains("<cwmp:Download><FileType>1</FileType><URL>https://evil/</URL></cwmp:Download>", Written(order), StringComparison.Ordinal);
        Assert.DoesNotContain("urn:evil", Written(order), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<u:SetNTPServers xmlns:u=\"urn:dslforum-org:service:Time:1\"><NewNTPServer1>`cd /tmp`</NewNTPServer1></u:SetNTPServers>", "SetNTPServers")]
    [InlineData("<u:Reboot xmlns:u=\"urn:dslforum-org:service:DeviceConfig:1\"/>", "Reboot")]
    [InlineData("<u:X_Do xmlns:u=\"urn:schemas-upnp-org:service:WANIPConnection:1\"/>", "X_Do")]
    public void Leaves_actions_of_lan_protocols_to_the_rules_by_name_and_namespace(string entry, string name)
    {
        foreach (var direction in new[] { Direction.AcsToCpe, Direction.CpeToAcs })
        {
            var message = Read(Envelope(entry), direction);

            Assert.Equal((RpcKind.Unknown, name), (message.Rpc, message.Name));
            Assert.Contains(message.Envelope.DeclaredNamespaces, LanProtocol.IsNamespace);
            Assert.True(LanProtocol.IsNamespace(message.Envelope.Body.Namespace));
        }
    }

    [Theory]
    [InlineData("urn:dslforum-org:service:Time:1", true)]
    [InlineData(" URN:Schemas-UPnP-org:device:x", true)]
    [InlineData("urn:dslforum-org:cwmp-1-0", false)]
    [InlineData("", false)]
    public void Knows_the_namespaces_of_lan_protocols(string uri, bool expected) => Assert.Equal(expected, LanProtocol.IsNamespace(uri));

    private static string Report(string content) =>
        $"<cwmp:GetParameterValuesResponse><ParameterList>{Item(content)}</ParameterList></cwmp:GetParameterValuesResponse>";

    private static string Inform(string beside, string inDevice = "", string inEvents = "") =>
        $"<cwmp:Inform><DeviceId><OUI>001122</OUI><SerialNumber>1</SerialNumber>{inDevice}</DeviceId><Event>{inEvents}</Event>{beside}</cwmp:Inform>";
}
