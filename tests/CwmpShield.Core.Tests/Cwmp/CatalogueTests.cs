using CwmpShield.Core.Cwmp;

namespace CwmpShield.Core.Tests.Cwmp;

public sealed class CatalogueTests
{
    public static TheoryData<RpcKind> Methods => [.. Enum.GetValues<RpcKind>().Where(k => k > RpcKind.Fault)];

    [Theory]
    [MemberData(nameof(Methods))]
    public void Knows_the_call_and_the_response_of_every_method(RpcKind method)
    {
        var call = RpcCatalogue.Find(method.ToString())!;
        var response = RpcCatalogue.Find(method + "Response")!;

        Assert.Equal((method, MessageRole.Request), (call.Rpc, call.Role));
        Assert.Equal((method, MessageRole.Response), (response.Rpc, response.Role));
        foreach (var direction in Enum.GetValues<Direction>())
        {
            var both = RpcCatalogue.Caller(method) is null;
            Assert.Equal(both || RpcCatalogue.Caller(method) == direction, call.MayTravel(direction));
            Assert.Equal(both || RpcCatalogue.Caller(method) != direction, response.MayTravel(direction));
        }
    }

    [Theory]
    [InlineData(RpcKind.Download, Direction.AcsToCpe)]
    [InlineData(RpcKind.ChangeDUState, Direction.AcsToCpe)]
    [InlineData(RpcKind.Inform, Direction.CpeToAcs)]
    [InlineData(RpcKind.Kicked, Direction.CpeToAcs)]
    [InlineData(RpcKind.AutonomousDUStateChangeComplete, Direction.CpeToAcs)]
    [InlineData(RpcKind.GetRPCMethods, null)]
    public void Knows_who_calls(RpcKind method, Direction? caller) => Assert.Equal(caller, RpcCatalogue.Caller(method));

    [Theory]
    [InlineData("Reboot", true)]
    [InlineData("RebootResponse", true)]
    [InlineData("reboot", false)]
    [InlineData("Unknown", false)]
    [InlineData("Fault", false)]
    [InlineData("Vendor", false)]
    [InlineData("ScheduleUpload", false)]
    public void Knows_the_names_of_methods(string name, bool expected) => Assert.Equal(expected, RpcCatalogue.IsMethodName(name));
}
