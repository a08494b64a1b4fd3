using CwmpShield.Core.Cwmp;
using static CwmpShield.Core.Tests.Cwmp.Messages;

namespace CwmpShield.Core.Tests.Cwmp;

/// <summary>What real devices and ACSs send although no specification says so.</summary>
public sealed class LeniencyTests
{
    private static string Values(string list, string item = "ParameterValueStruct") =>
        $"<cwmp:GetParameterValuesResponse><ParameterList {list}><{item}><Name>Device.A</Name><Value xsi:type=\"xsd:string\">1</Value></{item}></ParameterList></cwmp:GetParameterValuesResponse>";

    [Theory]
    [InlineData("e:arrayType=\"cwmp:ParameterValueStruct[1]\"")]
    [InlineData("e:arrayType=\"cwmp:ParameterValueStruct[99]\"")]
    [InlineData("e:arrayType=\"cwmp:ParameterValueStruct[01]\"")]
    [InlineData("e:arrayType=\"cwmp:ParameterValueStruct[]\"")]
    [InlineData("e:arrayType=\"x:Nonsense[1]\"")]
    [InlineData("arrayType=\"ParameterValueStruct[1]\"")]
    [InlineData("enc:arrayType=\"cwmp:ParameterValueStruct[1]\"")]
    [InlineData("xsi:type=\"e:Array\" e:offset=\"[0]\"")]
    [InlineData("")]
    public void Writes_the_right_array_type_whatever_it_was(string list) =>
        Assert.Contains(
            "<ParameterList soap-enc:arrayType=\"cwmp:ParameterValueStruct[1]\"><ParameterValueStruct>", Written(ReadReport(Values(list))), StringComparison.Ordinal);

