using System.Text;
using CwmpShield.Core.Wire;
using static CwmpShield.Core.Tests.Wire.Bodies;

namespace CwmpShield.Core.Tests.Wire;

public sealed class EncodingTests
{
    private const string Ascii = "plain";
    private const string Accented = "Café";

    private static byte[] Encoded(string declaration, string value, Encoding encoding, bool mark = false) =>
        [.. mark ? encoding.GetPreamble() : [], .. encoding.GetBytes(declaration + WithValue(value))];

    private static string Declared(string encoding) => $"<?xml version=\"1.0\" encoding=\"{encoding}\"?>";

    private static string Value(byte[] body, string? contentType = null) => Read(body, contentType).Body.Children[0].Text;

    [Theory]
    [InlineData(null, "")]
    [InlineData("text/xml", "")]
    [InlineData("text/xml; charset=utf-8", "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")]
    [InlineData("text/xml; charset=\"UTF-8\"; action=x", "<?xml version='1.0' encoding='utf8' standalone='no'?>")]
    [InlineData("text/html;charset=utf8", "<?xml version=\"1.0\"?>")]
    [InlineData("text/xml; charset=", "")]
    [InlineData("text/xml; charset=\"\"", "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")]
    public void Accepts_utf8(string? contentType, string declaration)
    {
        Assert.Equal(Accented, Value(Encoded(declaration, Accented, new UTF8Encoding(true)), contentType));
        Assert.Equal(Accented, Value(Encoded(declaration, Accented, new UTF8Encoding(true), mark: true), contentType));
    }

    [Theory]
    [InlineData("text/xml; charset=iso-8859-1", "UTF-8")]
    [InlineData("text/xml; charset=us-ascii", "UTF-8")]
    [InlineData("text/xml; charset=utf-8", "GB2312")]
    [InlineData(null, "windows-1252")]
    public void Accepts_plain_ascii_under_any_label_that_means_it(string? contentType, string encoding) =>
        Assert.Equal(Ascii, Value(Encoded(Declared(encoding), Ascii, Encoding.ASCII), contentType));

    [Theory]
    [InlineData("text/xml; charset=ISO-8859-1", "")]
    [InlineData(null, "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>")]
    [InlineData("text/xml;charset=latin1", "<?xml version=\"1.0\" encoding=\"iso-8859-1\"?>")]
    public void Transcodes_declared_latin1(string? contentType, string declaration) =>
        Assert.Equal(Accented, Value(Encoded(declaration, Accented, Encoding.Latin1), contentType));

    [Theory]
    [InlineData(false, null, "UTF-16", true)]
    [InlineData(true, null, "UTF-16", true)]
    [InlineData(false, null, "UTF-16", false)]
    [InlineData(true, "text/xml; charset=utf-16", "", false)]
    [InlineData(false, "text/xml; charset=utf-16le", "", false)]
    [InlineData(true, null, "", true)]
    public void Transcodes_declared_utf16(bool bigEndian, string? contentType, string encoding, bool mark) =>
        Assert.Equal(
            Accented,
            Value(Encoded(encoding.Length > 0 ? Declared(encoding) : "", Accented, new UnicodeEncoding(bigEndian, true), mark), contentType));

