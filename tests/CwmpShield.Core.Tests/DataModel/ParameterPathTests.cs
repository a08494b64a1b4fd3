using CwmpShield.Core.Cwmp;

namespace CwmpShield.Core.Tests.DataModel;

public sealed class ParameterPathTests
{
    [Theory]
    [InlineData("Device.DNS.Client.Server.1.DNSServer", "device.dns.client.server.#.dnsserver")]
    [InlineData("Device.DNS.Client.Server.[cpe-1].DNSServer", "device.dns.client.server.#.dnsserver")]
    [InlineData("InternetGatewayDevice.WANDevice.12.", "internetgatewaydevice.wandevice.#.")]
    [InlineData("Device.X_00D09E_Foo-Bar.0.Baz", "device.x_00d09e_foo-bar.#.baz")]
    public void Accepts_names_of_the_schema(string name, string shape)
    {
        Assert.Equal(PathDefect.None, Defect(name));
        Assert.Equal(shape, ParameterPath.ShapeOf(name));
    }

    [Theory]
    [InlineData(" Device.A")]
    [InlineData("Device.A ")]
    [InlineData("Device..A")]
    [InlineData(".Device.A")]
    [InlineData("Device.Server.01.A")]
    [InlineData("Device.Server.00.A")]
    [InlineData("Device.Server.+1.A")]
    [InlineData("Device.Server.-1.A")]
    [InlineData("Device.Server.99999999999.A")]
    [InlineData("Device.Server.1a.A")]
    [InlineData("Device.Server.*.A")]
    [InlineData("Device.Server.[a.b].A")]
    [InlineData("Device.Server.[].A")]
    [InlineData("Device.Ref#.A")]
    [InlineData("Device.Ref+.A")]
    [InlineData("Device.A\u00A0")]
    [InlineData("Device.\u0410")]
    [InlineData("Device.A\tB")]
    [InlineData("Device/A")]
    [InlineData("Device.A%2EB")]
    public void Refuses_names_that_devices_could_read_differently(string name) => Assert.Equal(PathDefect.Malformed, Defect(name));

    [Fact]
    public void Refuses_names_without_end()
    {
        Assert.Equal(PathDefect.Malformed, Defect("Device." + new string('a', ParameterPath.MaxLength)));
        Assert.Equal(PathDefect.Malformed, Defect("Device" + string.Concat(Enumerable.Repeat(".a", ParameterPath.MaxSteps))));
    }

    [Theory]
    [InlineData("VoiceService.1.Enable")]
    [InlineData("Devices.A")]
    [InlineData("Device")]
    [InlineData("X_ACME.DNS")]
    public void Refuses_unknown_roots(string name) => Assert.Equal(PathDefect.UnknownRoot, Defect(name));

    [Fact]
    public void Gives_a_malformed_name_the_shape_that_a_lenient_reader_sees() =>
        Assert.Equal("device.dns.client.server.#.dnsserver", ParameterPath.ShapeOf("  Device..DNS.Client.Server.+01.DNSServer "));

    [Fact]
    public void Finds_what_stands_beside_and_above()
    {
        Assert.Equal("Device.Pool.1.Option.2.Tag", ParameterPath.Sibling("Device.Pool.1.Option.2.Value", "Tag"));
        Assert.Equal("Device.Pool.1.Option.Enable", ParameterPath.Sibling("Device.Pool.1.Option.2.Value", "Enable", 1));
        Assert.Null(ParameterPath.Sibling("Device", "Tag"));
        Assert.Equal("Option", ParameterPath.LastStep("Device.Option.").ToString());
    }

    private static PathDefect Defect(string name)
    {
        Span<char> buffer = stackalloc char[ParameterPath.MaxLength];
        return ParameterPath.Shape(name, buffer, out _);
    }
}
