using CwmpShield.Core.Audit;
using CwmpShield.Core.Audit.Export;

namespace CwmpShield.Core.Tests.Audit.Export;

public sealed class CefFormatTests
{
    private readonly CefFormat format = new();

    [Fact]
    public void Fills_the_header_and_the_keys_that_siems_know()
    {
        var text = ExportSample.Text(format, ExportSample.Plain);

        Assert.Matches(@"^CEF:0\|CwmpShield\|CwmpShield\|[^|]*\|order-refused\|order refused: SetParameterValues\|7\|rt=1795724101123 cat=order-refused externalId=7 ", text);
        foreach (var pair in new[] { "dvchost=gw-1", "src=192.0.2.7", "act=deny", "outcome=failure", "reason=rule-refused", "cs1=00AABB-HGW-SN1 cs1Label=device", "cs2=dns-redirect", "cn1=9001 cn1Label=fault" })
        {
            Assert.Contains(" " + pair, text, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("a|b\\c", "a\\|b\\\\c")]
    [InlineData("a\r\nCEF:0|x", "a  CEF:0\\|x")]
    [InlineData("a=b", "a=b")]
    [InlineData("\u0007", "\\u0007")]
    public void Escapes_the_header(string message, string escaped) =>
        Assert.Contains($"|order refused: {escaped}|7|", ExportSample.Text(format, ExportSample.Plain with { Message = message }), StringComparison.Ordinal);

    [Theory]
    [InlineData("x act=allow", "x act\\=allow")]
    [InlineData("a|b\\c", "a|b\\\\c")]
    [InlineData("a\r\nCEF:0|forged", "a\\r\\nCEF:0|forged")]
    [InlineData("\u2028\u202E\u0085", "\\u2028\\u202e\\u0085")]
    [InlineData("Zürich 東京 🛡", "Zürich 東京 🛡")]
    public void Escapes_the_extension(string detail, string escaped)
    {
        var text = ExportSample.Text(format, ExportSample.Plain with { Detail = detail });

        Assert.Contains($" msg={escaped} cs1=", text, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', text);
    }

    [Fact]
    public void Lets_no_half_of_a_pair_out() => Assert.Contains(" msg=x\\ud800 cs1=", ExportSample.Text(format, ExportSample.Plain with { Detail = "x\uD800" }), StringComparison.Ordinal);

    [Fact]
    public void Cuts_values_at_the_end_that_the_dictionary_gives_and_never_within_a_pair()
    {
        var text = ExportSample.Text(format, ExportSample.Plain with { Detail = new string('x', 1022) + "🛡🛡" });

        Assert.Contains($" msg={new string('x', 1022)} cs1=", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Tells_addresses_of_both_families_and_names_apart()
    {
        Assert.Contains(" c6a2=2001:db8::1 c6a2Label=Source IPv6 Address", ExportSample.Text(format, ExportSample.Plain with { Source = "2001:db8::1" }), StringComparison.Ordinal);
        Assert.Contains(" shost=somewhere", ExportSample.Text(format, ExportSample.Plain with { Source = "somewhere" }), StringComparison.Ordinal);
    }
}
