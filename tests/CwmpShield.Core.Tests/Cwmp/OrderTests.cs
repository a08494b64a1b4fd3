using CwmpShield.Core.Cwmp;
using static CwmpShield.Core.Tests.Cwmp.Messages;

namespace CwmpShield.Core.Tests.Cwmp;

public sealed class OrderTests
{
    [Fact]
    public void Reads_what_SetParameterValues_writes()
    {
        var order = ReadOrder("""
            <cwmp:SetParameterValues><ParameterList e:arrayType="cwmp:ParameterValueStruct[2]">
              <ParameterValueStruct><Name>Device.A</Name><Value xsi:type="xsd:string"> a </Value></ParameterValueStruct>
              <ParameterValueStruct><Name>Device.B</Name><Value xsi:type="xsd:boolean">1</Value></ParameterValueStruct>
            </ParameterList><ParameterKey>k</ParameterKey></cwmp:SetParameterValues>
            """);

        Assert.Equal((RpcKind.SetParameterValues, MessageRole.Request, true), (order.Rpc, order.Role, order.IsOrder));
        Assert.Equal(new ParameterMention("Device.A", ParameterUse.Write, " a ", "string"), order.Parameters[0]);
        Assert.Equal(new ParameterMention("Device.B", ParameterUse.Write, "1", "boolean"), order.Parameters[1]);
        Assert.Equal("k", order.ParameterKey);
        Assert.Null(order.CommandKey);
    }

    [Fact]
    public void Reads_a_value_without_a_type() =>
        Assert.Null(ReadOrder(Set("<Name>Device.A</Name><Value>x</Value>")).Parameters[0].Type);

    [Theory]
    [InlineData("<cwmp:GetParameterValues><ParameterNames><string>Device.A</string><string>Device.B.</string></ParameterNames></cwmp:GetParameterValues>", "Device.A Device.B.", ParameterUse.Read)]
    [InlineData("<cwmp:GetParameterAttributes><ParameterNames><string>Device.</string></ParameterNames></cwmp:GetParameterAttributes>", "Device.", ParameterUse.Read)]
    [InlineData("<cwmp:GetParameterNames><ParameterPath></ParameterPath><NextLevel>1</NextLevel></cwmp:GetParameterNames>", "", ParameterUse.Read)]
    [InlineData("<cwmp:AddObject><ObjectName>Device.A.</ObjectName><ParameterKey/></cwmp:AddObject>", "Device.A.", ParameterUse.AddObject)]
    [InlineData("<cwmp:DeleteObject><ObjectName>Device.A.1.</ObjectName></cwmp:DeleteObject>", "Device.A.1.", ParameterUse.DeleteObject)]
    public void Reads_the_names_of_an_order(string entry, string names, ParameterUse use)
    {
        var order = ReadOrder(entry);

        Assert.Equal(names, string.Join(' ', order.Parameters.Select(p => p.Name)));
        Assert.All(order.Parameters, p => Assert.Equal(use, p.Use));
    }

    [Theory]
    [InlineData("1", true)]
    [InlineData("true", true)]
    [InlineData(" TRUE ", true)]
    [InlineData("0", false)]
    [InlineData("false", false)]
    [InlineData("", false)]
    public void Reads_NextLevel(string text, bool expected) =>
        Assert.Equal(expected, ReadOrder($"<cwmp:GetParameterNames><ParameterPath>Device.</ParameterPath><NextLevel>{text}</NextLevel></cwmp:GetParameterNames>").NextLevel);

    [Fact]
    public void Reads_only_the_attributes_that_are_changed()
    {
        var order = ReadOrder("""
            <cwmp:SetParameterAttributes><ParameterList>
              <SetParameterAttributesStruct><Name>Device.A</Name><NotificationChange>true</NotificationChange><Notification>2</Notification>
                <AccessListChange>0</AccessListChange><AccessList><string>Subscriber</string></AccessList></SetParameterAttributesStruct>
              <SetParameterAttributesStruct><Name>Device.B</Name><NotificationChange>0</NotificationChange><Notification>0</Notification>
                <AccessListChange>1</AccessListChange><AccessList/></SetParameterAttributesStruct>
            </ParameterList></cwmp:SetParameterAttributes>
            """);

        Assert.Equal((2, null), (order.Parameters[0].Notification, order.Parameters[0].AccessList));
        Assert.Null(order.Parameters[1].Notification);
        Assert.Empty(order.Parameters[1].AccessList!);
    }

    [Fact]
    public void Reads_a_download()
    {
        var order = ReadOrder("""
            <cwmp:Download><CommandKey>c</CommandKey><FileType>1 Firmware Upgrade Image</FileType><URL>https://a/fw</URL><Username>u</Username>
            <Password>p</Password><FileSize>4294967295</FileSize><TargetFileName>t</TargetFileName><DelaySeconds>5</DelaySeconds>
            <SuccessURL>s</SuccessURL><FailureURL>f</FailureURL></cwmp:Download>
            """);

        Assert.Equal(
            new TransferOrder(TransferKind.Download, "https://a/fw", "1 Firmware Upgrade Image", "u", true, 4294967295, "t", "s", "f"),
            Assert.Single(order.Transfers));
        Assert.Equal("c", order.CommandKey);
        Assert.Equal("5", order.Argument("DelaySeconds"));
        Assert.Null(order.Argument("Nothing"));
    }

