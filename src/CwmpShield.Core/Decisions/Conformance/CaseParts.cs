using CwmpShield.Core.Cwmp;
using CwmpShield.Core.Rules;
using CwmpShield.Core.Rules.Yaml;

namespace CwmpShield.Core.Decisions.Conformance;

/// <summary>Reads <c>parameters</c>, <c>arguments</c> and other maps of texts.</summary>
internal static class CaseParameters
{
    /// <summary>Names, values and types under <c>parameters</c>.</summary>
    public static IReadOnlyList<(string Name, string Value, string Type)> Read(MapReader map)
    {
        switch (map.Take("parameters"))
        {
            case null:
                return [];
            case YamlMap:
                return [.. Pairs(map, "parameters").Select(p => (p.Key, p.Value, "xsd:string"))];
            case YamlList list:
                return [.. list.Items.Select(item => One(item, map.Bag))];
            case var other:
                map.Bag.Add(other, DiagnosticCode.WrongKind, "\"parameters\" must be a map or a list");
                return [];
        }
    }

    /// <summary>The pairs of a map of texts.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Pairs(MapReader map, string key)
    {
        foreach (var (name, value) in map.Take(key) is YamlMap pairs ? pairs.Entries : [])
        {
            if (value is YamlText text)
            {
                yield return new(name.Value, text.IsPlain && text.Value is "~" or "null" ? "" : text.Value);
            }
            else
            {
                map.Bag.Add(value, DiagnosticCode.WrongKind, $"\"{name.Value}\" must be a text, not {value.Kind}");
            }
        }
    }

    private static (string Name, string Value, string Type) One(YamlNode node, DiagnosticBag bag)
    {
        if (node is YamlText text)
        {
            return (text.Value, "", "xsd:string");
        }

        if (MapReader.Over(node, bag, "a parameter") is not { } map)
        {
            return ("", "", "xsd:string");
        }

        var value = map.Take("value") is YamlText written ? written.Value : "";
        var parameter = (map.RequireText("name", "a parameter"), value, $"xsd:{map.Text("type") ?? "string"}");
        map.Done();
        return parameter;
    }
}

/// <summary>Writes the list of a SetParameterAttributes.</summary>
internal static class CaseAttributes
{
    /// <summary>Writes what stands under <c>attributes</c>.</summary>
    public static void Write(SoapText soap, MapReader map)
    {
        soap.Open("ParameterList");
        foreach (var node in map.Take("attributes") is YamlList list ? list.Items : [])
        {
            if (MapReader.Over(node, map.Bag, "an attribute") is not { } attribute)
            {
                continue;
            }

            var notification = attribute.Number("notification", 0, 6);
            var changesAccess = attribute.Has("access-list");
            soap.Open("SetParameterAttributesStruct")
                .Leaf("Name", attribute.RequireText("name", "an attribute"))
                .Leaf("NotificationChange", notification is null ? "0" : "1")
                .Leaf("Notification", FormattableString.Invariant($"{notification ?? 0}"))
                .Leaf("AccessListChange", changesAccess ? "1" : "0")
                .Open("AccessList");
            foreach (var entry in attribute.Take("access-list") is YamlList { Items.Count: 0 } ? [] : attribute.Texts("access-list"))
            {
                soap.Leaf("string", entry.Value);
            }

            soap.Close("AccessList").Close("SetParameterAttributesStruct");
            attribute.Done();
        }

        soap.Close("ParameterList");
    }
}

/// <summary>Writes the arguments of Download, ScheduleDownload and Upload.</summary>
internal static class CaseTransfers
{
    /// <summary>Writes what stands under <c>transfer</c>.</summary>
    public static void Write(SoapText soap, string order, MapReader map, Dictionary<string, string> arguments)
    {
        CaseBody.Leaf(soap, "CommandKey", arguments);
        if (map.Take("transfer") is not { } node || MapReader.Over(node, map.Bag, "\"transfer\"") is not { } transfer)
        {
            return;
        }

        string Text(string key, string otherwise = "") => transfer.Take(key) is YamlText text ? text.Value : otherwise;
        soap.Leaf("FileType", Text("file-type", order is "Upload" ? "2 Vendor Log File" : "1 Firmware Upgrade Image"))
            .Leaf("URL", Text("url"))
            .Leaf("Username", Text("username"))
            .Leaf("Password", Text("password"));
        if (order is not "Upload")
        {
            soap.Leaf("FileSize", Text("file-size", "0")).Leaf("TargetFileName", Text("target-file-name"));
        }

        if (order is "ScheduleDownload")
        {
            soap.Open("TimeWindowList").Open("TimeWindowStruct")
                .Leaf("WindowStart", "0").Leaf("WindowEnd", "3600").Leaf("WindowMode", "1 At Any Time").Leaf("UserMessage", "").Leaf("MaxRetries", "0")
                .Close("TimeWindowStruct").Close("TimeWindowList");
        }
        else
        {
            soap.Leaf("DelaySeconds", Text("delay", "0"));
        }

        if (order is "Download")
        {
            soap.Leaf("SuccessURL", Text("success-url")).Leaf("FailureURL", Text("failure-url"));
        }

        _ = Text("success-url") + Text("failure-url") + Text("delay") + Text("file-size") + Text("target-file-name");
        transfer.Done();
    }
}

/// <summary>Writes an Inform but its parameters.</summary>
internal static class CaseInform
{
    /// <summary>Writes what stands under <c>device-id</c> and <c>events</c>.</summary>
    public static void Write(SoapText soap, MapReader map, DeviceId device)
    {
        var manufacturer = "Example";
        if (map.Take("device-id") is { } node && MapReader.Over(node, map.Bag, "\"device-id\"") is { } given)
        {
            manufacturer = given.Take("manufacturer") is YamlText text ? text.Value : manufacturer;
            device = new DeviceId(
                given.Take("oui") is YamlText oui ? oui.Value : device.Oui,
                given.Take("product-class") is YamlText productClass ? productClass.Value : device.ProductClass,
                given.Take("serial") is YamlText serial ? serial.Value : device.SerialNumber);
            given.Done();
        }

        soap.Open("DeviceId")
            .Leaf("Manufacturer", manufacturer).Leaf("OUI", device.Oui).Leaf("ProductClass", device.ProductClass).Leaf("SerialNumber", device.SerialNumber)
            .Close("DeviceId");
        var events = map.Texts("events");
        soap.Open("Event", $"soap-enc:arrayType=\"cwmp:EventStruct[{Math.Max(1, events.Count)}]\"");
        foreach (var code in events.Count > 0 ? events.Select(e => e.Value) : ["2 PERIODIC"])
        {
            soap.Open("EventStruct").Leaf("EventCode", code).Leaf("CommandKey", "").Close("EventStruct");
        }

        soap.Close("Event").Leaf("MaxEnvelopes", "1").Leaf("CurrentTime", "2026-01-01T12:00:00Z").Leaf("RetryCount", "0");
    }
}
