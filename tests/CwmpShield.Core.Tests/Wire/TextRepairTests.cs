using System.Buffers;
using System.Text;
using CwmpShield.Core.Wire;
using static CwmpShield.Core.Tests.Wire.Bodies;

namespace CwmpShield.Core.Tests.Wire;

/// <summary>What is made of text that no encoding gives; the strict reader refuses every body here.</summary>
public sealed class TextRepairTests
{
    private const string Bad = "\uFFFD";

    public static TheoryData<string, byte[], string?, string> Mended => new()
    {
        { "latin1 without a word", Spliced("", "K"u8, [0xFC], "che"u8), null, $"K{Bad}che" },
        { "latin1 that says utf-8", Spliced("utf-8", "K"u8, [0xFC], "che"u8), "text/xml; charset=utf-8", $"K{Bad}che" },
        { "utf-8 with one bad byte", Spliced("utf-8", "é"u8, [0xFF], "é"u8), null, $"é{Bad}é" },
        { "overlong", Spliced("", "a"u8, [0xC0, 0xBC], "b"u8), null, $"a{Bad}{Bad}b" },
        { "surrogate", Spliced("", [0xED, 0xA0, 0x80], [], []), null, Bad + Bad + Bad },
        { "cut sequence", Spliced("", [0xE2, 0x82], [], "x"u8), null, $"{Bad}x" },
        { "gbk", Spliced("GB2312", [0xD6, 0xD0], [0x8E, (byte)'@'], []), null, $"{Bad}{Bad}{Bad}@" },
        { "windows-1252 quotes in latin1", Spliced("iso-8859-1", [0x93], [0xE9], [0x94]), null, $"{Bad}é{Bad}" },
        { "words that differ", Spliced("iso-8859-1", "é"u8, [], []), "text/xml; charset=utf-8", Bad + Bad },
        { "control characters", Spliced("", "a"u8, [0, 7, 0x1B], "b"u8), null, $"a{Bad}{Bad}{Bad}b" },
        { "references to none", Spliced("", "&#0;&#x1f;"u8, "&#xD800;&#xFFFE;&#x110000;"u8, "&#65;&amp;"u8), null, $"{Bad}{Bad}{Bad}{Bad}{Bad}A&" },
        { "noncharacter", Spliced("", "a"u8, [0xEF, 0xBF, 0xBF], []), null, $"a{Bad}" },
        { "byte order mark", [0xEF, 0xBB, 0xBF, .. Spliced("utf-8", "a"u8, [0xFC], [])], null, $"a{Bad}" },
    };

    [Theory]
    [MemberData(nameof(Mended))]
    public void Reads_the_rest_of_a_text_and_says_so(string name, byte[] body, string? contentType, string expected)
    {
        Assert.NotEmpty(name);
        Assert.NotNull(Refusal(body, contentType));

        Assert.True(SoapReader.TryReadOrRepair(body, contentType, SoapLimits.FromDevice, out var envelope, out var repairs, out _));
        Assert.Equal(expected.Count(c => c == '\uFFFD'), repairs);
        Assert.Equal(expected, envelope!.Body.Children[0].Text);
    }

    [Fact]
    public void Leaves_a_good_body_alone()
    {
        Assert.True(SoapReader.TryReadOrRepair(Utf8(WithValue("é")), "text/xml; charset=utf-8", SoapLimits.FromDevice, out var envelope, out var repairs, out _));
        Assert.Equal(0, repairs);
        Assert.Equal("é", envelope!.Body.Children[0].Text);
    }

    public static TheoryData<string, byte[], string?, string> Lost => new()
    {
        { "utf-7", Spliced("UTF-7", "a"u8, [0xFC], []), null, WireReason.EncodingUnsupported },
        { "utf-16 with a lone surrogate", [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(WithValue("a")), 0x00, 0xD8], null, WireReason.EncodingAmbiguous },
        { "utf-16 without a word", Encoding.Unicode.GetBytes(WithValue("a")), null, WireReason.EncodingAmbiguous },
        { "no XML", Utf8("<a><b"), null, WireReason.NotWellFormed },
        { "no XML, with a control character", Utf8("<a\u0001"), null, WireReason.ControlCharacter },
        { "two bodies behind a control character", Utf8($"{Open}<s:Body><a>\u0001</a></s:Body><s:Body/>{Close}"), null, WireReason.ControlCharacter },
        { "an entity of nobody's", Utf8(WithValue("\u0001&x;")), null, WireReason.ControlCharacter },
        { "NUL behind the end", [.. Utf8(WithValue("x")), 0], null, WireReason.ControlCharacter },
        { "more than a text has", [.. Utf8(WithValue("|").Split('|')[0]), .. new byte[TextRepair.MaxRepairs + 1], .. Utf8(WithValue("|").Split('|')[1])], null, WireReason.ControlCharacter },
    };

    [Theory]
    [MemberData(nameof(Lost))]
    public void Refuses_what_is_no_matter_of_text_for_what_was_wrong_with_it(string name, byte[] body, string? contentType, string reason)
    {
        Assert.NotEmpty(name);
        Assert.False(SoapReader.TryReadOrRepair(body, contentType, SoapLimits.FromDevice, out var envelope, out var repairs, out var error));
        Assert.Null(envelope);
        Assert.Equal(0, repairs);
        Assert.Equal(reason, error.Reason);
    }

    [Fact]
    public void Writes_what_the_strict_reader_takes_whatever_the_bytes()
    {
        ReadOnlySpan<byte> ends = [0, (byte)'a', (byte)'&', (byte)'#', (byte)'<', (byte)']', 0x80, 0xBF, 0xC2, 0xE2, 0xF0, 0xFC, 0xFF];
        var mended = 0;
        for (var pair = 0; pair < 256 * ends.Length; pair++)
        {
            var body = Spliced(pair % 2 == 0 ? "" : "iso-8859-1", [(byte)(pair / ends.Length)], [ends[pair % ends.Length]], []);
            if (!SoapReader.TryReadOrRepair(body, null, SoapLimits.FromDevice, out var envelope, out var repairs, out _))
            {
                continue;
            }

            var written = new ArrayBufferWriter<byte>();
            SoapWriter.Write(envelope!, written);
            Assert.Equal(envelope!.Body.Children[0].Text, Read(written.WrittenSpan.ToArray()).Body.Children[0].Text);
            mended += Math.Min(repairs, 1);
        }

        Assert.True(mended > 1_000, $"Only {mended} bodies were mended.");
    }

    private static byte[] Spliced(string encoding, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, ReadOnlySpan<byte> third)
    {
        var parts = ((encoding.Length > 0 ? $"<?xml version=\"1.0\" encoding=\"{encoding}\"?>" : "") + WithValue("|")).Split('|');
        return [.. Utf8(parts[0]), .. first, .. second, .. third, .. Utf8(parts[1])];
    }
}