    [Fact]
    public void Reads_other_transfers()
    {
        var upload = ReadOrder("<cwmp:Upload><FileType>2 Vendor Log File</FileType><URL>u</URL></cwmp:Upload>");
        var scheduled = ReadOrder("""
            <cwmp:ScheduleDownload><FileType>1</FileType><URL>u</URL><TimeWindowList e:arrayType="cwmp:TimeWindowStruct[1]"><TimeWindowStruct>
            <WindowStart>1</WindowStart><WindowEnd>2</WindowEnd><WindowMode>1 At Any Time</WindowMode><UserMessage/><MaxRetries>-1</MaxRetries>
            </TimeWindowStruct></TimeWindowList></cwmp:ScheduleDownload>
            """);

        Assert.Equal(new TransferOrder(TransferKind.Upload, "u", "2 Vendor Log File"), Assert.Single(upload.Transfers));
        Assert.Equal(TransferKind.ScheduleDownload, Assert.Single(scheduled.Transfers).Kind);
    }

    [Fact]
    public void Reads_the_operations_of_ChangeDUState_by_their_real_type()
    {
        var order = ReadOrder("""
            <cwmp:ChangeDUState xmlns:k="urn:dslforum-org:cwmp-1-2">
              <Operations xsi:type="k:InstallOpStruct"><URL>https://a/i</URL><UUID>1</UUID><Username/><Password>p</Password><ExecutionEnvRef/></Operations>
              <Operations xsi:type="cwmp:UpdateOpStruct"><UUID>2</UUID><Version>9</Version><URL>https://a/u</URL></Operations>
              <Operations><UninstallOpStruct><UUID>3</UUID></UninstallOpStruct></Operations>
              <CommandKey>c</CommandKey>
            </cwmp:ChangeDUState>
            """);

        Assert.Equal(
            [
                new TransferOrder(TransferKind.Install, "https://a/i", HasPassword: true, Uuid: "1"),
                new TransferOrder(TransferKind.Update, "https://a/u", Uuid: "2", Version: "9"),
                new TransferOrder(TransferKind.Uninstall, "", Uuid: "3"),
            ],
            order.Transfers);
        Assert.Contains("""<Operations xsi:type="cwmp:InstallOpStruct"><URL>""", Written(order), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GetRPCMethods", "")]
    [InlineData("Reboot", "<CommandKey/>")]
    [InlineData("Reboot", "")]
    [InlineData("FactoryReset", "")]
    [InlineData("ScheduleInform", "<DelaySeconds>30</DelaySeconds><CommandKey>c</CommandKey>")]
    [InlineData("CancelTransfer", "<CommandKey>c</CommandKey>")]
    [InlineData("GetQueuedTransfers", "")]
    [InlineData("GetAllQueuedTransfers", "")]
    [InlineData("SetVouchers", "<VoucherList e:arrayType=\"e:base64[1]\"><base64>AA==</base64></VoucherList>")]
    [InlineData("GetOptions", "<OptionName>o</OptionName>")]
    [InlineData("InformResponse", "<MaxEnvelopes>1</MaxEnvelopes>")]
    [InlineData("TransferCompleteResponse", "")]
    [InlineData("AutonomousTransferCompleteResponse", "")]
    [InlineData("RequestDownloadResponse", "")]
    [InlineData("KickedResponse", "<NextURL>https://a/</NextURL>")]
    [InlineData("DUStateChangeCompleteResponse", "")]
    [InlineData("AutonomousDUStateChangeCompleteResponse", "")]
    [InlineData("GetRPCMethodsResponse", "<MethodList e:arrayType=\"xsd:string[1]\"><string>Inform</string></MethodList>")]
    public void Reads_every_other_message_of_an_acs(string name, string content)
    {
        var message = ReadOrder($"<cwmp:{name}>{content}</cwmp:{name}>");

        Assert.Equal(name, message.Role == MessageRole.Response ? message.Rpc + "Response" : message.Rpc.ToString());
        Assert.Equal(name, message.Name);
        Assert.Empty(message.Parameters);
        Assert.Empty(message.Transfers);
        Assert.Equal(Meaning(message), Meaning(Read(Bytes(message), Direction.AcsToCpe)));
    }

    [Theory]
    [InlineData("X_00D09E_Ping", RpcKind.Vendor, MessageRole.Request)]
    [InlineData("X_00D09E_PingResponse", RpcKind.Vendor, MessageRole.Response)]
    [InlineData("Rebot", RpcKind.Unknown, MessageRole.Request)]
    [InlineData("reboot", RpcKind.Unknown, MessageRole.Request)]
    [InlineData("RebootResponseResponse", RpcKind.Unknown, MessageRole.Response)]
    public void Reads_methods_that_are_none_of_CWMP_as_what_they_are(string name, RpcKind kind, MessageRole role)
    {
        var message = ReadOrder($"<cwmp:{name}><Host a=\"1\">h</Host></cwmp:{name}>");

        Assert.Equal((kind, role, name), (message.Rpc, message.Role, message.Name));
        Assert.Equal("h", message.Argument("Host"));
    }

    private static string Set(string content) =>
        $"<cwmp:SetParameterValues><ParameterList><ParameterValueStruct>{content}</ParameterValueStruct></ParameterList></cwmp:SetParameterValues>";
}
