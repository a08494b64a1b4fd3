using CwmpShield.Core.Cwmp;
using CwmpShield.Core.Rules.Loading;
using CwmpShield.Core.Rules.Yaml;

namespace CwmpShield.Core.Rules.Conditions;

/// <summary><c>artefact</c>: whether the file that the device is told to fetch is in the list of signed artefacts.</summary>
internal sealed class ArtefactCondition(ArtefactList artefacts, bool unsigned) : Condition
{
    /// <inheritdoc/>
    public override SubjectKind Subject => SubjectKind.Transfer;

    /// <inheritdoc/>
    public override int Cost => 20;

    /// <summary>Compiles the condition.</summary>
    public static Condition? Compile(YamlNode node, CompileScope scope)
    {
        if (MapReader.Over(node, scope.Bag, "\"artefact\"") is not { } map)
        {
            return null;
        }

        var unsigned = map.Require("unsigned", "\"artefact\"") is null ? null : map.Flag("unsigned");
        map.Done();
        scope.Artefacts ??= ArtefactList.Compile(scope.Lists.ItemsOf(ArtefactList.ListName), scope.Bag);
        return unsigned is { } asked ? new ArtefactCondition(scope.Artefacts, asked) : null;
    }

    /// <inheritdoc/>
    public override Truth Evaluate(Judgement judgement, in Subject subject) =>
        subject.Transfer is not { } transfer || transfer.Kind is TransferKind.Upload or TransferKind.Uninstall
            ? Truth.No
            : (!artefacts.Contains(transfer.Url)).When(unsigned);

    /// <inheritdoc/>
    public override string Describe() => $"artefact: {{ unsigned: {(unsigned ? "true" : "false")} }}";
}
