namespace CwmpShield.Fuzz.Targets;

/// <summary>Words of XML, SOAP and CWMP that readers stumble over.</summary>
internal static class XmlFragments
{
    public static IReadOnlyList<string> All { get; } =
    [
        "<", ">", "/>", "</", "&", ";", "\"", "'", "<!--", "-->", "--", "<![CDATA[", "]]>", "]]", "<?", "?>", "<?xml version=\"1.0\"?>", "<!DOCTYPE x [<!ENTITY a 'b'>]>",
        "&#0;", "&#32;", "&#x20;", "&#13;", "&#10;", "&#9;", "&#x10FFFF;", "&#55296;", "&#xFFFE;", "&#4294967361;", "&#x4010000;", "&lt;", "&amp;", "&apos;", "&quot;", "&a;",
        " xmlns=\"\"", " xmlns=\"urn:x\"", " xmlns:cwmp=\"urn:x\"", " xmlns:cwmp=\"urn:dslforum-org:cwmp-1-0\"", " xmlns:a='&#9;a'", " xsi:type=\"xsd:string\"", " xsi:type=\"v:q\"",
        " type=\"a:b\"", " a:b=\"c\"", " a = 'b'", " a=\"\"", " id=\"1\"", " href=\"#1\"", " soap-env:mustUnderstand=\"1\"", " soap-enc:arrayType=\"cwmp:ParameterValueStruct[9]\"",
        "<a>", "</a>", "<a/>", "<item/>", "<Fault/>", "<Name>", "</Name>", "<Value>", "</Value>", "<ParameterValueStruct>", "</ParameterValueStruct>", "<ParameterList>", "</ParameterList>",
        "<cwmp:Reboot/>", "<cwmp:Download>", "<URL>", "<soap-env:Body>", "</soap-env:Body>", "<soap-env:Header/>", "<cwmp:ID>1</cwmp:ID>", "</soap-env:Envelope>", "Envelope", "Body",
        "\r\n", "\r", "\n", "\t", " ", "\0", "\u0001", "\u0085", "\u2028", "\uFEFF", "\uFFFE", "\uFFFD", "\u00E9", "\u4E00", "\U0001F600", "\u200B", ":", "x:", "1", "-", ".", "=", "0", "true",
    ];

    public static IReadOnlyList<(string Before, string After)> Wraps { get; } =
        [("<!--", "-->"), ("<![CDATA[", "]]>"), ("<?p ", "?>"), ("<a>", "</a>"), ("<v:X xmlns:v=\"urn:v\">", "</v:X>"), ("<item>", "</item>"), ("<soap-env:Header>", "</soap-env:Header>")];
}
