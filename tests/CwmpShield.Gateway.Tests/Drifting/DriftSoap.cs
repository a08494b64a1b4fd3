using System.Globalization;
using CwmpShield.Gateway.Tests.Doubles;

namespace CwmpShield.Gateway.Tests.Drifting;

/// <summary>Orders that leave something behind, and reports of it.</summary>
internal static class DriftSoap
{
    public const string Ssid = "InternetGatewayDevice.LANDevice.1.WLANConfiguration.1.SSID";
    public const string Passphrase = "InternetGatewayDevice.LANDevice.1.WLANConfiguration.1.KeyPassphrase";
    public const string Dns = "InternetGatewayDevice.WANDevice.1.WANConnectionDevice.1.WANIPConnection.1.DNSServers";
    public const string Addressing = "InternetGatewayDevice.WANDevice.1.WANConnectionDevice.1.WANIPConnection.1.AddressingType";
    public const string Ports = "InternetGatewayDevice.WANDevice.1.WANConnectionDevice.1.WANIPConnection.1.PortMapping.";

    public static string Set(string id, params (string Name, string Type, string Value)[] values) => Soap.Envelope(
        id,
        $"""<cwmp:SetParameterValues><ParameterList soap-enc:arrayType="cwmp:ParameterValueStruct[{values.Length}]">{Structs(values)}</ParameterList><ParameterKey>p</ParameterKey></cwmp:SetParameterValues>""");

    public static string SetDone(string id, int status = 0) => Soap.Envelope(id, $"<cwmp:SetParameterValuesResponse><Status>{status}</Status></cwmp:SetParameterValuesResponse>");

    public static string Values(string id, params (string Name, string Type, string Value)[] values) => Soap.Envelope(
        id,
        $"""<cwmp:GetParameterValuesResponse><ParameterList soap-enc:arrayType="cwmp:ParameterValueStruct[{values.Length}]">{Structs(values)}</ParameterList></cwmp:GetParameterValuesResponse>""");

    public static string Add(string id, string name) => Soap.Envelope(id, $"<cwmp:AddObject><ObjectName>{name}</ObjectName><ParameterKey>p</ParameterKey></cwmp:AddObject>");

    public static string Added(string id, int instance) => Soap.Envelope(
        id, string.Create(CultureInfo.InvariantCulture, $"<cwmp:AddObjectResponse><InstanceNumber>{instance}</InstanceNumber><Status>0</Status></cwmp:AddObjectResponse>"));

    public static string Delete(string id, string name) => Soap.Envelope(id, $"<cwmp:DeleteObject><ObjectName>{name}</ObjectName><ParameterKey>p</ParameterKey></cwmp:DeleteObject>");

    public static string Deleted(string id) => Soap.Envelope(id, "<cwmp:DeleteObjectResponse><Status>0</Status></cwmp:DeleteObjectResponse>");

    /// <summary>An Inform that reports one parameter more.</summary>
    public static string Inform(string serial, string @event, string name, string value) => Soap.Inform(serial, @event: @event)
        .Replace("ParameterValueStruct[1]", "ParameterValueStruct[2]", StringComparison.Ordinal)
        .Replace("</ParameterList>", $"{Structs([(name, "string", value)])}</ParameterList>", StringComparison.Ordinal);

    private static string Structs((string Name, string Type, string Value)[] values) => string.Concat(values.Select(
        one => $"""<ParameterValueStruct><Name>{one.Name}</Name><Value xsi:type="xsd:{one.Type}">{one.Value}</Value></ParameterValueStruct>"""));
}
