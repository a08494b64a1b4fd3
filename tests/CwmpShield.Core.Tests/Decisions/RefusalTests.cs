using CwmpShield.Core.Cwmp;
using CwmpShield.Core.Decisions;
using CwmpShield.Core.Wire;
using Xunit;

namespace CwmpShield.Core.Tests.Decisions;

/// <summary>The faults that are given instead of refused messages.</summary>
public sealed class RefusalTests
{
    private const string Namespace = "urn:dslforum-org:cwmp-1-2";

    [Fact]
    public void Refuses_an_order_under_its_id_with_9001() =>
        AssertFault(Refusal.OfOrder(Order(), new Decision()), Direction.CpeToAcs, "o1", 9001);

    [Fact]
    public void Names_the_parameters_at_fault_with_9003()
    {
        var decision = new Decision { Fault = new CwmpFault(9003, "Invalid arguments", [new ParameterFault("Device.X", 9001, "denied")]) };

        var message = AssertFault(Refusal.OfOrder(Order(), decision), Direction.CpeToAcs, "o1", 9003);

        Assert.Equal("Device.X", Assert.Single(message.Fault!.Parameters).ParameterName);
    }

    [Theory]
    [InlineData(8001)]
    [InlineData(0)]
    public void Gives_no_code_of_the_other_side_in_the_device_s_name(int code) =>
        AssertFault(Refusal.OfOrder(Order(), new Decision { Fault = new CwmpFault(code, "x") }), Direction.CpeToAcs, "o1", 9001);

    [Fact]
    public void Refuses_a_request_under_its_id_with_8001() =>
        AssertFault(Refusal.OfRequest(Order(), new Decision()), Direction.AcsToCpe, "o1", 8001);

    [Theory]
    [InlineData(8005, 8001)]
    [InlineData(9001, 8001)]
    [InlineData(8003, 8003)]
    public void Never_tells_a_device_to_send_the_same_again(int asked, int given) =>
        AssertFault(Refusal.OfRequest(Order(), new Decision { Fault = new CwmpFault(asked, "x") }), Direction.AcsToCpe, "o1", given);

    [Fact]
    public void Tells_a_device_that_its_message_could_not_be_read() =>
        AssertFault(Refusal.OfRequest(null, Namespace), Direction.AcsToCpe, null, 8003);

    [Fact]
    public void Withholds_an_answer_under_the_order_s_id_with_9002() =>
        AssertFault(Refusal.OfAnswer(Order()), Direction.CpeToAcs, "o1", 9002);

    [Fact]
    public void Refuses_an_order_that_could_not_be_read_under_any_id() =>
        AssertFault(Refusal.OfOrder("7", "", Refusal.OrderDenied), Direction.CpeToAcs, "7", 9001);

    private static CwmpMessage AssertFault(ReadOnlyMemory<byte> bytes, Direction direction, string? id, int code)
    {
        Assert.True(SoapReader.TryRead(bytes, "text/xml", SoapLimits.FromAcs, out var envelope, out _));
        Assert.True(CwmpMessageReader.TryRead(envelope!, direction, out var message, out _));
        Assert.Equal((MessageRole.Fault, id, code), (message!.Role, message.Id, message.Fault!.Code));
        return message;
    }

    private static CwmpMessage Order() => new()
    {
        Direction = Direction.AcsToCpe,
        Rpc = RpcKind.Reboot,
        Role = MessageRole.Request,
        Name = "Reboot",
        Id = "o1",
        Envelope = new SoapEnvelope([], new SoapElement { LocalName = "Reboot" }, Namespace),
    };
}
