using System.Text;
using CwmpShield.Core.Cwmp;
using FsCheck;
using FsCheck.Fluent;
using static CwmpShield.Core.Tests.Cwmp.Messages;

namespace CwmpShield.Core.Tests.Cwmp;

public sealed class NeverThrowsTests
{
    private static readonly Config Many = Config.QuickThrowOnFailure.WithMaxTest(1000);

    private static readonly byte[][] Samples = Recordings.All.Where(r => r.Body.Length < 4000).Select(r => r.Body)
        .Concat(new[]
        {
            Envelope("""<cwmp:ChangeDUState><Operations xsi:type="cwmp:UpdateOpStruct"><UUID>2</UUID></Operations></cwmp:ChangeDUState>"""),
            Envelope("""<v:X_V_Do xmlns:v="urn:vendor" xmlns:w="urn:w" w:a="1" xsi:type="v:T"><v:b w:c="2"><d xmlns="urn:d"/></v:b></v:X_V_Do>"""),
            Envelope("""<cwmp:RebootResponse><v:R xmlns:v="urn:v" v:type="v:x" xml:lang="de">1<![CDATA[2]]></v:R></cwmp:RebootResponse>""", """<v:T xmlns:v="urn:v" s:mustUnderstand="1"/>"""),
        }.Select(Encoding.UTF8.GetBytes))
        .ToArray();

    private static readonly string[] Fragments =
    [
        "<", ">", "/>", "</", "&", ";", "\"", "'", "<!--", "-->", "<![CDATA[", "]]>", "<?", "?>", "<!DOCTYPE x>", "&#0;", "&#x10FFFF;", "&lt;",
        " xmlns=\"\"", " xmlns=\"urn:x\"", " xmlns:cwmp=\"urn:x\"", " xsi:type=\"v:q\"", " type=\"a:b\"", " a:b=\"c\"", "<a>", "</a>", "<a/>", "<item/>",
        "<Fault/>", "<Name>", "\r\n", "\0", "\uFEFF", "\uFFFE", "é", ":", "x:", "1", "-", "[9]", "<s:Body>", " s:mustUnderstand=\"1\"",
    ];

    [Fact]
    public void Reads_or_refuses_any_bytes() =>
        Prop.ForAll<byte[]>(bytes => ReadsBackOrRefuses(bytes ?? [])).Check(Many);

    [Fact]
    public void Reads_or_refuses_any_value_and_keeps_it() =>
        Prop.ForAll<string>(value =>
        {
            var text = value ?? "";
            var entry = $"<cwmp:Reboot><CommandKey>{System.Security.SecurityElement.Escape(text)?.Replace("\r", "&#13;", StringComparison.Ordinal)}</CommandKey></cwmp:Reboot>";
            var bytes = Encoding.UTF8.GetBytes(Envelope(entry));
            return ReadsBackOrRefuses(bytes)
                && (!TryRead(bytes, Direction.AcsToCpe, out var message, out _) || message!.CommandKey == Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)));
        }).Check(Many);

    [Fact]
    public void Reads_or_refuses_any_mutation_of_real_traffic()
    {
        var mutation = from sample in Gen.Elements(Samples)
                       from edits in Gen.ArrayOf(
                           from at in Gen.Choose(0, sample.Length)
                           from length in Gen.Frequency((4, Gen.Constant(0)), (1, Gen.Choose(0, 60)))
                           from fragment in Gen.OneOf(Gen.Elements(Fragments).Select(Encoding.UTF8.GetBytes), Gen.Choose(0, 255).Select(b => new[] { (byte)b }))
                           select (at, length, fragment),
                           2)
                       select edits.Aggregate(sample, (body, edit) => Splice(body, edit.at, edit.length, edit.fragment));
        Prop.ForAll(Arb.From(mutation), ReadsBackOrRefuses).Check(Config.QuickThrowOnFailure.WithMaxTest(4000));
    }

    private static byte[] Splice(byte[] body, int at, int length, byte[] fragment)
    {
        at = Math.Min(at, body.Length);
        return [.. body[..at], .. fragment, .. body[Math.Min(at + length, body.Length)..]];
    }

    // What is read is written so that it reads back as the same message, and then byte for byte the same.
    private static bool ReadsBackOrRefuses(byte[] body)
    {
        foreach (var direction in Enum.GetValues<Direction>())
        {
            if (!TryRead(body, direction, out var message, out var error))
            {
                Assert.False(string.IsNullOrEmpty(error.Reason));
                continue;
            }

            var bytes = Bytes(message!);
            var again = Read(bytes, direction);
            Assert.Equal(Meaning(message!), Meaning(again));
            Assert.Equal(bytes, Bytes(again));
            Assert.NotEmpty(PlainXml.Leaves(bytes));
        }

        return true;
    }
}
