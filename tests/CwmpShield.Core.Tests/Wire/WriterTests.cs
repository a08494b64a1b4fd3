using System.Buffers;
using System.Text;
using CwmpShield.Core.Wire;
using static CwmpShield.Core.Tests.Wire.Bodies;

namespace CwmpShield.Core.Tests.Wire;

public sealed class WriterTests
{
    private const string One = "urn:dslforum-org:cwmp-1-0";
    private const string Other = "urn:dslforum-org:cwmp-1-2";

    private static readonly string[] Entries =
    [
        """<c:X_1><Name>a</Name><Value xsi:type="xsd:string">b</Value><Value xsi:type="c:own">c</Value></c:X_1>""",
        """<c:X_1 e:arrayType="c:X[2]"><p:a xmlns:p="urn:p" p:b="&lt;&quot;">é&amp;</p:a><Name/></c:X_1>""",
        """<X_1 xmlns="urn:p"><a xmlns="">1</a><Name>n</Name></X_1>""",
    ];

    [Fact]
    public void Writes_the_same_bytes_however_often_an_element_has_been_written()
    {
        foreach (var entry in Entries)
        {
            var first = Written(Read(WithBody(entry)), One);
            for (var i = 0; i < 6; i++)
            {
                Assert.Equal(first, Written(Read(WithBody(entry)), One));
            }
        }
    }

    [Fact]
    public void Writes_the_prefix_of_the_version_of_each_message()
    {
        var envelope = Read(WithBody("""<c:X_1><v:a xmlns:v="urn:dslforum-org:cwmp-1-2">x</v:a><Value xsi:type="c:own">c</Value></c:X_1>"""));
        var (first, second) = (Fresh(envelope, One), Fresh(envelope, Other));

        for (var i = 0; i < 6; i++)
        {
            Assert.Equal(first, Written(envelope, One));
            Assert.Equal(second, Written(envelope, Other));
        }

        Assert.NotEqual(first, second);
    }

    [Fact]
    public void Writes_the_name_that_an_element_was_given_after_it_had_been_written()
    {
        var envelope = Read(WithBody("<c:X_1><Name>a</Name></c:X_1>"));
        for (var i = 0; i < 6; i++)
        {
            Written(envelope, One);
        }

        var renamed = envelope.Body.WithChildren([new SoapElement { LocalName = "Other", Text = "a" }]);

        Assert.Contains("<Other>a</Other></", Written(envelope with { Body = renamed }, One), StringComparison.Ordinal);
        Assert.Contains("<Name>a</Name></", Written(envelope, One), StringComparison.Ordinal);
    }

    private static string Written(SoapEnvelope envelope, string cwmp)
    {
        var output = new ArrayBufferWriter<byte>();
        SoapWriter.Write(envelope with { CwmpNamespace = cwmp }, output);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    /// <summary>What is written of elements that nobody has seen before.</summary>
    private static string Fresh(SoapEnvelope envelope, string cwmp) => Written(envelope with { Body = Copy(envelope.Body) }, cwmp);

    private static SoapElement Copy(SoapElement element) => new()
    {
        LocalName = element.LocalName,
        Namespace = element.Namespace,
        Text = element.Text,
        Attributes = [.. element.Attributes],
        Children = [.. element.Children.Select(Copy)],
    };
}
