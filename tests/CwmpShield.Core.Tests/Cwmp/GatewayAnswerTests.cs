using System.Buffers;
using System.Text;
using CwmpShield.Core.Cwmp;
using static CwmpShield.Core.Tests.Cwmp.Messages;

namespace CwmpShield.Core.Tests.Cwmp;

public sealed class GatewayAnswerTests
{
    private static string Write(Action<IBufferWriter<byte>> write)
    {
        var output = new ArrayBufferWriter<byte>();
        write(output);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    [Fact]
    public void Writes_a_fault_that_reads_back()
    {
        var fault = new CwmpFault(9003, "refused by <rule> & \"co\"", [new ParameterFault("Device.A", 9001, "no"), new ParameterFault("Device.B", 9007, "")]);

        var xml = Write(o => CwmpFaultWriter.Write(Direction.CpeToAcs, "id-1", "urn:dslforum-org:cwmp-1-2", fault, o));
        var message = Read(xml, Direction.CpeToAcs);

        Assert.Equal("id-1", message.Id);
        Assert.Equal("urn:dslforum-org:cwmp-1-2", message.Envelope.CwmpNamespace);
        Assert.Equal((fault.Code, fault.Text), (message.Fault!.Code, message.Fault.Text));
        Assert.Equal(fault.Parameters, message.Fault.Parameters);
        Assert.Equal("Client", message.Argument("faultcode"));
        Assert.Equal("CWMP fault", message.Argument("faultstring"));
        Assert.Contains("<cwmp:ID soap-env:mustUnderstand=\"1\">id-1</cwmp:ID>", xml, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Direction.CpeToAcs, 9001, "Server")]
    [InlineData(Direction.CpeToAcs, 9005, "Client")]
    [InlineData(Direction.AcsToCpe, 8001, "Server")]
    [InlineData(Direction.AcsToCpe, 8003, "Client")]
    public void Writes_who_is_at_fault(Direction from, int code, string expected) =>
        Assert.Equal(expected, Read(Write(o => CwmpFaultWriter.Write(from, null, "", new CwmpFault(code, ""), o)), from).Argument("faultcode"));

    [Fact]
    public void Writes_well_formed_faults_whatever_the_text()
    {
        var text = string.Concat(Enumerable.Range(0, 0x100).Select(i => (char)i)) + "\uFFFE\uD800\uDC00\uD800";

        var message = Read(Write(o => CwmpFaultWriter.Write(Direction.CpeToAcs, "\0", "urn:evil\">", new CwmpFault(9002, text), o)), Direction.CpeToAcs);

        Assert.Equal(9002, message.Fault!.Code);
        Assert.Equal("\uFFFD", message.Id);
        Assert.Equal("urn:dslforum-org:cwmp-1-0", message.Envelope.CwmpNamespace);
    }

    [Fact]
    public void Writes_its_own_answer_to_an_inform()
    {
        var message = Read(Write(o => CwmpResponseWriter.Write(RpcKind.Inform, "7", "urn:dslforum-org:cwmp-1-1", o)), Direction.AcsToCpe);

        Assert.Equal(("InformResponse", "7", "1"), (message.Name, message.Id, message.Argument("MaxEnvelopes")));
        Assert.Equal("urn:dslforum-org:cwmp-1-1", message.Envelope.CwmpNamespace);
    }

    [Fact]
    public void Writes_its_own_empty_answers()
    {
        var message = Read(Write(o => CwmpResponseWriter.Write(RpcKind.TransferComplete, null, "", o)), Direction.AcsToCpe);

        Assert.Equal(("TransferCompleteResponse", (string?)null), (message.Name, message.Id));
        Assert.Empty(message.Envelope.Body.Children);
    }
}
