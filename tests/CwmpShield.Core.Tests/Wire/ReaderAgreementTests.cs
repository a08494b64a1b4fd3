using System.Text;
using CwmpShield.Core.Tests.Cwmp;
using CwmpShield.Core.Wire;
using CwmpShield.Fuzz.Oracle;
using FsCheck.Fluent;
using FsCheck;
using static CwmpShield.Core.Tests.Wire.Bodies;

namespace CwmpShield.Core.Tests.Wire;

/// <summary>The reader and the one on the framework's parser read the same trees and refuse for the same reasons.</summary>
public sealed class ReaderAgreementTests
{
    private static readonly string[] Fragments =
    [
        "<", ">", "/>", "</", "&", ";", "\"", "'", "<!--", "-->", "--", "<![CDATA[", "]]>", "]]", "]", "<?", "?>", "<?xml", "<?a b?>", "<!DOCTYPE x>",
        "&#0;", "&#32;", "&#x20;", "&#13;", "&#x10FFFF;", "&#55296;", "&#xFFFE;", "&lt;", "&amp;", "&apos;", "&quot", "&#;", "&#x;", "&#00000065;",
        " xmlns=\"\"", " xmlns=\"urn:x\"", " xmlns:c=\"urn:x\"", " xmlns:c='&#9;a'", " xsi:type=\"v:q\"", " type=\"a:b\"", " a:b=\"c\"", " a = 'b'", "a=\"\"",
        " id=\"1\"", "<a>", "</a>", "<a/>", "<a />", "<a\n/>", "<b:c>", "</b:c>", "<:a/>", "<a:b:c/>", "<\u00E9\u4E00/>", "<a\u00B7/>", "<\u0300/>", "<\U00010000/>",
        "\r\n", "\r", "\n", "\t", " ", "\u0085", "\u2028", "\uFEFF", "\uFFFE", "\uFFFF", "\uFFFD", "\u00E9", "\U0001F600", ":", "x:", "1", "-", ".", "=", "s:", "c:",
        "<s:Body>", "</s:Body>", "</s:Envelope>", "encoding=''", " standalone='yes'", "version", "[9]",
    ];

    private static readonly byte[][] Samples =
    [
        .. Recordings.All.Where(r => r.Body.Length < 4000).Select(r => r.Body),
        .. Directory.EnumerateFiles(Repository.Path("tests", "conformance", "wire"), "*.xml", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal).Select(File.ReadAllBytes).Where(body => body.Length < 4000),
    ];

    public static TheoryData<string> Corpus =>
        [.. Directory.EnumerateFiles(Repository.Path("tests", "conformance", "wire"), "*.xml", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Select(file => Path.GetRelativePath(Repository.Path("tests"), file))];

    [Theory]
    [MemberData(nameof(Corpus))]
    public void Agrees_on_the_bodies_of_the_conformance_suite(string file) =>
        Assert.Null(Agreement.Difference(File.ReadAllBytes(Repository.Path("tests", file))));

    [Fact]
    public void Agrees_on_every_recorded_message() => Assert.All(Recordings.All, recording => Assert.Null(Agreement.Difference(recording.Body)));

    [Fact]
    public void Agrees_on_every_fragment_wherever_it_stands()
    {
        string[] places =
        [
            WithValue("a#b"), WithBody("<c:X_1>#</c:X_1>"), WithBody("<c:X_1><a/>#</c:X_1>"), WithBody("<c:X_1 #/>"), WithBody("<c:X_1 a=\"#\"/>"), WithBody("<c:X_1 a='#'></c:X_1>"),
            WithBody("<c:#/>"), WithBody("<c:X_1><!--#--></c:X_1>"), WithBody("<c:X_1><?#?></c:X_1>"), WithBody("<c:X_1><?a#?></c:X_1>"), WithBody("<c:X_1><![CDATA[#]]></c:X_1>"),
            WithBody("<c:X_1></c:X_1#>"), WithBody("<c:X_1 a#=\"1\"/>"), WithBody("<c:X_1 a=#\"1\"/>"), "#" + WithValue("1"), WithValue("1") + "#", "<?xml version='1.0' #?>" + WithValue("1"),
            "<?xml version='1.0'#?>" + WithValue("1"), "<?xml #?>" + WithValue("1"), "<!--#-->" + WithValue("1"), WithBody("<#/>"), WithBody("<#></#>"), WithBody("#<c:X_1/>"),
        ];
        foreach (var place in places)
        {
            foreach (var (one, two) in Fragments.SelectMany(_ => Fragments.Append(""), (one, two) => (one, two)))
            {
                var body = place.Replace("#", one + two, StringComparison.Ordinal);
                Assert.True(Agreement.Difference(Utf8(body)) is not { } difference, $"{body}\n{Agreement.Difference(Utf8(body))}");
            }
        }
    }

    [Fact]
    public void Agrees_on_any_mutation_of_real_traffic()
    {
        var mutation = from sample in Gen.Elements(Samples)
                       from edits in Gen.ArrayOf(
                           from at in Gen.Choose(0, sample.Length)
                           from length in Gen.Frequency((4, Gen.Constant(0)), (1, Gen.Choose(0, 60)))
                           from fragment in Gen.OneOf(Gen.Elements(Fragments).Select(Encoding.UTF8.GetBytes), Gen.Choose(0, 255).Select(b => new[] { (byte)b }))
                           select (at, length, fragment))
                       select edits.Take(5).Aggregate(sample, (body, edit) => Splice(body, edit.at, edit.length, edit.fragment));
        Prop.ForAll(Arb.From(mutation), body => Agreement.Difference(body) is not { } difference ? true : throw new InvalidOperationException(difference))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(6000));
    }

    [Fact]
    public void Agrees_within_small_limits()
    {
        var limits = new SoapLimits { MaxDepth = 5, MaxElements = 12, MaxAttributes = 5, MaxNameLength = 24, MaxTextLength = 24 };
        var mutation = from sample in Gen.Elements(Samples.Where(s => s.Length < 1500).ToArray())
                       from at in Gen.Choose(0, sample.Length)
                       from fragment in Gen.Elements(Fragments)
                       from repeated in Gen.Choose(1, 30)
                       select Splice(sample, at, 0, Utf8(string.Concat(Enumerable.Repeat(fragment, repeated))));
        Prop.ForAll(Arb.From(mutation), body => Agreement.Difference(body, limits: limits) is not { } difference ? true : throw new InvalidOperationException(difference))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(4000));
    }

    [Fact]
    public void Refuses_a_number_that_the_frameworks_parser_folds_into_a_character()
    {
        var body = Utf8(WithValue("&#x4010000;"));

        Assert.Equal(WireReason.NotWellFormed, Refusal(body));
        Assert.True(OracleReader.TryRead(body, null, SoapLimits.FromDevice, out _, out _));
        Assert.Equal(WireReason.NotWellFormed, Refusal(WithValue("&#x100000041;")));
    }

    private static byte[] Splice(byte[] body, int at, int length, byte[] fragment)
    {
        at = Math.Min(at, body.Length);
        return [.. body[..at], .. fragment, .. body[Math.Min(at + length, body.Length)..]];
    }
}
