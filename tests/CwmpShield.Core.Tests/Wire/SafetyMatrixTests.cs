using System.Text;
using CwmpShield.Core.Wire;
using CwmpShield.Fuzz;
using CwmpShield.Fuzz.Oracle;
using static CwmpShield.Core.Tests.Wire.Bodies;

namespace CwmpShield.Core.Tests.Wire;

/// <summary>Documents that break parsers: each is refused for the same reason as ever, and costs in proportion to its length.</summary>
public sealed class SafetyMatrixTests
{
    private static readonly SoapLimits Wide = new() { MaxDepth = int.MaxValue, MaxElements = int.MaxValue, MaxAttributes = int.MaxValue, MaxNameLength = int.MaxValue, MaxTextLength = int.MaxValue };

    public static TheoryData<string, string> Bodies => new()
    {
        { "dtd-empty", "<!DOCTYPE s:Envelope>" + WithValue("1") },
        { "entity-small", "<!DOCTYPE r [<!ENTITY a \"b\">]>" + WithValue("&a;") },
        { "billion-laughs", "<!DOCTYPE r [<!ENTITY a \"bbbbbbbbbb\"><!ENTITY c \"&a;&a;&a;&a;&a;&a;&a;&a;\">]>" + WithValue("&c;&c;") },
        { "quadratic", $"<!DOCTYPE r [<!ENTITY a \"{Repeat("a", 100_000)}\">]>" + WithValue(Repeat("&a;", 20_000)) },
        { "entity-recursive", "<!DOCTYPE r [<!ENTITY a \"&b;\"><!ENTITY b \"&a;\">]>" + WithValue("&a;") },
        { "ext-file", "<!DOCTYPE r [<!ENTITY a SYSTEM \"file:///etc/passwd\">]>" + WithValue("&a;") },
        { "ext-http", "<!DOCTYPE r SYSTEM \"http://127.0.0.1:1/x.dtd\">" + WithValue("1") },
        { "undefined-entity", WithValue("&a;") },
        { "html-entity", WithValue("&nbsp;") },
        { "unclosed", WithBody("<c:X_1><a></c:X_1>") },
        { "mismatch", WithBody("<c:X_1><a></b></c:X_1>") },
        { "no-end-root", WithValue("1")[..^Close.Length] },
        { "extra-end", WithValue("1") + Close },
        { "two-roots", WithValue("1") + WithValue("1") },
        { "text-after-root", WithValue("1") + "text" },
        { "text-before-root", "text" + WithValue("1") },
        { "empty", "" },
        { "no-quotes", WithBody("<c:X_1 a=1/>") },
        { "dup-attr", WithBody("<c:X_1 a=\"1\" a=\"1\"/>") },
        { "dup-attr-ns", WithBody("<c:X_1 xmlns:p=\"urn:p\" xmlns:q=\"urn:p\" p:a=\"1\" q:a=\"1\"/>") },
        { "dup-attr-many", WithBody($"<c:X_1 {string.Join(' ', Enumerable.Range(0, 60).Select(i => $"a{i}=\"\""))} a30=\"\"/>") },
        { "lt-in-attr", WithBody("<c:X_1 a=\"<\"/>") },
        { "bad-comment", WithBody("<c:X_1><!-- a -- b --></c:X_1>") },
        { "comment-ends-in-three", WithBody("<c:X_1><!-- a ---></c:X_1>") },
        { "nul", WithValue("\0") },
        { "ctrl-char", WithValue("\u0001") },
        { "charref-nul", WithValue("&#0;") },
        { "charref-ctrl", WithValue("&#1;") },
        { "amp-bare", WithValue("a & b") },
        { "cdata-end", WithValue("]]>") },
        { "undef-prefix", WithBody("<u:X_1/>") },
        { "undef-attr-prefix", WithBody("<c:X_1 u:a=\"1\"/>") },
        { "prefix-empty-uri", WithBody("<c:X_1 xmlns:p=\"\"/>") },
        { "two-colons", WithBody("<p:q:b/>") },
        { "utf8-says-utf16", "<?xml version=\"1.0\" encoding=\"UTF-16\"?>" + WithValue("1") },
        { "utf7", "<?xml version=\"1.0\" encoding=\"UTF-7\"?>" + WithValue("+ADw-") },
        { "ebcdic", "<?xml version=\"1.0\" encoding=\"IBM037\"?>" + WithValue("1") },
        { "latin1", "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>" + WithValue("1") },
        { "bogus-encoding", "<?xml version=\"1.0\" encoding=\"x\"?>" + WithValue("1") },
        { "two-marks", "\uFEFF\uFEFF" + WithValue("1") },
        { "deep-1k", WithBody($"<c:X_1>{Repeat("<a>", 1000)}{Repeat("</a>", 1000)}</c:X_1>") },
        { "deep-100k", WithBody($"<c:X_1>{Repeat("<a>", 100_000)}{Repeat("</a>", 100_000)}</c:X_1>") },
        { "deep-100k-unclosed", Open + Repeat("<a>", 100_000) },
        { "deep-100k-ns", Open + Repeat("<a xmlns=\"urn:a\">", 100_000) },
        { "attrs-100k", WithBody($"<c:X_1 {string.Join(' ', Enumerable.Range(0, 100_000).Select(i => $"a{i}=\"\""))}/>") },
        { "attrs-ns-100k", WithBody($"<c:X_1 {string.Join(' ', Enumerable.Range(0, 100_000).Select(i => $"xmlns:a{i}=\"urn:{i}\""))}/>") },
        { "name-1m", WithBody($"<{Repeat("a", 1_000_000)}/>") },
        { "trunc-pi", WithValue("1") + "<?pi" },
        { "xml11", "<?xml version=\"1.1\"?>" + WithValue("1") },
        { "pi", WithBody("<?pi?><c:X_1/>") },
    };

    [Theory]
    [MemberData(nameof(Bodies))]
    public void Agrees_on_documents_that_break_parsers(string name, string body) =>
        Assert.True(Agreement.Difference(Utf8(body)) is not { } difference, $"{name}: {Agreement.Difference(Utf8(body))}");

    [Fact]
    public void Agrees_on_bytes_that_are_no_utf8()
    {
        foreach (var encoding in new[] { Encoding.Unicode, Encoding.BigEndianUnicode, Encoding.UTF32, Encoding.Latin1 })
        {
            var text = WithValue("é");
            Assert.Null(Agreement.Difference(encoding.GetBytes(text)));
            Assert.Null(Agreement.Difference(encoding.GetBytes("\uFEFF" + text)));
            Assert.Null(Agreement.Difference(encoding.GetBytes(text), $"text/xml; charset={encoding.WebName}"));
        }
    }

    [Theory]
    [InlineData("deep", "<a>", "</a>")]
    [InlineData("deep-namespaces", "<a xmlns=\"\">", "</a>")]
    [InlineData("siblings", "<a/>", "")]
    [InlineData("text", "a]\r\n", "")]
    [InlineData("references", "&lt;", "")]
    [InlineData("sections", "<![CDATA[a]]>", "")]
    [InlineData("comments", "a<!-- - -->", "")]
    [InlineData("names", "<#/>", "")]
    [InlineData("namespaces", "<p:a xmlns:p=\"urn:p\"/>", "")]
    public void Costs_in_proportion_to_the_length(string name, string piece, string end)
    {
        byte[] Of(int count) => Utf8(WithBody($"<c:X_1>{string.Concat(Enumerable.Range(0, count).Select(i => piece.Replace("#", $"n{i}", StringComparison.Ordinal)))}{Repeat(end, count)}</c:X_1>"));
        AssertLinear(name, Of(10_000), Of(160_000));
    }

    [Theory]
    [InlineData("attributes", " a#=\"\"")]
    [InlineData("prefixed-attributes", " p:a#=\"\"")]
    public void Finds_a_repeated_attribute_in_linear_time(string name, string attribute)
    {
        byte[] Of(int count) => Utf8(WithBody($"<c:X_1{string.Concat(Enumerable.Range(0, count).Select(i => attribute.Replace("#", $"{i}", StringComparison.Ordinal)))} a1=\"\" a1=\"\"/>"));
        AssertLinear(name, Of(10_000), Of(160_000));
        Assert.Equal(WireReason.NotWellFormed, Refusal(Of(10_000), limits: Wide));
    }

    private static void AssertLinear(string name, byte[] small, byte[] large)
    {
        var (few, many) = (Time(small), Time(large));

        // Sixteen times the length; a quadratic reader takes 256 times as long, and the rest is the collector's.
        Assert.True(many < (few * 80) + TimeSpan.FromMilliseconds(50), $"{name}: {few.TotalMilliseconds} ms, then {many.TotalMilliseconds} ms");
    }

    private static TimeSpan Time(byte[] body)
    {
        var best = TimeSpan.MaxValue;
        for (var i = 0; i < 3; i++)
        {
            var start = ThreadClock.Now;
            SoapReader.TryRead(body, null, Wide, out _, out _);
            var took = ThreadClock.Now - start;
            best = took < best ? took : best;
        }

        return best;
    }

    private static string Repeat(string text, int count) => string.Concat(Enumerable.Repeat(text, count));
}
