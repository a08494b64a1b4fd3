using System.Text;
using CwmpShield.Soak.Rig;

namespace CwmpShield.Soak.Strangers;

/// <summary>A case of the XML safety matrix: an Inform with one thing wrong, odd, or merely unusual.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Body">The bytes.</param>
/// <param name="IsRefused">Whether it must be refused; else it goes on, in the gateway's own writing.</param>
internal sealed record XmlCase(string Name, byte[] Body, bool IsRefused = true)
{
    private const string Declaration = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>";
    private const string Laughs =
        "<!DOCTYPE a [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;\"><!ENTITY d \"&c;&c;&c;&c;&c;&c;&c;&c;\"><!ENTITY e \"&d;&d;&d;&d;&d;&d;&d;&d;\">]>";

    private static readonly string Plain = Messages.Inform("S1");

    public static IReadOnlyList<XmlCase> All { get; } =
    [
        new("ok", Utf8(Plain), false),
        Prolog("dtd-empty", "<!DOCTYPE a>"),
        Prolog("dtd-subset", "<!DOCTYPE a []>"),
        Value("entity-small", "&a;", "<!DOCTYPE a [<!ENTITY a \"1\">]>"),
        Value("billion-laughs", "&e;", Laughs),
        Value("quadratic", string.Concat(Enumerable.Repeat("&a;", 5000)), $"<!DOCTYPE a [<!ENTITY a \"{new string('a', 10_000)}\">]>"),
        Value("entity-recursive", "&a;", "<!DOCTYPE a [<!ENTITY a \"&b;\"><!ENTITY b \"&a;\">]>"),
        Value("entity-attribute-bomb", "<b c=\"&e;\"/>", Laughs),
        Value("external-file", "&a;", "<!DOCTYPE a [<!ENTITY a SYSTEM \"file:///etc/passwd\">]>"),
        Value("external-http", "&a;", "<!DOCTYPE a [<!ENTITY a SYSTEM \"http://127.0.0.1:9/\">]>"),
        Prolog("external-subset", "<!DOCTYPE a SYSTEM \"http://127.0.0.1:9/a.dtd\">"),
        Prolog("parameter-entity", "<!DOCTYPE a [<!ENTITY % p SYSTEM \"http://127.0.0.1:9/\">%p;]>"),
        Value("undefined-entity", "&a;"),
        Value("html-entity", "&nbsp;"),
        Value("unclosed", "<a>"),
        Value("mismatch", "<a></b>"),
        new("no-end-root", Utf8(Plain[..Plain.LastIndexOf("</", StringComparison.Ordinal)])),
        new("extra-end", Utf8(Plain + "</a>")),
        new("two-roots", Utf8(Plain + Plain[Declaration.Length..])),
        new("text-after-root", Utf8(Plain + "x")),
        new("text-before-root", Utf8("x" + Plain)),
        new("white-space-alone", Utf8(" <!-- --> ")),
        Value("no-quotes", "<a b=c/>"),
        Value("duplicate-attribute", "<a b=\"1\" b=\"2\"/>"),
        Value("duplicate-attribute-namespace", "<a xmlns:x=\"u\" xmlns:y=\"u\" x:b=\"1\" y:b=\"2\"/>"),
        Value("less-than-in-attribute", "<a b=\"<\"/>"),
        Value("bad-comment", "<!-- -- -->"),
        Value("nul", "\0"),
        Value("control-character", "\u0001"),
        Value("reference-nul", "&#0;"),
        Value("reference-control", "&#1;"),
        Value("reference-surrogate", "&#xD800;"),
        Value("reference-beyond", "&#x110000;"),
        Value("bare-ampersand", "a & b"),
        Value("cdata-end", "]]>"),
        Value("two-colons", "<a:b:c/>"),
        Value("prefix-empty-uri", "<a:b xmlns:a=\"\"/>"),
        new("utf8-says-utf16", Utf8(Plain.Replace("UTF-8", "UTF-16", StringComparison.Ordinal))),
        new("utf7", Utf8(Plain.Replace("UTF-8", "UTF-7", StringComparison.Ordinal).Replace(">1.0<", ">+ADw-<", StringComparison.Ordinal))),
        new("ebcdic", [0x4C, 0x6F, 0xA7, 0x94, 0x93, 0x40, 0xA5, 0x85, 0x99]),
        new("utf32", Encoding.UTF32.GetBytes(Plain)),
        new("bad-utf8", Splice(0xC3, 0x28)),
        new("overlong-utf8", Splice(0xC0, 0xBC)),
        new("surrogate-utf8", Splice(0xED, 0xA0, 0x80)),
        new("bogus-encoding", Utf8(Plain.Replace("UTF-8", "x-bogus", StringComparison.Ordinal))),
        Value("deep-1k", string.Concat(Enumerable.Repeat("<a>", 1000)) + string.Concat(Enumerable.Repeat("</a>", 1000))),
        new("truncated-instruction", Utf8(Plain + "<?x")),
        new("xml-1.1", Utf8(Plain.Replace("version=\"1.0\"", "version=\"1.1\"", StringComparison.Ordinal))),
        new("two-bodies", Utf8(Plain.Replace("</soap-env:Envelope>", "<soap-env:Body/></soap-env:Envelope>", StringComparison.Ordinal))),
        Value("comment", "1<!-- ' -->.0") with { IsRefused = false },
        Value("instruction", "1<?x y?>.0") with { IsRefused = false },
        Value("cdata", "<![CDATA[1]]>.0") with { IsRefused = false },
        new("byte-order-mark", [0xEF, 0xBB, 0xBF, .. Utf8(Plain)], false),
    ];

    private static XmlCase Value(string name, string value, string prolog = "") =>
        new(name, Utf8(Messages.Inform("S1", value).Replace(Declaration, Declaration + prolog, StringComparison.Ordinal)));

    private static XmlCase Prolog(string name, string prolog) => new(name, Utf8(Plain.Replace(Declaration, Declaration + prolog, StringComparison.Ordinal)));

    private static byte[] Splice(params byte[] bytes)
    {
        var at = Plain.IndexOf(">1.0<", StringComparison.Ordinal) + 1;
        return [.. Utf8(Plain[..at]), .. bytes, .. Utf8(Plain[at..])];
    }

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);
}
