using CwmpShield.Core.DataModel.Values;
using CwmpShield.Core.Firmware;

namespace CwmpShield.Core.Tests.Firmware;

public sealed class ArtefactUrlTests
{
    [Theory]
    [InlineData("https://fw.example.net/a.bin", "https://FW.example.net:443/x/../%61.bin", true)]
    [InlineData("https://fw.example.net/a.bin", "https://fw.example.net/a.bin?", true)]
    [InlineData("https://fw.example.net/a.bin", "https://fw.example.net/a.bin?v=1", false)]
    [InlineData("https://fw.example.net/a.bin", "https://fw.example.net/A.bin", false)]
    [InlineData("https://fw.example.net/a.bin", "https://u@fw.example.net/a.bin", false)]
    [InlineData("https://*.cdn.example.net/a.bin", "https://eu1.cdn.example.net/a.bin", true)]
    [InlineData("https://*.cdn.example.net/a.bin", "https://x.eu1.cdn.example.net/a.bin", true)]
    [InlineData("https://*.cdn.example.net/a.bin", "https://cdn.example.net/a.bin", false)]
    [InlineData("https://*.cdn.example.net/a.bin", "https://evilcdn.example.net/a.bin", false)]
    [InlineData("https://*.cdn.example.net/a.bin", "https://eu1.cdn.example.net:8443/a.bin", false)]
    [InlineData("https://*.cdn.example.net/a.bin", "http://eu1.cdn.example.net/a.bin", false)]
    [InlineData("https://fw.example.net/*/a.bin", "https://fw.example.net/2026/a.bin", true)]
    [InlineData("https://fw.example.net/*/a.bin", "https://fw.example.net/2026/01/a.bin", false)]
    [InlineData("https://fw.example.net/*/a.bin", "https://fw.example.net/20%2F26/a.bin", false)]
    [InlineData("https://fw.example.net/*/a.bin", "https://fw.example.net/20%5c26/a.bin", false)]
    [InlineData("https://fw.example.net/*/a.bin", "https://fw.example.net/x/../a.bin", false)]
    [InlineData("https://fw.example.net/hgw-*.bin", "https://fw.example.net/hgw-1.2.bin", true)]
    [InlineData("https://fw.example.net/a.bin?token=*", "https://fw.example.net/a.bin?token=abc&e=1", true)]
    [InlineData("https://fw.example.net/a.bin?token=*", "https://fw.example.net/a.bin", false)]
    public void Takes_what_it_says_and_nothing_else(string pattern, string url, bool takes)
    {
        Assert.True(ArtefactUrl.TryParse(pattern, out var read));
        Assert.True(UrlValue.TryParse(url, out var asked));
        Assert.Equal(takes, read!.Takes(asked!));
    }

    [Theory]
    [InlineData("https://*/a.bin")]
    [InlineData("https://*.net/a.bin")]
    [InlineData("https://fw.*.example.net/a.bin")]
    [InlineData("https://*.192.0.2.1/a.bin")]
    [InlineData("https://*.fw.example.net:*/a.bin")]
    [InlineData("*://fw.example.net/a.bin")]
    [InlineData("https://u:p@fw.example.net/a.bin")]
    [InlineData("https://fw.example.net./a.bin")]
    [InlineData("/a.bin")]
    public void Refuses_patterns_that_leave_too_much_open(string pattern) => Assert.False(ArtefactUrl.TryParse(pattern, out _));

    [Theory]
    [InlineData("ftp://fw.example.net/a.bin")]
    [InlineData("tftp://fw.example.net/a.bin")]
    [InlineData("file://fw.example.net/a.bin")]
    public void Refuses_schemes_that_no_order_may_have(string url) => Assert.False(ArtefactUrl.TryParse(url, out _));
}
