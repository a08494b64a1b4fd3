using System.Text;
using CwmpShield.Core.Cwmp;

namespace CwmpShield.Core.Decisions.Conformance;

/// <summary>Writes the SOAP of a case by hand, so that what a case says reaches the reader exactly so, well formed or not in meaning.</summary>
internal sealed class SoapText
{
    private const string Head =
        """<soap-env:Envelope xmlns:soap-env="http://schemas.xmlsoap.org/soap/envelope/" xmlns:soap-enc="http://schemas.xmlsoap.org/soap/encoding/" xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:cwmp="urn:dslforum-org:cwmp-1-2"><soap-env:Header><cwmp:ID soap-env:mustUnderstand="1">case</cwmp:ID></soap-env:Header><soap-env:Body>""";

    private readonly StringBuilder text = new(Head);

    /// <summary>Opens an element; attributes as written.</summary>
    public SoapText Open(string name, string attributes = "")
    {
        text.Append('<').Append(name).Append(attributes.Length > 0 ? " " : "").Append(attributes).Append('>');
        return this;
    }

    /// <summary>Closes an element.</summary>
    public SoapText Close(string name)
    {
        text.Append("</").Append(name).Append('>');
        return this;
    }

    /// <summary>A leaf.</summary>
    public SoapText Leaf(string name, string value, string attributes = "")
    {
        Open(name, attributes);
        foreach (var c in value)
        {
            text.Append(c switch
            {
                '&' => "&amp;",
                '<' => "&lt;",
                '>' => "&gt;",
                '\r' => "&#13;",
                _ => c.ToString(),
            });
        }

        return Close(name);
    }

    /// <summary>The message, on its way.</summary>
    public RawMessage ToMessage(Direction direction, string? soapAction = null, string path = "") =>
        new(direction, Encoding.UTF8.GetBytes(text + "</soap-env:Body></soap-env:Envelope>"), "text/xml; charset=utf-8", soapAction, path);
}