    public static TheoryData<string, byte[], string?> Ambiguous => new()
    {
        { "latin1 without a word", Encoded("", Accented, Encoding.Latin1), null },
        { "latin1 that says utf-8", Encoded(Declared("utf-8"), Accented, Encoding.Latin1), null },
        { "declaration and header differ", Encoded(Declared("utf-8"), Accented, Encoding.UTF8), "text/xml; charset=iso-8859-1" },
        { "mark and declaration differ", Encoded(Declared("iso-8859-1"), Accented, new UTF8Encoding(true), mark: true), null },
        { "ascii that is none", Encoded(Declared("us-ascii"), Accented, Encoding.UTF8), null },
        { "latin1 with windows-1252 quotes", [.. Encoded(Declared("iso-8859-1"), "", Encoding.Latin1).AsSpan()[..^30], 0x93, .. "x"u8], null },
        { "overlong", Spliced(0xC0, 0xAF), null },
        { "overlong NUL", Spliced(0xC0, 0x80), null },
        { "surrogate in utf-8", Spliced(0xED, 0xA0, 0x80), null },
        { "cut sequence", Spliced(0xE2, 0x82), null },
        { "beyond unicode", Spliced(0xF4, 0x90, 0x80, 0x80), null },
        { "utf-16 without mark or word", Encoded("", Ascii, Encoding.Unicode), null },
        { "utf-16 that says utf-8", Encoded(Declared("utf-8"), Ascii, Encoding.Unicode, mark: true), null },
        { "utf-8 that says utf-16", Encoded(Declared("utf-16"), Ascii, Encoding.UTF8), null },
        { "utf-16 of the other order", Encoded("", Ascii, Encoding.Unicode, mark: true), "text/xml; charset=utf-16be" },
        { "odd utf-16", [.. Encoded("", Ascii, Encoding.Unicode, mark: true), 0x20], null },
        { "lone surrogate in utf-16", [.. Encoded("", Ascii, Encoding.Unicode, mark: true), 0x00, 0xD8], null },
    };

    [Theory]
    [MemberData(nameof(Ambiguous))]
    public void Refuses_what_can_be_read_in_two_encodings(string name, byte[] body, string? contentType)
    {
        Assert.NotEmpty(name);
        Assert.Equal(WireReason.EncodingAmbiguous, Refusal(body, contentType));
    }

    [Theory]
    [InlineData("UTF-7", null)]
    [InlineData("IBM037", null)]
    [InlineData("utf-32", null)]
    [InlineData("HZ-GB-2312", null)]
    [InlineData("x-user-defined-encoding-that-is-very-long", null)]
    [InlineData("utf-8", "text/xml; charset=utf-7")]
    [InlineData("utf-8", "text/xml; charset=utf-8; charset=iso-8859-1")]
    public void Refuses_other_encodings_even_over_plain_ascii(string encoding, string? contentType) =>
        Assert.Equal(WireReason.EncodingUnsupported, Refusal(Encoded(Declared(encoding), Ascii, Encoding.ASCII), contentType));

    [Fact]
    public void Refuses_supersets_of_ascii_beyond_ascii() =>
        Assert.Equal(WireReason.EncodingUnsupported, Refusal(Encoded(Declared("windows-1252"), Accented, Encoding.Latin1)));

    [Fact]
    public void Refuses_utf32() =>
        Assert.Equal(WireReason.EncodingUnsupported, Refusal(Encoded("", Ascii, new UTF32Encoding(false, true), mark: true)));

    [Fact]
    public void Refuses_ebcdic() => Assert.NotNull(Refusal([0x4C, 0x6F, 0xA7, 0x94, 0x93, 0x40, 0xA5, 0x85, 0x99]));

    [Theory]
    [InlineData(0x00)]
    [InlineData(0x01)]
    [InlineData(0x0B)]
    [InlineData(0x1B)]
    [InlineData(0x1F)]
    public void Refuses_control_characters(byte character) => Assert.Equal(WireReason.ControlCharacter, Refusal(Spliced(character)));

    [Fact]
    public void Refuses_control_characters_in_utf16_too() =>
        Assert.Equal(WireReason.ControlCharacter, Refusal(Encoded("", "\0", Encoding.Unicode, mark: true)));

    [Fact]
    public void Refuses_a_trailing_nul() => Assert.Equal(WireReason.ControlCharacter, Refusal([.. Utf8(WithValue("1")), 0]));

    [Theory]
    [InlineData("")]
    [InlineData(" \r\n\t")]
    [InlineData("\uFEFF")]
    public void Refuses_a_body_of_nothing(string body) => Assert.Equal(WireReason.EmptyMessage, Refusal(body));

    [Fact]
    public void Accepts_white_space_before_the_declaration() =>
        Assert.Equal(Ascii, Value(Utf8("\r\n <?xml version=\"1.0\" encoding=\"UTF-8\"?>" + WithValue(Ascii))));

    private static byte[] Spliced(params byte[] bytes)
    {
        var parts = WithValue("|").Split('|');
        return [.. Utf8(parts[0]), .. bytes, .. Utf8(parts[1])];
    }
}
