using System.Net;
using System.Text;
using CwmpShield.Gateway.Listening;
using FsCheck;
using FsCheck.Fluent;

namespace CwmpShield.Gateway.Tests.Listening;

public sealed class ProxyHeaderTests
{
    private static readonly byte[] Signature = "\r\n\r\n\0\r\nQUIT\n"u8.ToArray();

    [Theory]
    [InlineData("PROXY TCP4 192.0.2.7 198.51.100.1 40000 7547\r\n", "192.0.2.7:40000")]
    [InlineData("PROXY TCP6 2001:db8::7 2001:db8::1 40000 7547\r\n", "[2001:db8::7]:40000")]
    [InlineData("PROXY TCP6 ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff 65535 65535\r\n", "[ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff]:65535")]
    [InlineData("PROXY UNKNOWN\r\n", null)]
    [InlineData("PROXY UNKNOWN ffff::1 ffff::2 1 2\r\n", null)]
    public void Accepts_version_1(string line, string? source)
    {
        var bytes = Encoding.ASCII.GetBytes(line + "\x16\x03\x01");
        Assert.Equal(ProxyHeaderStatus.Complete, ProxyHeader.Read(bytes, out var length, out var read));
        Assert.Equal(line.Length, length);
        Assert.Equal(source, read?.ToString());
    }

    [Theory]
    [InlineData("PROXY TCP4 192.0.2.7 198.51.100.1 40000\r\n")]
    [InlineData("PROXY TCP4 192.0.2.7 198.51.100.1 40000 7547 1\r\n")]
    [InlineData("PROXY TCP4 2001:db8::7 2001:db8::1 40000 7547\r\n")]
    [InlineData("PROXY TCP6 192.0.2.7 198.51.100.1 40000 7547\r\n")]
    [InlineData("PROXY TCP6 fe80::1%lo 2001:db8::1 1 2\r\n")]
    [InlineData("PROXY TCP4 192.0.2.7 198.51.100.1 65536 7547\r\n")]
    [InlineData("PROXY TCP4 192.0.2.7 198.51.100.1 -1 7547\r\n")]
    [InlineData("PROXY TCP4 192.0.2.7  198.51.100.1 1 7547\r\n")]
    [InlineData("PROXY UDP4 192.0.2.7 198.51.100.1 1 7547\r\n")]
    [InlineData("proxy TCP4 192.0.2.7 198.51.100.1 1 7547\r\n")]
    [InlineData("POST / HTTP/1.1\r\n")]
    [InlineData("\x16\x03\x01\x02\x00\x01\x00\x01")]
    [InlineData("PROXY \r\n")]
    [InlineData("PROXY TCP4 xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\r\n")]
    public void Refuses_version_1(string line) =>
        Assert.Equal(ProxyHeaderStatus.Malformed, ProxyHeader.Read(Encoding.Latin1.GetBytes(line), out _, out _));

    [Fact]
    public void Accepts_version_2_with_extensions()
    {
        byte[] header = [.. Signature, 0x21, 0x11, 0, 15, 192, 0, 2, 7, 198, 51, 100, 1, 0x9C, 0x40, 0x1D, 0x7B, 4, 0, 0];
        Assert.Equal(ProxyHeaderStatus.Complete, ProxyHeader.Read([.. header, 9, 9], out var length, out var source));
        Assert.Equal(header.Length, length);
        Assert.Equal(new IPEndPoint(IPAddress.Parse("192.0.2.7"), 40000), source);
    }

    [Fact]
    public void Accepts_version_2_local_without_a_source()
    {
        Assert.Equal(ProxyHeaderStatus.Complete, ProxyHeader.Read([.. Signature, 0x20, 0, 0, 0], out var length, out var source));
        Assert.Equal((16, null), (length, source));
    }

    [Theory]
    [InlineData(0x11, 0x11, 0, 12)]
    [InlineData(0x22, 0x11, 0, 12)]
    [InlineData(0x21, 0x12, 0, 12)]
    [InlineData(0x21, 0x31, 0, 216)]
    [InlineData(0x21, 0x00, 0, 0)]
    [InlineData(0x21, 0x11, 0, 11)]
    [InlineData(0x21, 0x21, 0, 35)]
    [InlineData(0x21, 0x11, 0xFF, 0xFF)]
    public void Refuses_version_2(byte command, byte family, byte high, byte low) =>
        Assert.Equal(ProxyHeaderStatus.Malformed, ProxyHeader.Read([.. Signature, command, family, high, low, .. new byte[216]], out _, out _));

    [Fact]
    public void Waits_for_the_rest_of_every_prefix()
    {
        var line = "PROXY TCP4 192.0.2.7 198.51.100.1 40000 7547\r\n"u8.ToArray();
        byte[] binary = [.. Signature, 0x21, 0x11, 0, 12, 192, 0, 2, 7, 198, 51, 100, 1, 0x9C, 0x40, 0x1D, 0x7B];
        foreach (var header in new[] { line, binary })
        {
            for (var i = 0; i < header.Length; i++)
            {
                Assert.Equal(ProxyHeaderStatus.Incomplete, ProxyHeader.Read(header.AsSpan(0, i), out _, out _));
            }
        }
    }

    [Fact]
    public void Never_throws_and_never_reads_beyond_its_bound() =>
        Prop.ForAll<byte[], bool, int>((tail, binary, cut) =>
        {
            byte[] start = binary ? [.. Signature, 0x21] : "PROXY TCP4 "u8.ToArray();
            byte[] bytes = [.. start[..(Math.Abs(cut % start.Length) + 1)], .. tail];
            var status = ProxyHeader.Read(bytes, out var length, out _);
            return status != ProxyHeaderStatus.Complete || (length <= bytes.Length && length <= ProxyHeader.MaxLength);
        }).QuickCheckThrowOnFailure();
}
