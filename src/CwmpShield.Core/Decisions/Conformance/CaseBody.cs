using CwmpShield.Core.Cwmp;
using CwmpShield.Core.Rules;
using CwmpShield.Core.Rules.Yaml;

namespace CwmpShield.Core.Decisions.Conformance;

/// <summary>Builds the message that a case or step says in short.</summary>
internal static class CaseBody
{
    private static readonly Dictionary<string, string> OperationTypes = new(StringComparer.Ordinal)
    {
        ["install"] = "InstallOpStruct",
        ["update"] = "UpdateOpStruct",
        ["uninstall"] = "UninstallOpStruct",
    };

    /// <summary>The message of the map, or null with problems. Takes the keys that it reads.</summary>
    public static RawMessage? Read(MapReader map, string defaultSerial, DeviceId device)
    {
        var direction = map.Word("direction", "acs-to-cpe", "cpe-to-acs");
        var order = map.Text("order");
        var report = map.Text("report");
        var body = map.Text("body");
        var soapAction = map.Text("soap-action");
        var path = map.Text("path") ?? "";
        var contentType = map.Text("content-type");
        if (body is not null)
        {
            if (direction is null)
            {
                map.Bag.Add(map.Node, DiagnosticCode.MissingKey, "a case with \"body\" needs \"direction\"");
            }

            return new RawMessage(direction is "cpe-to-acs" ? Direction.CpeToAcs : Direction.AcsToCpe, System.Text.Encoding.UTF8.GetBytes(body), contentType ?? "text/xml; charset=utf-8", soapAction, path);
        }

        if (order is null == report is null)
        {
            map.Bag.Add(map.Node, DiagnosticCode.MissingKey, "a case needs one of \"order\", \"report\" and \"body\"");
            return null;
        }

        var name = order ?? report!;
        var soap = new SoapText().Open("cwmp:" + name);
        Fill(soap, name, map, device with { SerialNumber = device.SerialNumber.Length > 0 ? device.SerialNumber : defaultSerial });
        return soap.Close("cwmp:" + name).ToMessage(order is null ? Direction.CpeToAcs : Direction.AcsToCpe, soapAction, path) with { ContentType = contentType ?? "text/xml; charset=utf-8" };
    }

    /// <summary>The answer of a device to an order that it carries out.</summary>
    public static RawMessage Answer(string order, IEnumerable<(string Name, string Value)> values)
    {
        var name = $"cwmp:{order}Response";
        var soap = new SoapText().Open(name);
        if (order is "GetParameterValues")
        {
            Values(soap, values.Select(v => (v.Name, v.Value, "xsd:string")));
        }
        else if (order is "SetParameterValues" or "DeleteObject")
        {
            soap.Leaf("Status", "0");
        }
        else if (order is "AddObject")
        {
            soap.Leaf("InstanceNumber", "1").Leaf("Status", "0");
        }

        return soap.Close(name).ToMessage(Direction.CpeToAcs);
    }

    private static void Fill(SoapText soap, string name, MapReader map, DeviceId device)
    {
        var parameters = CaseParameters.Read(map);
        var arguments = CaseParameters.Pairs(map, "arguments").ToDictionary(StringComparer.Ordinal);
        if (!FillParameters(soap, name, map, parameters, arguments))
        {
            FillOthers(soap, name, map, device, parameters, arguments);
        }

        Nested(soap, arguments);
    }

    /// <summary>Writes arguments; a name with dots stands inside the structures that its first words name.</summary>
    private static void Nested(SoapText soap, Dictionary<string, string> arguments)
    {
        Stack<string> open = [];
        foreach (var (argument, value) in arguments)
        {
            var words = argument.Split('.');
            while (open.Count > 0 && !words.AsSpan(0, words.Length - 1).StartsWith(open.Reverse().ToArray()))
            {
                soap.Close(open.Pop());
            }

            foreach (var structure in words.Skip(open.Count).SkipLast(1))
            {
                soap.Open(structure);
                open.Push(structure);
            }

            soap.Leaf(words[^1], value);
        }

        while (open.Count > 0)
        {
            soap.Close(open.Pop());
        }
    }

