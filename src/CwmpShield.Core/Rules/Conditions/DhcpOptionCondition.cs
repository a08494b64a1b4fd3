using System.Globalization;
using CwmpShield.Core.Cwmp;
using CwmpShield.Core.DataModel.Values;
using CwmpShield.Core.Rules.Loading;
using CwmpShield.Core.Rules.Yaml;

namespace CwmpShield.Core.Rules.Conditions;

/// <summary>
/// <c>value: { as: dhcp-option }</c>: the Value of an option under the meaning of its Tag, or the Tag that gives the Value beside it
/// a meaning. What stands beside it is looked for in the order and in the session; when it is not known every listed tag counts.
/// </summary>
internal sealed class DhcpOptionCondition : Condition
{
    private const string TagStep = "Tag";
    private const string ValueStep = "Value";

    private readonly (int Tag, bool V6, ValueTest Test)[] options;
    private readonly string text;
    private readonly bool asksValue;

    private DhcpOptionCondition((int Tag, bool V6, ValueTest Test)[] options, string text, bool asksValue)
    {
        this.options = options;
        this.text = text;
        this.asksValue = asksValue;
    }

    /// <inheritdoc/>
    public override SubjectKind Subject => SubjectKind.Parameter;

    /// <inheritdoc/>
    public override int Cost => 25;

    /// <summary>Compiles the condition.</summary>
    public static DhcpOptionCondition? Compile(MapReader map, CompileScope scope)
    {
        List<(int, bool, ValueTest)> tagged = [];
        if (map.Require("tag", "a \"dhcp-option\"") is null)
        {
            return null;
        }

        foreach (var item in map.Texts("tag"))
        {
            var v6 = item.Value.StartsWith("v6:", StringComparison.Ordinal);
            if (!int.TryParse(v6 ? item.Value.AsSpan(3) : item.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var tag) || tag > (v6 ? 65535 : 254))
            {
                scope.Bag.Add(item, DiagnosticCode.OutOfRange, $"\"{item.Value}\" is no option number (1 to 254, or \"v6:23\")");
                continue;
            }

            tagged.Add((tag, v6, ValueTestCompiler.Compile(map, ValueKind.DhcpOption, DhcpOption.KindOf(tag, v6), scope)));
        }

        scope.SiblingNames.Add(TagStep);
        scope.SiblingNames.Add(ValueStep);
        return new DhcpOptionCondition([.. tagged], YamlPrinter.Print(map.Node), map.Node.Entries.Count > 2);
    }

    /// <inheritdoc/>
    public override Truth Evaluate(Judgement judgement, in Subject subject)
    {
        if (subject.Parameter is not { Value: { } written } parameter)
        {
            return Truth.No;
        }

        var step = ParameterPath.LastStep(parameter.Name);
        var isTag = step.Equals(TagStep, StringComparison.OrdinalIgnoreCase);
        var sibling = ParameterPath.Sibling(parameter.Name, isTag ? ValueStep : TagStep);
        var other = sibling is not null && judgement.TryValueOf(sibling, out var found) ? found : null;

        // By the shape: an alias of the ACS's choosing must not say which protocol it is.
        var v6 = ParameterPath.ShapeOf(parameter.Name).Contains("dhcpv6", StringComparison.Ordinal);
        return Judge(isTag ? written : other, isTag ? other : written, v6, judgement.Elements);
    }

    /// <inheritdoc/>
    public override string Describe() => $"value: {text}";

    private Truth Judge(string? tagText, string? value, bool v6, List<ValueElement> elements)
    {
        var tag = -1;
        if (tagText is not null && !int.TryParse(tagText.AsSpan().Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out tag))
        {
            return Truth.Unreadable;
        }

        var truth = Truth.No;
        foreach (var option in options)
        {
            if (option.V6 == v6 && (tag < 0 || option.Tag == tag))
            {
                truth = truth.Or(Read(option, value, tag >= 0, elements));
            }
        }

        return truth;
    }

    private Truth Read((int Tag, bool V6, ValueTest Test) option, string? value, bool tagKnown, List<ValueElement> elements)
    {
        if (!asksValue)
        {
            return tagKnown ? Truth.Yes : Truth.Unreadable;
        }

        if (value is null)
        {
            return Truth.Unreadable;
        }

        elements.Clear();
        var readable = DhcpOption.TryRead(option.Tag, option.V6, value, elements);
        return option.Test.TestRead(readable, elements);
    }
}
