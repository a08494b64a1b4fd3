using CwmpShield.Gateway.Inspection;
using Microsoft.Extensions.Primitives;

namespace CwmpShield.Gateway.Tests.Inspection;

public sealed class SessionCookieTests
{
    private const string Value = "AAAAAAAAAAAAAAAAAAAA_-";

    [Theory]
    [InlineData("cwmpshield=" + Value)]
    [InlineData("a=b; cwmpshield=" + Value)]
    [InlineData("a=b,cwmpshield=" + Value + ",c=d")]
    [InlineData("a=\"b\" , CwmpShield = \"" + Value + "\"")]
    [InlineData("$Version=1; cwmpshield=\"" + Value + "\"; $Path=/")]
    public void Finds_the_value_however_a_device_writes_it(string header) => Assert.Equal(Value, SessionCookie.Find(header));

    [Fact]
    public void Finds_the_value_in_a_second_header() => Assert.Equal(Value, SessionCookie.Find(new StringValues(["a=b", "cwmpshield=" + Value])));

    [Theory]
    [InlineData("")]
    [InlineData("session=" + Value)]
    [InlineData("cwmpshield=short")]
    [InlineData("cwmpshield=")]
    [InlineData("xcwmpshield=" + Value)]
    public void Finds_nothing_else(string header) => Assert.Null(SessionCookie.Find(header));

    [Fact]
    public void Finds_nothing_without_a_header() => Assert.Null(SessionCookie.Find(default));

    [Fact]
    public void Makes_values_of_128_bits_that_devices_can_carry()
    {
        var values = Enumerable.Range(0, 200).Select(_ => SessionCookie.Create()).ToList();

        Assert.All(values, value => Assert.Matches("^[A-Za-z0-9_-]{22}$", value));
        Assert.Equal(200, values.Distinct(StringComparer.Ordinal).Count());
    }
}
