using System.Text;
using CwmpShield.Gateway.Forwarding;
using CwmpShield.Gateway.Tests.Doubles;

namespace CwmpShield.Gateway.Tests.Forwarding;

public sealed class OrderIdScanTests
{
    [Theory]
    [InlineData("<e><cwmp:ID soap-env:mustUnderstand=\"1\">1a2014cf2d90000</cwmp:ID>", "1a2014cf2d90000")]
    [InlineData("<ID>7</ID>", "7")]
    [InlineData("<x:ID a='b'> a-b_c.d:1 \n</x:ID><cut", "a-b_c.d:1")]
    public void Finds_a_plain_id(string body, string id) => Assert.Equal(id, OrderIdScan.Find(Encoding.UTF8.GetBytes(body)));

    [Theory]
    [InlineData("")]
    [InlineData("<html><body>ID 7</body></html>")]
    [InlineData("<ID>1</ID><ID>2</ID>")]
    [InlineData("<ID>a b</ID>")]
    [InlineData("<ID>&lt;x&gt;</ID>")]
    [InlineData("<ID></ID>")]
    [InlineData("<GRID>1</GRID>")]
    [InlineData("<ID/>")]
    public void Finds_none_where_there_is_none_or_more_than_one(string body) => Assert.Null(OrderIdScan.Find(Encoding.UTF8.GetBytes(body)));

    [Fact]
    public void Looks_at_the_start_only()
    {
        var late = Encoding.UTF8.GetBytes(new string(' ', 5000) + "<ID>1</ID>");
        Assert.Null(OrderIdScan.Find(late));
    }

    [Fact]
    public void Finds_the_id_of_a_real_order() => Assert.Equal("o1", OrderIdScan.Find(Encoding.UTF8.GetBytes(Soap.Reboot("o1"))));
}
