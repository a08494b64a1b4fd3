using System.Text.RegularExpressions;
using CwmpShield.Core.Cwmp;
using CwmpShield.Core.DataModel.Values;
using CwmpShield.Core.Rules.Loading;
using CwmpShield.Core.Rules.Yaml;

namespace CwmpShield.Core.Rules.Conditions;

/// <summary><c>url</c>: parts of a transfer's URL, or of a parameter's value.</summary>
internal sealed class UrlCondition : Condition
{
    private string text = "";
    private string of = "url";
    private bool ofParameter;
    private (ItemSet Set, bool Negated, Func<UrlValue, ValueElement> Part)[] sets = [];
    private (Regex Regex, bool Negated, Func<UrlValue, string> Part)[] patterns = [];
    private bool? userInfo;
    private bool? present;
    private bool? unreadable;

    /// <inheritdoc/>
    public override SubjectKind Subject => ofParameter ? SubjectKind.Parameter : SubjectKind.Transfer;

    /// <inheritdoc/>
    public override int Cost => 20;

    /// <summary>Compiles the condition.</summary>
    public static Condition? Compile(YamlNode node, CompileScope scope)
    {
        if (MapReader.Over(node, scope.Bag, "\"url\"") is not { } map)
        {
            return null;
        }

        var condition = new UrlCondition
        {
            text = YamlPrinter.Print(node),
            ofParameter = scope.RuleHasParameter,
            of = map.Word("of", "url", "success-url", "failure-url") ?? "url",
            sets = [.. Sets(map, scope)],
            patterns = [.. Patterns(map, scope)],
            userInfo = map.Flag("userinfo"),
            present = map.Flag("present"),
            unreadable = map.Flag("unreadable"),
        };
        map.Done();
        return condition;
    }

    /// <inheritdoc/>
    public override Truth Evaluate(Judgement judgement, in Subject subject)
    {
        var written = ofParameter ? subject.Parameter?.Value : UrlOf(subject.Transfer);
        if (written is null || (present is { } asked && (written.Length > 0) != asked))
        {
            return Truth.No;
        }

        var readable = UrlValue.TryParse(written, out var url);
        if (unreadable is { } wanted && readable == wanted)
        {
            return Truth.No;
        }

        if (sets.Length + patterns.Length == 0 && userInfo is null)
        {
            return Truth.Yes;
        }

        return readable ? Holds(url!).ToTruth() : Truth.Unreadable;
    }

    /// <inheritdoc/>
    public override string Describe() => $"url: {text}";

    private bool Holds(UrlValue url)
    {
        foreach (var (set, negated, part) in sets)
        {
            if (set.Contains(part(url)) == negated)
            {
                return false;
            }
        }

        foreach (var (regex, negated, part) in patterns)
        {
            if (regex.IsMatch(part(url)) == negated)
            {
                return false;
            }
        }

        return userInfo is null || url.HasUserInfo == userInfo;
    }

    private string? UrlOf(TransferOrder? transfer) => transfer is null or { Kind: TransferKind.Uninstall } ? null : of switch
    {
        "success-url" => transfer.SuccessUrl,
        "failure-url" => transfer.FailureUrl,
        _ => transfer.Url,
    };

    private static IEnumerable<(ItemSet Set, bool Negated, Func<UrlValue, ValueElement> Part)> Sets(MapReader map, CompileScope scope)
    {
        (string Key, ValueKind Kind, Func<UrlValue, ValueElement> Part)[] parts =
        [
            ("scheme", ValueKind.Text, u => new(ValueKind.Text, u.Scheme)),
            ("host", ValueKind.Host, u => new(ValueKind.Host, Host: u.Host)),
            ("port", ValueKind.Number, u => new(ValueKind.Number, Number: u.Host.Port)),
            ("in", ValueKind.Url, u => new(ValueKind.Url, Url: u, Host: u.Host)),
        ];
        foreach (var (key, kind, part) in parts)
        {
            if (map.Take(key) is { } node && scope.Items(node, key, kind) is { } set)
            {
                yield return (set, false, part);
            }

            if (map.Take("not-" + key) is { } negative && scope.Items(negative, "not-" + key, kind, refusesWhenEmpty: true) is { } outside)
            {
                yield return (outside, true, part);
            }
        }
    }

    private static IEnumerable<(Regex Regex, bool Negated, Func<UrlValue, string> Part)> Patterns(MapReader map, CompileScope scope)
    {
        (string Key, Func<UrlValue, string> Part)[] parts = [("path", u => u.Path), ("query", u => u.Query)];
        foreach (var (key, part) in parts)
        {
            if (map.Take(key) is { } node && RegexCompiler.Compile(node, scope.Bag) is { } regex)
            {
                yield return (regex, false, part);
            }

            if (map.Take("not-" + key) is { } negative && RegexCompiler.Compile(negative, scope.Bag) is { } outside)
            {
                yield return (outside, true, part);
            }
        }
    }
}
