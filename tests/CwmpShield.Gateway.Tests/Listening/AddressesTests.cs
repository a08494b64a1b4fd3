using System.Net;
using CwmpShield.Gateway.Listening;

namespace CwmpShield.Gateway.Tests.Listening;

/// <summary>What counts as one source, wherever sources are counted.</summary>
public sealed class AddressesTests
{
    [Theory]
    [InlineData("192.0.2.7", "192.0.2.7")]
    [InlineData("::ffff:192.0.2.7", "192.0.2.7")]
    [InlineData("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::")]
    [InlineData("2001:db8:1:2::", "2001:db8:1:2::")]
    [InlineData("2001:db8:1:3::1", "2001:db8:1:3::")]
    public void Takes_an_IPv4_address_or_a_network_of_IPv6_for_one_source(string address, string source) =>
        Assert.Equal(IPAddress.Parse(source), Addresses.Subscriber(IPAddress.Parse(address)));
}
