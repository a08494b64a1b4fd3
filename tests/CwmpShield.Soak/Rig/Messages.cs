using System.Text;

namespace CwmpShield.Soak.Rig;

/// <summary>CWMP messages, and the HTTP around them, as devices and ACSs write them.</summary>
internal static class Messages
{
    public const string Oui = "00D09E";
    public const string ProductClass = "HGW";

    private const string Head =
        """<?xml version="1.0" encoding="UTF-8"?><soap-env:Envelope xmlns:soap-enc="http://schemas.xmlsoap.org/soap/encoding/" xmlns:soap-env="http://schemas.xmlsoap.org/soap/envelope/" xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:cwmp="urn:dslforum-org:cwmp-1-0"><soap-env:Header><cwmp:ID soap-env:mustUnderstand="1">""";

    /// <summary>The name of a device: what its certificate and its log-in say.</summary>
    public static string Name(string serial) => $"{Oui}-{ProductClass}-{serial}";

    public static string Envelope(string id, string body) =>
        $"{Head}{id}</cwmp:ID></soap-env:Header><soap-env:Body>{body}</soap-env:Body></soap-env:Envelope>";

    /// <summary>An Inform of about the size that real devices send; <paramref name="value"/> is raw XML.</summary>
    public static string Inform(string serial, string value = "1.0") => Envelope(
        "1",
        $"""<cwmp:Inform><DeviceId><Manufacturer>Acme</Manufacturer><OUI>{Oui}</OUI><ProductClass>{ProductClass}</ProductClass><SerialNumber>{serial}</SerialNumber></DeviceId><Event soap-enc:arrayType="cwmp:EventStruct[1]"><EventStruct><EventCode>2 PERIODIC</EventCode><CommandKey/></EventStruct></Event><MaxEnvelopes>1</MaxEnvelopes><CurrentTime>2026-11-22T03:29:07Z</CurrentTime><RetryCount>0</RetryCount><ParameterList soap-enc:arrayType="cwmp:ParameterValueStruct[1]"><ParameterValueStruct><Name>InternetGatewayDevice.DeviceInfo.SoftwareVersion</Name><Value xsi:type="xsd:string">{value}</Value></ParameterValueStruct></ParameterList></cwmp:Inform>""");

    public static string InformResponse(string id) => Envelope(id, "<cwmp:InformResponse><MaxEnvelopes>1</MaxEnvelopes></cwmp:InformResponse>");

    public static string GetParameterValues(string id) => Envelope(
        id,
        """<cwmp:GetParameterValues><ParameterNames soap-enc:arrayType="xsd:string[1]"><string>InternetGatewayDevice.DeviceInfo.</string></ParameterNames></cwmp:GetParameterValues>""");

    public static string GetParameterValuesResponse(string id) => Envelope(
        id,
        """<cwmp:GetParameterValuesResponse><ParameterList soap-enc:arrayType="cwmp:ParameterValueStruct[1]"><ParameterValueStruct><Name>InternetGatewayDevice.DeviceInfo.SoftwareVersion</Name><Value xsi:type="xsd:string">1.0</Value></ParameterValueStruct></ParameterList></cwmp:GetParameterValuesResponse>""");

    /// <summary>A POST; an empty body is the empty POST of a session.</summary>
    public static byte[] Post(ReadOnlySpan<byte> body, string headers = "")
    {
        var content = body.IsEmpty ? "" : "Content-Type: text/xml; charset=\"utf-8\"\r\nSOAPAction:\r\n";
        return [.. Encoding.Latin1.GetBytes($"POST / HTTP/1.1\r\nHost: acs.example\r\nContent-Length: {body.Length}\r\n{content}{headers}\r\n"), .. body];
    }

    public static byte[] Post(string body, string headers = "") => Post(Encoding.UTF8.GetBytes(body), headers);

    /// <summary>What stands between the first <paramref name="start"/> and the next <paramref name="end"/>; empty when nothing does.</summary>
    public static string Between(string text, string start, string end)
    {
        var from = text.IndexOf(start, StringComparison.Ordinal);
        if (from < 0)
        {
            return "";
        }

        from += start.Length;
        var to = text.IndexOf(end, from, StringComparison.Ordinal);
        return to < 0 ? "" : text[from..to];
    }

    /// <summary>The <c>cwmp:ID</c> of a message.</summary>
    public static string IdOf(string message) => Between(Between(message, ":ID", "/"), ">", "<");
}
