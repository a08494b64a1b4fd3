using System.Globalization;
using System.Text;

namespace CwmpShield.Bench.Peers;

/// <summary>
/// What device and ACS say. A session has five exchanges: Inform (3.8 KB), empty POST that is answered with GetParameterValues (1.6 KB),
/// response (4.1 KB) with SetParameterValues (1.7 KB), response (0.6 KB) with GetParameterNames, response (2 KB) with 204. The device says in
/// its report what is to come next, so that the ACS keeps nothing.
/// </summary>
internal static class CwmpScript
{
    /// <summary>In the last report of a session.</summary>
    public const string End = "NextEnd";

    /// <summary>In a report after which SetParameterValues is to come.</summary>
    public const string Set = "NextSet";

    /// <summary>In a report after which GetParameterValues is to come.</summary>
    public const string Get = "NextGet";

    /// <summary>What stands for the <c>cwmp:ID</c>, of the same length.</summary>
    public const string IdHole = "ID000000";

    private const string Head = """<?xml version="1.0" encoding="UTF-8"?><soap-env:Envelope xmlns:soap-enc="http://schemas.xmlsoap.org/soap/encoding/" xmlns:soap-env="http://schemas.xmlsoap.org/soap/envelope/" xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:cwmp="urn:dslforum-org:cwmp-1-0"><soap-env:Header><cwmp:ID soap-env:mustUnderstand="1">ID000000</cwmp:ID></soap-env:Header><soap-env:Body>""";
    private const string Tail = "</soap-env:Body></soap-env:Envelope>";

    public static byte[] Inform(string serial) => Padded(3800, i => Value(i), parameters =>
        $"""<cwmp:Inform><DeviceId><Manufacturer>Example</Manufacturer><OUI>{BenchDevice.Oui}</OUI><ProductClass>{BenchDevice.ProductClass}</ProductClass><SerialNumber>{serial}</SerialNumber></DeviceId><Event soap-enc:arrayType="cwmp:EventStruct[1]"><EventStruct><EventCode>2 PERIODIC</EventCode><CommandKey></CommandKey></EventStruct></Event><MaxEnvelopes>1</MaxEnvelopes><CurrentTime>2026-01-01T00:00:00Z</CurrentTime><RetryCount>0</RetryCount>{Values(parameters)}</cwmp:Inform>""");

    public static byte[] InformResponse() => Envelope("<cwmp:InformResponse><MaxEnvelopes>1</MaxEnvelopes></cwmp:InformResponse>");

    public static byte[] GetValues() => Padded(1600, Name, names =>
        $"""<cwmp:GetParameterValues><ParameterNames soap-enc:arrayType="xsd:string[{names.Count}]">{string.Concat(names)}</ParameterNames></cwmp:GetParameterValues>""");

    /// <summary>A report; <paramref name="next"/> says what is to come, <paramref name="size"/> how large it is, in bytes.</summary>
    public static byte[] Values(string next, int size = 4100) => Padded(size, i => Value(i), parameters =>
        $"<cwmp:GetParameterValuesResponse>{Values([.. parameters, Value(0, next)])}</cwmp:GetParameterValuesResponse>");

    public static byte[] SetValues() => Padded(1700, i => Value(i), parameters =>
        $"<cwmp:SetParameterValues>{Values(parameters)}<ParameterKey>k</ParameterKey></cwmp:SetParameterValues>");

    public static byte[] SetDone() => Envelope("<cwmp:SetParameterValuesResponse><Status>0</Status></cwmp:SetParameterValuesResponse>");

    public static byte[] GetNames() => Envelope("<cwmp:GetParameterNames><ParameterPath>Device.WiFi.SSID.</ParameterPath><NextLevel>0</NextLevel></cwmp:GetParameterNames>");

    /// <summary>Names; <paramref name="next"/> says what is to come.</summary>
    public static byte[] Names(string next) => Padded(2000, i => Info(string.Create(CultureInfo.InvariantCulture, $"Device.WiFi.SSID.{i}.X_EXAMPLE_Label")), infos =>
        $"""<cwmp:GetParameterNamesResponse><ParameterList soap-enc:arrayType="cwmp:ParameterInfoStruct[{infos.Count + 1}]">{string.Concat(infos)}{Info("Device.WiFi.SSID.1.X_EXAMPLE_" + next)}</ParameterList></cwmp:GetParameterNamesResponse>""");

    private static string Name(int i) => string.Create(CultureInfo.InvariantCulture, $"<string>Device.WiFi.SSID.{i}.X_EXAMPLE_Label</string>");

    private static string Info(string name) => $"<ParameterInfoStruct><Name>{name}</Name><Writable>1</Writable></ParameterInfoStruct>";

    private static string Value(int i, string? value = null) => string.Create(
        CultureInfo.InvariantCulture,
        $"<ParameterValueStruct><Name>Device.WiFi.SSID.{i}.X_EXAMPLE_Label</Name><Value xsi:type=\"xsd:string\">{value ?? $"value {i} of a device"}</Value></ParameterValueStruct>");

    private static string Values(IReadOnlyList<string> parameters) =>
        $"""<ParameterList soap-enc:arrayType="cwmp:ParameterValueStruct[{parameters.Count}]">{string.Concat(parameters)}</ParameterList>""";

    /// <summary>The largest message of at most <paramref name="size"/> bytes.</summary>
    private static byte[] Padded(int size, Func<int, string> item, Func<IReadOnlyList<string>, string> message)
    {
        var items = new List<string>();
        var left = size - Envelope(message([item(1)])).Length;
        do
        {
            items.Add(item(items.Count + 1));
            left -= items[^1].Length;
        }
        while (left > 0);

        return Envelope(message(items));
    }

    private static byte[] Envelope(string body) => Encoding.UTF8.GetBytes(Head + body + Tail);
}
