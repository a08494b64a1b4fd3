using System.Net;
using CwmpShield.Gateway.Forwarding;

namespace CwmpShield.Gateway.Tests.Forwarding;

public sealed class ForwardedHeaderTests
{
    [Theory]
    [InlineData("192.0.2.7", true, "", "for=192.0.2.7;proto=https")]
    [InlineData("192.0.2.7", false, "", "for=192.0.2.7;proto=http")]
    [InlineData("2001:db8::17", true, "", "for=\"[2001:db8::17]\";proto=https")]
    [InlineData("fe80::1%3", true, "", "for=\"[fe80::1]\";proto=https")]
    [InlineData("192.0.2.7", true, "_edge-1", "for=192.0.2.7;proto=https;by=_edge-1")]
    [InlineData("192.0.2.7", true, "2001:db8::1", "for=192.0.2.7;proto=https;by=\"[2001:db8::1]\"")]
    [InlineData("192.0.2.7", true, "a \"b\"", "for=192.0.2.7;proto=https;by=\"a \\\"b\\\"\"")]
    public void Writes_what_RFC_7239_says(string source, bool isTls, string by, string expected) =>
        Assert.Equal(expected, ForwardedHeader.Write(IPAddress.Parse(source), isTls, by));
}