    [Fact]
    public void Names_the_items_that_a_toolkit_did_not_name()
    {
        var message = ReadReport(Values("", item: "item"));

        Assert.Equal("Device.A", Assert.Single(message.Parameters).Name);
        Assert.Contains("<ParameterValueStruct><Name>", Written(message), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("xsi:type=\"xsd:string\"", " xsi:type=\"xsd:string\"", "string")]
    [InlineData("xsi:type=\"string\"", " xsi:type=\"xsd:string\"", "string")]
    [InlineData("xsi:type=\"q:dateTime\" xmlns:q=\"http://www.w3.org/2001/XMLSchema\"", " xsi:type=\"xsd:dateTime\"", "dateTime")]
    [InlineData("i:type=\"foo:boolean\"", " xsi:type=\"xsd:boolean\"", "boolean")]
    [InlineData("xsi:type=\"e:base64\"", " xsi:type=\"soap-enc:base64\"", "base64")]
    [InlineData("xsi:type=\"v:Mac\" xmlns:v=\"urn:vendor\"", " xmlns:t0=\"urn:vendor\" xsi:type=\"t0:Mac\"", "Mac")]
    [InlineData("xsi:type=\"v:Mac\"", " xsi:type=\"Mac\"", "Mac")]
    [InlineData("type=\"v:Mac\"", " xsi:type=\"Mac\"", "Mac")]
    [InlineData("", "", null)]
    public void Writes_types_with_its_own_prefixes(string type, string written, string? facet)
    {
        var message = ReadReport($"<cwmp:GetParameterValuesResponse><ParameterList><ParameterValueStruct><Name>Device.A</Name><Value {type}>1</Value></ParameterValueStruct></ParameterList></cwmp:GetParameterValuesResponse>");

        Assert.Equal(facet, message.Parameters[0].Type);
        Assert.Contains($"<Value{written}>1</Value>", Written(message), StringComparison.Ordinal);
        Assert.Equal(Meaning(message), Meaning(Read(Bytes(message), Direction.CpeToAcs)));
    }

    [Fact]
    public void Accepts_the_order_of_members_that_a_device_chose()
    {
        var message = ReadReport("<cwmp:TransferComplete><CommandKey>c</CommandKey><StartTime/><CompleteTime/><FaultStruct><FaultCode>9010</FaultCode><FaultString>f</FaultString></FaultStruct></cwmp:TransferComplete>");

        Assert.Equal(9010, message.Fault!.Code);
        Assert.EndsWith("<FaultString>f</FaultString></FaultStruct></cwmp:TransferComplete></soap-env:Body></soap-env:Envelope>", Written(message), StringComparison.Ordinal);
    }

    [Fact]
    public void Accepts_a_message_in_the_default_namespace()
    {
        var message = Read(
            """<Envelope xmlns="http://schemas.xmlsoap.org/soap/envelope/"><Body><Reboot xmlns="urn:dslforum-org:cwmp-1-0"><CommandKey>c</CommandKey></Reboot></Body></Envelope>""",
            Direction.AcsToCpe);

        Assert.Equal("c", message.CommandKey);
        Assert.Null(message.Id);
        Assert.DoesNotContain("Header", Written(message), StringComparison.Ordinal);
    }

    [Fact]
    public void Accepts_a_method_whose_prefix_is_not_declared()
    {
        var message = Read("""<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><cwmp:Reboot/></s:Body></s:Envelope>""", Direction.AcsToCpe);

        Assert.Equal(RpcKind.Reboot, message.Rpc);
        Assert.Contains("xmlns:cwmp=\"urn:dslforum-org:cwmp-1-0\"", Written(message), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<FileSize></FileSize>")]
    [InlineData("<FileSize> 12 </FileSize>")]
    [InlineData("<FileSize>+12</FileSize>")]
    [InlineData("<DelaySeconds/>")]
    public void Accepts_numbers_as_acss_write_them(string member) =>
        Assert.Null(RefusalOfOrder($"<cwmp:Download><FileType>1</FileType><URL>u</URL>{member}</cwmp:Download>"));

    [Fact]
    public void Does_not_judge_what_a_device_writes_into_its_numbers() =>
        Assert.Null(RefusalOfReport("<cwmp:AddObjectResponse><InstanceNumber>one</InstanceNumber><Status>ok</Status></cwmp:AddObjectResponse>"));

    [Fact]
    public void Keeps_vendor_extensions_of_a_device()
    {
        var message = ReadReport(
            """<cwmp:RebootResponse><v:Reason xmlns:v="urn:vendor" v:code="1" plain="a&#10;b" xml:lang="de"><v:Text>a &amp; b</v:Text><w:More xmlns:w="urn:more"/></v:Reason><Loose>x</Loose></cwmp:RebootResponse>""",
            """<cwmp:ID s:mustUnderstand="1">7</cwmp:ID><v:Trace xmlns:v="urn:vendor" s:mustUnderstand="1">t</v:Trace>""");

        var reason = message.Envelope.Body.Child("Reason")!;
        Assert.Equal(("urn:vendor", "a & b", "urn:more"), (reason.Namespace, reason.Children[0].Text, reason.Children[1].Namespace));
        Assert.Equal("x", message.Argument("Loose"));
        Assert.Equal(2, message.Envelope.Headers.Count);
        Assert.Equal(Meaning(message), Meaning(Read(Bytes(message), Direction.CpeToAcs)));
        Assert.NotEmpty(PlainXml.Leaves(Bytes(message)));
    }

    [Fact]
    public void Keeps_vendor_methods_in_both_directions()
    {
        const string entry = """<v:X_V_Do xmlns:v="urn:vendor" s:encodingStyle="x" a="1"><Arg v:b="2">t</Arg></v:X_V_Do>""";
        foreach (var direction in new[] { Direction.AcsToCpe, Direction.CpeToAcs })
        {
            var message = Read(Envelope(entry), direction);

            Assert.Contains(
                """<v:X_V_Do xmlns:v="urn:vendor" a="1"><Arg xmlns:a0="urn:vendor" a0:b="2">t</Arg></v:X_V_Do>""", Written(message), StringComparison.Ordinal);
            Assert.Equal(Meaning(message), Meaning(Read(Bytes(message), direction)));
        }
    }

    [Fact]
    public void Accepts_long_keys_and_presigned_urls()
    {
        var url = "https://a/?" + new string('s', 4000);

        Assert.Equal(url, ReadOrder($"<cwmp:Download><CommandKey>{new string('k', 300)}</CommandKey><FileType>1</FileType><URL>{url}</URL></cwmp:Download>").Transfers[0].Url);
    }

    [Fact]
    public void Accepts_alias_addresses_and_names_beyond_ascii() =>
        Assert.Null(RefusalOfOrder("<cwmp:AddObject><ObjectName>Device.X_Größe.[cpe-1].</ObjectName></cwmp:AddObject>"));
}
