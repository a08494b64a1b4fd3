using System.Buffers;
using System.Globalization;

namespace CwmpShield.Core.Wire;

/// <summary>
/// Writes an envelope as the gateway's own UTF-8: XML declaration, the prefixes soap-env, soap-enc, xsd, xsi and cwmp declared once,
/// no comments, no white space between elements. Other namespaces are declared where they are used.
/// </summary>
public static class SoapWriter
{
    private const string Foreign = "?";

    /// <summary>Writes <paramref name="envelope"/> to <paramref name="output"/>.</summary>
    public static void Write(SoapEnvelope envelope, IBufferWriter<byte> output)
    {
        var cwmp = envelope.CwmpNamespace.Length > 0 ? envelope.CwmpNamespace : SoapNames.CwmpDefault;
        var xml = new Utf8XmlWriter(output);
        xml.Raw("""<?xml version="1.0" encoding="UTF-8"?>"""u8);
        xml.Raw("\n<soap-env:Envelope xmlns:soap-env=\"http://schemas.xmlsoap.org/soap/envelope/\""u8);
        xml.Raw(" xmlns:soap-enc=\"http://schemas.xmlsoap.org/soap/encoding/\""u8);
        xml.Raw(" xmlns:xsd=\"http://www.w3.org/2001/XMLSchema\""u8);
        xml.Raw(" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xmlns:cwmp=\""u8);
        xml.AttributeValue(cwmp);
        xml.Raw("\">"u8);
        if (envelope.Headers.Count > 0)
        {
            xml.Raw("<soap-env:Header>"u8);
            for (var i = 0; i < envelope.Headers.Count; i++)
            {
                WriteElement(ref xml, envelope.Headers[i], cwmp);
            }

            xml.Raw("</soap-env:Header>"u8);
        }

        xml.Raw("<soap-env:Body>"u8);
        WriteElement(ref xml, envelope.Body, cwmp);
        xml.Raw("</soap-env:Body></soap-env:Envelope>"u8);
        xml.Flush();
    }

    /// <summary>The tags of elements with this head, as they are written below an envelope of this version.</summary>
    internal static WrittenTags TagsOf(ElementHead head, string cwmp)
    {
        var output = new ArrayBufferWriter<byte>();
        var xml = new Utf8XmlWriter(output);
        WriteStart(ref xml, head, cwmp);
        xml.Flush();
        var start = output.WrittenSpan.ToArray();
        output.ResetWrittenCount();
        WriteEnd(ref xml, head, cwmp);
        xml.Flush();
        return new WrittenTags(IsOfAnyVersion(head) ? null : cwmp, start, output.WrittenSpan.ToArray());
    }

    private static bool IsOfAnyVersion(ElementHead head)
    {
        var isOne = PrefixOf(head.Namespace, "") is not Foreign;
        foreach (var attribute in head.Attributes)
        {
            isOne = isOne && PrefixOf(attribute.Namespace, "") is not Foreign && PrefixOf(attribute.ValueNamespace, "") is not Foreign;
        }

        return isOne;
    }

    private static void WriteElement(ref Utf8XmlWriter xml, SoapElement element, string cwmp)
    {
        var tags = element.Head.TagsFor(cwmp);
        if (tags is not null)
        {
            xml.Raw(tags.Start);
        }
        else
        {
            WriteStart(ref xml, element.Head, cwmp);
        }

        xml.Text(element.Text);
        foreach (var child in element.Nodes)
        {
            WriteElement(ref xml, child, cwmp);
        }

        if (tags is not null)
        {
            xml.Raw(tags.End);
        }
        else
        {
            WriteEnd(ref xml, element.Head, cwmp);
        }
    }

    private static void WriteStart(ref Utf8XmlWriter xml, ElementHead head, string cwmp)
    {
        var prefix = PrefixOf(head.Namespace, cwmp);
        xml.Raw("<"u8);
        WriteName(ref xml, prefix, head.LocalName);
        if (prefix is Foreign)
        {
            xml.Raw(" xmlns:v=\""u8);
            xml.AttributeValue(head.Namespace);
            xml.Raw("\""u8);
        }

        for (var i = 0; i < head.Attributes.Length; i++)
        {
            WriteAttribute(ref xml, head.Attributes[i], i, cwmp);
        }

        // Never the short form: some devices' parsers read <X/> as if X were missing.
        xml.Raw(">"u8);
    }

    private static void WriteEnd(ref Utf8XmlWriter xml, ElementHead head, string cwmp)
    {
        xml.Raw("</"u8);
        WriteName(ref xml, PrefixOf(head.Namespace, cwmp), head.LocalName);
        xml.Raw(">"u8);
    }

    private static void WriteName(ref Utf8XmlWriter xml, string prefix, string localName)
    {
        xml.Name(prefix is Foreign ? "v:" : prefix);
        xml.Name(localName);
    }

    // A qualified name as a value (xsi:type, arrayType) is written with the prefix that its namespace has here.
    private static void WriteAttribute(ref Utf8XmlWriter xml, SoapAttribute attribute, int index, string cwmp)
    {
        var prefix = DeclaredPrefix(ref xml, attribute.Namespace, "a", index, cwmp);
        var value = attribute.Value.AsSpan();
        var valuePrefix = "";
        if (attribute.ValueNamespace.Length > 0)
        {
            valuePrefix = DeclaredPrefix(ref xml, attribute.ValueNamespace, "t", index, cwmp);
            value = value[(value.IndexOf(':') + 1)..];
        }

        xml.Raw(" "u8);
        xml.Name(prefix);
        xml.Name(attribute.LocalName);
        xml.Raw("=\""u8);
        xml.Name(valuePrefix);
        xml.AttributeValue(value);
        xml.Raw("\""u8);
    }

    private static string DeclaredPrefix(ref Utf8XmlWriter xml, string uri, string stem, int index, string cwmp)
    {
        var prefix = PrefixOf(uri, cwmp);
        if (prefix is not Foreign)
        {
            return prefix;
        }

        var own = stem + index.ToString(CultureInfo.InvariantCulture);
        xml.Raw(" xmlns:"u8);
        xml.Name(own);
        xml.Raw("=\""u8);
        xml.AttributeValue(uri);
        xml.Raw("\""u8);
        return own + ":";
    }

    private static string PrefixOf(string uri, string cwmp) => uri switch
    {
        "" => "",
        SoapNames.Instance => "xsi:",
        SoapNames.Schema => "xsd:",
        SoapNames.Encoding => "soap-enc:",
        SoapNames.Envelope => "soap-env:",
        SoapNames.Xml => "xml:",
        _ => uri == cwmp ? "cwmp:" : Foreign,
    };
}
