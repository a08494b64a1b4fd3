using CwmpShield.Gateway.Forwarding;

namespace CwmpShield.Gateway.Tests.Forwarding;

public sealed class AcsCookieJarTests
{
    private readonly AcsCookieJar jar = new();

    [Fact]
    public void Starts_empty() => Assert.Null(jar.Header());

    [Fact]
    public void Keeps_names_and_values_and_nothing_else()
    {
        jar.Take(["session=a1; Path=/x; Domain=evil.example; Secure; HttpOnly; Max-Age=100", "JSESSIONID=\"q\"; Expires=Thu, 01-Jan-2099 00:00:10 GMT"]);

        Assert.Equal("session=a1; JSESSIONID=\"q\"", jar.Header());
    }

    [Fact]
    public void Replaces_a_cookie_of_the_same_name()
    {
        jar.Take(["session=old"]);
        jar.Take(["session=new"]);

        Assert.Equal("session=new", jar.Header());
    }

    [Theory]
    [InlineData("session=; Max-Age=0")]
    [InlineData("session=x; max-age=-1; Path=/")]
    [InlineData("session=x; Expires=Thu, 01 Jan 1970 00:00:00 GMT")]
    public void Removes_a_cookie_that_the_ACS_deletes(string deletion)
    {
        jar.Take(["session=a"]);
        jar.Take([deletion]);

        Assert.Null(jar.Header());
    }

    [Theory]
    [InlineData("")]
    [InlineData("=value")]
    [InlineData("novalue")]
    [InlineData("a=b\u0007")]
    [InlineData("a=\u00e9")]
    public void Leaves_out_what_would_break_the_header(string cookie)
    {
        jar.Take([cookie]);

        Assert.Null(jar.Header());
    }

    [Fact]
    public void Keeps_sixteen_cookies_of_four_kilobytes_at_most()
    {
        jar.Take(["big=" + new string('x', 5000)]);
        Assert.Null(jar.Header());

        jar.Take(Enumerable.Range(0, 40).Select(i => $"c{i}=v"));
        Assert.Equal(16, jar.Header()!.Split("; ").Length);
    }
}
