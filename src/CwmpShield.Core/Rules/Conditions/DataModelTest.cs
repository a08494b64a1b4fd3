using CwmpShield.Core.Cwmp;
using CwmpShield.Core.DataModel;
using CwmpShield.Core.Rules.Yaml;

namespace CwmpShield.Core.Rules.Conditions;

/// <summary>The keys of <c>parameter</c> that ask the imported data model. Without an import none of them holds.</summary>
internal sealed record DataModelTest(bool? Unknown, bool? ReadOnly, bool? Hidden, bool Violates)
{
    /// <summary>Takes the keys; null when none is given.</summary>
    public static DataModelTest? Compile(MapReader map)
    {
        var test = new DataModelTest(
            map.Flag("unknown"),
            map.Flag("read-only"),
            map.Flag("hidden"),
            map.Word("violates", "datamodel") is not null);
        return test is { Unknown: null, ReadOnly: null, Hidden: null, Violates: false } ? null : test;
    }

    /// <summary>Asks the model about a parameter.</summary>
    public Truth Evaluate(DataModelIndex? model, ParameterMention parameter)
    {
        if (model is null)
        {
            return Truth.No;
        }

        var entry = model.Find(parameter.Name);
        return ((Unknown is null || !model.Knows(parameter.Name) == Unknown)
            && (ReadOnly is null || (entry is { Writable: false }) == ReadOnly)
            && (Hidden is null || (entry is { Hidden: true }) == Hidden)
            && (!Violates || (entry is not null && parameter.Value is { } value && !entry.Admits(value)))).ToTruth();
    }
}
