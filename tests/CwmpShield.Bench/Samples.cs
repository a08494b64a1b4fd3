using System.Globalization;
using System.Text;
using CwmpShield.Core.Cwmp;

namespace CwmpShield.Bench;

/// <summary>One message to measure with.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Direction">Which way it travels.</param>
/// <param name="Body">Its bytes.</param>
public sealed record Sample(string Name, Direction Direction, byte[] Body)
{
    /// <inheritdoc/>
    public override string ToString() => Name;
}

/// <summary>Messages of the sizes that gateways see, spelled as a common device spells them.</summary>
internal static class Samples
{
    public static Sample Inform { get; } = Build("Inform", Direction.CpeToAcs, 4096, """
        <cwmp:Inform><DeviceId><Manufacturer>Example</Manufacturer><OUI>00AABB</OUI><ProductClass>HGW</ProductClass><SerialNumber>0000001</SerialNumber></DeviceId><Event soap-enc:arrayType="cwmp:EventStruct[1]"><EventStruct><EventCode>2 PERIODIC</EventCode><CommandKey></CommandKey></EventStruct></Event><MaxEnvelopes>1</MaxEnvelopes><CurrentTime>2026-01-01T00:00:00Z</CurrentTime><RetryCount>0</RetryCount>
        """, "</cwmp:Inform>");

    public static Sample Values { get; } = Report(4096);

    public static Sample Order { get; } = Build("SetParameterValues", Direction.AcsToCpe, 4096, "<cwmp:SetParameterValues>", "<ParameterKey>k</ParameterKey></cwmp:SetParameterValues>");

    /// <summary>A GetParameterValuesResponse of about <paramref name="size"/> bytes.</summary>
    public static Sample Report(int size) =>
        Build($"GetParameterValuesResponse", Direction.CpeToAcs, size, "<cwmp:GetParameterValuesResponse>", "</cwmp:GetParameterValuesResponse>");

    /// <summary>A GetParameterNamesResponse of about <paramref name="size"/> bytes: what a device answers when it is asked for its whole data model.</summary>
    public static Sample Names(int size) =>
        Build("GetParameterNamesResponse", Direction.CpeToAcs, size, "<cwmp:GetParameterNamesResponse>", "</cwmp:GetParameterNamesResponse>", "ParameterInfoStruct",
            count => string.Create(CultureInfo.InvariantCulture, $"<Name>InternetGatewayDevice.LANDevice.1.WLANConfiguration.{1 + (count % 8)}.AssociatedDevice.{count / 8}.AssociatedDeviceMACAddress</Name><Writable>0</Writable>"));

    private static string Value(int count) =>
        string.Create(CultureInfo.InvariantCulture, $"<Name>Device.WiFi.SSID.{count}.X_EXAMPLE_Label</Name><Value xsi:type=\"xsd:string\">value {count} of a device</Value>");

    private static Sample Build(string name, Direction direction, int size, string before, string after, string type = "ParameterValueStruct", Func<int, string>? item = null)
    {
        const string envelope = """<?xml version="1.0" encoding="UTF-8"?><soap-env:Envelope xmlns:soap-enc="http://schemas.xmlsoap.org/soap/encoding/" xmlns:soap-env="http://schemas.xmlsoap.org/soap/envelope/" xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:cwmp="urn:dslforum-org:cwmp-1-0"><soap-env:Header><cwmp:ID soap-env:mustUnderstand="1">jjux6rcv</cwmp:ID></soap-env:Header><soap-env:Body>""";
        var items = new StringBuilder();
        var count = 0;
        while (envelope.Length + before.Length + items.Length + 300 < size)
        {
            count++;
            items.Append(CultureInfo.InvariantCulture, $"<{type}>{(item ?? Value)(count)}</{type}>");
        }

        var text = $"{envelope}{before}<ParameterList soap-enc:arrayType=\"cwmp:{type}[{count}]\">{items}</ParameterList>{after}</soap-env:Body></soap-env:Envelope>";
        return new Sample($"{name} {text.Length / 1024.0:0.#} KiB", direction, Encoding.UTF8.GetBytes(text));
    }
}