    private static bool FillParameters(
        SoapText soap, string name, MapReader map, IReadOnlyList<(string Name, string Value, string Type)> parameters, Dictionary<string, string> arguments)
    {
        switch (name)
        {
            case "SetParameterValues":
                Values(soap, parameters);
                Leaf(soap, "ParameterKey", arguments);
                return true;
            case "GetParameterValuesResponse":
                Values(soap, parameters);
                return true;
            case "GetParameterValues" or "GetParameterAttributes":
                soap.Open("ParameterNames", $"soap-enc:arrayType=\"xsd:string[{parameters.Count}]\"");
                foreach (var parameter in parameters)
                {
                    soap.Leaf("string", parameter.Name);
                }

                soap.Close("ParameterNames");
                return true;
            case "GetParameterNames":
                soap.Leaf("ParameterPath", map.Text("object") ?? "");
                Leaf(soap, "NextLevel", arguments, "0");
                return true;
            case "AddObject" or "DeleteObject":
                soap.Leaf("ObjectName", map.Text("object") ?? "");
                Leaf(soap, "ParameterKey", arguments);
                return true;
            case "SetParameterAttributes":
                CaseAttributes.Write(soap, map);
                return true;
            default:
                return false;
        }
    }

    private static void FillOthers(
        SoapText soap, string name, MapReader map, DeviceId device, IReadOnlyList<(string Name, string Value, string Type)> parameters, Dictionary<string, string> arguments)
    {
        switch (name)
        {
            case "Download" or "ScheduleDownload" or "Upload":
                CaseTransfers.Write(soap, name, map, arguments);
                break;
            case "ChangeDUState":
                Operations(soap, map);
                Leaf(soap, "CommandKey", arguments);
                break;
            case "Inform":
                CaseInform.Write(soap, map, device);
                Values(soap, parameters);
                break;
            case "Reboot":
                Leaf(soap, "CommandKey", arguments);
                break;
            case "ScheduleInform":
                Leaf(soap, "DelaySeconds", arguments, "60");
                Leaf(soap, "CommandKey", arguments);
                break;
            case "TransferComplete":
                Leaf(soap, "CommandKey", arguments);
                soap.Open("FaultStruct").Leaf("FaultCode", Take(arguments, "FaultStruct.FaultCode", "0")).Leaf("FaultString", Take(arguments, "FaultStruct.FaultString", "")).Close("FaultStruct");
                Leaf(soap, "StartTime", arguments, "2026-01-01T11:00:00Z");
                Leaf(soap, "CompleteTime", arguments, "2026-01-01T11:01:00Z");
                break;
            case "RequestDownload":
                Leaf(soap, "FileType", arguments, "1 Firmware Upgrade Image");
                soap.Open("FileTypeArg", "soap-enc:arrayType=\"cwmp:ArgStruct[0]\"").Close("FileTypeArg");
                break;
        }
    }

    private static void Operations(SoapText soap, MapReader map)
    {
        foreach (var node in map.Take("operations") is YamlList list ? list.Items : [])
        {
            if (MapReader.Over(node, map.Bag, "an operation") is not { } operation)
            {
                continue;
            }

            var kind = operation.Word("kind", [.. OperationTypes.Keys]) ?? "install";
            soap.Open("Operations", $"xsi:type=\"cwmp:{OperationTypes[kind]}\"");
            (string Key, string Element)[] members = kind switch
            {
                "install" => [("url", "URL"), ("uuid", "UUID"), ("username", "Username"), ("password", "Password"), ("exec-env", "ExecutionEnvRef")],
                "update" => [("uuid", "UUID"), ("version", "Version"), ("url", "URL"), ("username", "Username"), ("password", "Password")],
                _ => [("uuid", "UUID"), ("version", "Version"), ("exec-env", "ExecutionEnvRef")],
            };
            foreach (var (key, element) in members)
            {
                soap.Leaf(element, operation.Text(key) ?? "");
            }

            soap.Close("Operations");
            operation.Done();
        }
    }

    private static void Values(SoapText soap, IEnumerable<(string Name, string Value, string Type)> values)
    {
        var all = values.ToList();
        soap.Open("ParameterList", $"soap-enc:arrayType=\"cwmp:ParameterValueStruct[{all.Count}]\"");
        foreach (var (name, value, type) in all)
        {
            soap.Open("ParameterValueStruct").Leaf("Name", name).Leaf("Value", value, $"xsi:type=\"{type}\"").Close("ParameterValueStruct");
        }

        soap.Close("ParameterList");
    }

    /// <summary>Writes an argument that the case gives, or its default, once.</summary>
    internal static void Leaf(SoapText soap, string name, Dictionary<string, string> arguments, string otherwise = "") => soap.Leaf(name, Take(arguments, name, otherwise));

    private static string Take(Dictionary<string, string> arguments, string name, string otherwise) => arguments.Remove(name, out var given) ? given : otherwise;
}
