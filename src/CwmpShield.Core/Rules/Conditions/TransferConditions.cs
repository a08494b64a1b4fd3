using CwmpShield.Core.Cwmp;
using CwmpShield.Core.DataModel.Values;
using CwmpShield.Core.Rules.Loading;
using CwmpShield.Core.Rules.Yaml;

namespace CwmpShield.Core.Rules.Conditions;

/// <summary><c>file-type</c> and <c>not-file-type</c>: FileType of a transfer.</summary>
internal sealed class FileTypeCondition(string[] types, bool negated) : Condition
{
    /// <inheritdoc/>
    public override SubjectKind Subject => SubjectKind.Transfer;

    /// <summary>Compiles <c>file-type</c>.</summary>
    public static Condition? Compile(YamlNode node, CompileScope scope) => Compile(node, scope, false);

    /// <summary>Compiles <c>not-file-type</c>.</summary>
    public static Condition? CompileNegated(YamlNode node, CompileScope scope) => Compile(node, scope, true);

    /// <inheritdoc/>
    public override Truth Evaluate(Judgement judgement, in Subject subject)
    {
        if (subject.Transfer is not { } transfer)
        {
            return Truth.No;
        }

        var written = transfer.FileType.Trim();
        foreach (var type in types)
        {
            if (NumberedWord.Matches(type, written))
            {
                return negated ? Truth.No : Truth.Yes;
            }
        }

        return negated ? Truth.Yes : Truth.No;
    }

    /// <inheritdoc/>
    public override string Describe() => $"{(negated ? "not-" : "")}file-type: [{string.Join(", ", types)}]";

    private static FileTypeCondition Compile(YamlNode node, CompileScope scope, bool negated) =>
        new([.. MapReader.TextsOf(node, "file-type", scope.Bag).Select(t => t.Value.Trim())], negated);
}

/// <summary><c>transfer</c>: kind and credentials of a transfer.</summary>
internal sealed class TransferCondition : Condition
{
    private static readonly Dictionary<string, TransferKind> Kinds = new(StringComparer.Ordinal)
    {
        ["download"] = TransferKind.Download,
        ["schedule-download"] = TransferKind.ScheduleDownload,
        ["upload"] = TransferKind.Upload,
        ["install"] = TransferKind.Install,
        ["update"] = TransferKind.Update,
        ["uninstall"] = TransferKind.Uninstall,
    };

    private string text = "";
    private TransferKind[] kinds = [];
    private bool? username;
    private bool? password;

    /// <inheritdoc/>
    public override SubjectKind Subject => SubjectKind.Transfer;

    /// <summary>Compiles the condition.</summary>
    public static Condition? Compile(YamlNode node, CompileScope scope)
    {
        if (MapReader.Over(node, scope.Bag, "\"transfer\"") is not { } map)
        {
            return null;
        }

        var condition = new TransferCondition
        {
            text = YamlPrinter.Print(node),
            kinds = [.. map.Texts("kind").Select(t => map.WordOf(t, "kind", Kinds.Keys)).OfType<string>().Select(w => Kinds[w])],
            username = map.Flag("username"),
            password = map.Flag("password"),
        };
        map.Done();
        return condition;
    }

    /// <inheritdoc/>
    public override Truth Evaluate(Judgement judgement, in Subject subject) =>
        (subject.Transfer is { } transfer
            && (kinds.Length == 0 || kinds.AsSpan().Contains(transfer.Kind))
            && (username is null || (transfer.Username.Length > 0) == username)
            && (password is null || transfer.HasPassword == password)).ToTruth();

    /// <inheritdoc/>
    public override string Describe() => $"transfer: {text}";
}
