using System.Collections.Immutable;
using CwmpShield.Core.Cwmp;
using CwmpShield.Core.Firmware;
using CwmpShield.Core.Rules.Loading;
using CwmpShield.Core.Rules.Yaml;

namespace CwmpShield.Core.Rules.Conditions;

/// <summary>
/// <c>artefact</c>: what vouches for the file that the device is told to fetch: the signed manifest and signed URLs where they are configured, and the
/// list of artefacts that stands beside the rules.
/// </summary>
internal sealed class ArtefactCondition : Condition
{
    private const string AnyReason = "any";
    private static readonly ImmutableArray<string> Words =
    [
        AnyReason, ArtefactReason.NotSigned, ArtefactReason.ManifestExpired, ArtefactReason.ManifestNotYetValid, ArtefactReason.UnknownUrl,
        ArtefactReason.UrlNotAllowed, ArtefactReason.Ambiguous, ArtefactReason.UrlSignatureBad, ArtefactReason.UrlExpired, ArtefactReason.UrlWrongDevice,
        ArtefactReason.WrongModel, ArtefactReason.WrongFileType, ArtefactReason.SizeMismatch, ArtefactReason.WrongTarget, ArtefactReason.Rollback,
        ArtefactReason.WrongStep, ArtefactReason.Withdrawn, ArtefactReason.NotYetValid, ArtefactReason.Expired,
    ];

    private ArtefactList list = null!;
    private string text = "";
    private ArtefactSubject of;
    private bool? unsigned;
    private ImmutableArray<string> reasons = [];

    /// <inheritdoc/>
    public override SubjectKind Subject => of == ArtefactSubject.Transfer ? SubjectKind.Transfer : SubjectKind.Parameter;

    /// <inheritdoc/>
    public override int Cost => 20;

    /// <summary>The reasons that it asks for; all of them for <c>any</c>.</summary>
    public IEnumerable<string> Reasons => reasons.Contains(AnyReason, StringComparer.Ordinal) ? Words.Skip(1) : reasons;

    /// <summary>Every word of <c>reason</c>.</summary>
    public static IReadOnlyList<string> ReasonWords => Words;

    /// <summary>Compiles the condition.</summary>
    public static Condition? Compile(YamlNode node, CompileScope scope)
    {
        if (MapReader.Over(node, scope.Bag, "\"artefact\"") is not { } map)
        {
            return null;
        }

        var image = map.Word("of", "url", "image") is "image";
        scope.Artefacts ??= ArtefactList.Compile(scope.Lists.ItemsOf(ArtefactList.ListName), scope.Bag);
        var condition = new ArtefactCondition
        {
            list = scope.Artefacts,
            text = YamlPrinter.Print(node),
            of = !scope.RuleHasParameter ? ArtefactSubject.Transfer : image ? ArtefactSubject.Image : ArtefactSubject.Source,
            unsigned = map.Flag("unsigned"),
            reasons = [.. map.Texts("reason").Select(t => map.WordOf(t, "reason", Words)).OfType<string>()],
        };
        map.Done();
        if (!map.Has("unsigned") && !map.Has("reason"))
        {
            scope.Bag.Add(node, DiagnosticCode.MissingKey, "\"artefact\" needs the key \"unsigned\" or \"reason\"");
        }

        if (image)
        {
            scope.SiblingNames.Add(FirmwareImages.VersionStep);
        }

        return condition;
    }

    /// <summary>Every condition of this kind within another, but under <c>not</c>.</summary>
    public static IEnumerable<ArtefactCondition> AskedBy(Condition condition) =>
        condition is ArtefactCondition asked ? [asked] : condition is NoneOf ? [] : condition.Parts.SelectMany(AskedBy);

    /// <inheritdoc/>
    public override Truth Evaluate(Judgement judgement, in Subject subject)
    {
        if (!IsAsked(subject))
        {
            return Truth.No;
        }

        var answer = judgement.Artefact(of, subject);
        return ((unsigned is null || IsUnsigned(judgement, subject, answer) == unsigned) && (reasons.IsEmpty || ReasonsOf(judgement, subject).Any())).ToTruth();
    }

    /// <summary>What the gate says of the subject and this condition asks for.</summary>
    public IEnumerable<string> ReasonsOf(Judgement judgement, Subject subject)
    {
        if (!IsAsked(subject) || judgement.Artefact(of, subject) is not { } answer)
        {
            return [];
        }

        return answer.Reasons.Where(r => (reasons.IsEmpty || reasons.Contains(AnyReason, StringComparer.Ordinal) || reasons.Contains(r, StringComparer.Ordinal)) && !IsListed(judgement, subject, r));
    }

    /// <inheritdoc/>
    public override string Describe() => $"artefact: {text}";

    private bool IsAsked(in Subject subject) => of == ArtefactSubject.Transfer
        ? subject.Transfer is { Kind: not (TransferKind.Upload or TransferKind.Uninstall) }
        : subject.Parameter?.Value is not null;

    /// <summary>
    /// Without a manifest the list vouches, or a key's signature in the URL. With one, an artefact of it does, or the key; and the list where policy says so. What else
    /// speaks against a file that somebody vouches for is the business of the reasons, each of which can be lifted alone.
    /// </summary>
    private bool IsUnsigned(Judgement judgement, in Subject subject, ArtefactAnswer? answer)
    {
        var policy = judgement.Artefacts.Policy;
        var listed = (answer is null || !policy.RequiresManifest || policy.TakesListed) && list.Contains(subject.Transfer?.Url ?? subject.Parameter?.Value ?? "");
        return answer is null || !policy.RequiresManifest
            ? !listed && answer is not { UrlKey.Length: > 0 }
            : answer.Reasons.Contains(ArtefactReason.NotSigned, StringComparer.Ordinal) || (!listed && !answer.IsAllowed && answer.Artefact is null);
    }

    private bool IsListed(Judgement judgement, in Subject subject, string reason) =>
        reason == ArtefactReason.UnknownUrl && judgement.Artefacts.Policy.TakesListed && list.Contains(subject.Transfer?.Url ?? subject.Parameter?.Value ?? "");
}
