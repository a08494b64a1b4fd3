using CwmpShield.Core.Cwmp;
using static CwmpShield.Core.Tests.Cwmp.Messages;

namespace CwmpShield.Core.Tests.Cwmp;

public sealed class ReportTests
{
    private const string Inform = """
        <cwmp:Inform><DeviceId><Manufacturer>M &amp; Co</Manufacturer><OUI>00aabb</OUI><ProductClass>P</ProductClass><SerialNumber> S-1 </SerialNumber></DeviceId>
        <Event><EventStruct><EventCode>0 BOOTSTRAP</EventCode><CommandKey/></EventStruct><EventStruct><EventCode>M Reboot</EventCode><CommandKey>k</CommandKey></EventStruct></Event>
        <MaxEnvelopes>1</MaxEnvelopes><CurrentTime>2026-01-01T00:00:00</CurrentTime><RetryCount>0</RetryCount>
        <ParameterList><ParameterValueStruct><Name>Device.DeviceInfo.SoftwareVersion</Name><Value xsi:type="xsd:string">1.0</Value></ParameterValueStruct></ParameterList></cwmp:Inform>
        """;

    [Fact]
    public void Reads_an_inform_without_changing_a_letter()
    {
        var inform = ReadReport(Inform, "<cwmp:ID s:mustUnderstand=\"1\"> a&#13;b </cwmp:ID><cwmp:SessionTimeout>60</cwmp:SessionTimeout>");

        Assert.Equal(new DeviceId("00aabb", "P", " S-1 "), inform.Device);
        Assert.Equal("M & Co", inform.Manufacturer);
        Assert.Equal("0 BOOTSTRAP|M Reboot", string.Join('|', inform.Events));
        Assert.Equal(new ParameterMention("Device.DeviceInfo.SoftwareVersion", ParameterUse.Report, "1.0", "string"), Assert.Single(inform.Parameters));
        Assert.Equal(" a\rb ", inform.Id);
        Assert.False(inform.IsOrder);
        Assert.Null(inform.CommandKey);
        Assert.Contains("<cwmp:ID soap-env:mustUnderstand=\"1\"> a&#13;b </cwmp:ID><cwmp:SessionTimeout>60</cwmp:SessionTimeout>", Written(inform), StringComparison.Ordinal);
    }

    [Fact]
    public void Reads_what_a_device_reports_of_its_names_and_attributes()
    {
        var names = ReadReport("<cwmp:GetParameterNamesResponse><ParameterList><ParameterInfoStruct><Name>Device.</Name><Writable>0</Writable></ParameterInfoStruct></ParameterList></cwmp:GetParameterNamesResponse>");
        var attributes = ReadReport("<cwmp:GetParameterAttributesResponse><ParameterList><ParameterAttributeStruct><Name>Device.A</Name><Notification>1</Notification><AccessList><string>Subscriber</string></AccessList></ParameterAttributeStruct></ParameterList></cwmp:GetParameterAttributesResponse>");

        Assert.Equal(new ParameterMention("Device.", ParameterUse.Report), Assert.Single(names.Parameters));
        Assert.Equal(new ParameterMention("Device.A", ParameterUse.Report), Assert.Single(attributes.Parameters));
    }

