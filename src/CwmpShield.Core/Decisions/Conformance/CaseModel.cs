using CwmpShield.Core.Cwmp;
using CwmpShield.Core.DataModel;
using CwmpShield.Core.Rules.Yaml;

namespace CwmpShield.Core.Decisions.Conformance;

/// <summary>Reads the data model that a conformance file brings along for rules that ask for one.</summary>
internal static class CaseModel
{
    /// <summary>The model under <paramref name="node"/>, null when there is none.</summary>
    public static DataModelIndex? Read(YamlNode? node, DiagnosticBag bag) =>
        node is YamlList { Items.Count: > 0 } list ? new DataModelIndex(list.Items.Select(i => ReadEntry(i, bag)).OfType<DataModelEntry>()) : null;

    private static DataModelEntry? ReadEntry(YamlNode node, DiagnosticBag bag)
    {
        if (MapReader.Over(node, bag, "an entry of the model") is not { } map)
        {
            return null;
        }

        var entry = new DataModelEntry
        {
            Shape = ParameterPath.ShapeOf(map.RequireText("path", "an entry of the model")),
            Writable = map.Flag("writable") ?? false,
            Hidden = map.Flag("hidden") ?? false,
            Type = map.Text("type") ?? "",
            Min = map.Number("min", long.MinValue, long.MaxValue),
            Max = map.Number("max", long.MinValue, long.MaxValue),
            Enumeration = [.. map.Texts("values").Select(t => t.Value)],
        };
        map.Done();
        return entry;
    }
}
