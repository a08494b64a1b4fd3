using CwmpShield.Gateway.Forwarding;

namespace CwmpShield.Gateway.Tests.Forwarding;

public sealed class AcsTargetTests
{
    [Theory]
    [InlineData("http://acs:7547", "/", "http://acs:7547/")]
    [InlineData("http://acs:7547/", "/tr069", "http://acs:7547/tr069")]
    [InlineData("https://acs/cwmp", "/", "https://acs/cwmp")]
    [InlineData("https://acs/cwmp/", "/tr069", "https://acs/cwmp/")]
    [InlineData("http://acs:7547/", "//evil.example/x", "http://acs:7547//evil.example/x")]
    public void Goes_to_the_destination_s_path_or_else_the_device_s(string address, string path, string expected)
    {
        var uri = AcsTarget.Of("d", address, path).Uri;
        Assert.Equal(expected, uri.AbsoluteUri);
    }
}