    [Theory]
    [InlineData("SetParameterValuesResponse", "<Status>1</Status>")]
    [InlineData("SetParameterAttributesResponse", "")]
    [InlineData("AddObjectResponse", "<InstanceNumber>2</InstanceNumber><Status>0</Status>")]
    [InlineData("DeleteObjectResponse", "<Status>0</Status>")]
    [InlineData("DownloadResponse", "<Status>1</Status><StartTime>0001-01-01T00:00:00Z</StartTime><CompleteTime>0001-01-01T00:00:00Z</CompleteTime>")]
    [InlineData("UploadResponse", "<Status>1</Status><StartTime/><CompleteTime/>")]
    [InlineData("ScheduleDownloadResponse", "")]
    [InlineData("RebootResponse", "")]
    [InlineData("FactoryResetResponse", "")]
    [InlineData("ScheduleInformResponse", "")]
    [InlineData("CancelTransferResponse", "")]
    [InlineData("ChangeDUStateResponse", "")]
    [InlineData("SetVouchersResponse", "")]
    [InlineData("GetOptionsResponse", "<OptionList><OptionStruct><OptionName>o</OptionName><VoucherSN>1</VoucherSN><State>1</State><Mode>2</Mode><StartDate/><IsTransferable>0</IsTransferable></OptionStruct></OptionList>")]
    [InlineData("GetQueuedTransfersResponse", "<TransferList><QueuedTransferStruct><CommandKey>c</CommandKey><State>1</State></QueuedTransferStruct></TransferList>")]
    [InlineData("GetAllQueuedTransfersResponse", "<TransferList><AllQueuedTransferStruct><CommandKey>c</CommandKey><State>1</State><IsDownload>1</IsDownload><FileType>1</FileType><FileSize>0</FileSize><TargetFileName/></AllQueuedTransferStruct></TransferList>")]
    [InlineData("GetRPCMethodsResponse", "<MethodList><string>Reboot</string></MethodList>")]
    [InlineData("GetRPCMethods", "")]
    [InlineData("AutonomousTransferComplete", "<AnnounceURL/><TransferURL>u</TransferURL><IsDownload>1</IsDownload><FileType>1</FileType><FileSize>0</FileSize><TargetFileName/><FaultStruct><FaultCode>0</FaultCode><FaultString/></FaultStruct><StartTime/><CompleteTime/>")]
    [InlineData("RequestDownload", "<FileType>1</FileType><FileTypeArg><ArgStruct><Name>n</Name><Value>v</Value></ArgStruct></FileTypeArg>")]
    [InlineData("Kicked", "<Command>c</Command><Referer>r</Referer><Arg>a</Arg><Next>n</Next>")]
    [InlineData("DUStateChangeComplete", "<Results><UUID>1</UUID><DeploymentUnitRef/><Version/><CurrentState>Failed</CurrentState><Resolved>0</Resolved><ExecutionUnitRefList/><StartTime/><CompleteTime/><Fault><FaultCode>9001</FaultCode><FaultString>f</FaultString></Fault></Results><Results><UUID>2</UUID></Results><CommandKey/>")]
    [InlineData("AutonomousDUStateChangeComplete", "<Results><UUID>1</UUID><OperationPerformed>Install</OperationPerformed></Results>")]
    public void Reads_every_other_message_of_a_device(string name, string content)
    {
        var message = ReadReport($"<cwmp:{name}>{content}</cwmp:{name}>");

        Assert.Equal(name, message.Role == MessageRole.Response ? message.Rpc + "Response" : message.Rpc.ToString());
        Assert.Empty(message.Transfers);
        Assert.Null(message.Fault);
        Assert.Equal(Meaning(message), Meaning(Read(Bytes(message), Direction.CpeToAcs)));
    }

    [Fact]
    public void Reads_a_fault_with_its_parameters()
    {
        var message = ReadReport("""
            <s:Fault><faultcode>s:Client</faultcode><faultstring>CWMP fault</faultstring><detail><cwmp:Fault><FaultCode>9003</FaultCode><FaultString>Invalid arguments</FaultString>
            <SetParameterValuesFault><ParameterName>Device.A</ParameterName><FaultCode>9007</FaultCode><FaultString>bad</FaultString></SetParameterValuesFault>
            <SetParameterValuesFault><ParameterName>Device.B</ParameterName><FaultCode>9008</FaultCode></SetParameterValuesFault></cwmp:Fault></detail></s:Fault>
            """);

        Assert.Equal((RpcKind.Fault, MessageRole.Fault, 9003, "Invalid arguments"), (message.Rpc, message.Role, message.Fault!.Code, message.Fault.Text));
        Assert.Equal([new ParameterFault("Device.A", 9007, "bad"), new ParameterFault("Device.B", 9008, "")], message.Fault.Parameters);
        Assert.Contains("<soap-env:Fault><faultcode>Client</faultcode>", Written(message), StringComparison.Ordinal);
        Assert.Contains("<detail><cwmp:Fault><FaultCode>9003</FaultCode>", Written(message), StringComparison.Ordinal);
    }

    [Fact]
    public void Reads_a_fault_without_detail_as_one_without_a_code() =>
        Assert.Equal(new CwmpFault(0, "went wrong", []), ReadReport("<s:Fault><faultcode>Server</faultcode><faultstring>went wrong</faultstring></s:Fault>").Fault! with { Parameters = [] });

    [Fact]
    public void Reads_HoldRequests_from_an_acs()
    {
        Assert.True(ReadOrder("<cwmp:InformResponse/>", "<cwmp:HoldRequests s:mustUnderstand=\"1\">1</cwmp:HoldRequests>").HoldRequests);
        Assert.False(ReadOrder("<cwmp:InformResponse/>", "<cwmp:HoldRequests s:mustUnderstand=\"1\">false</cwmp:HoldRequests>").HoldRequests);
        Assert.False(ReadOrder("<cwmp:InformResponse/>").HoldRequests);
    }
}
