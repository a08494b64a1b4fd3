using CwmpShield.Core.Cwmp;
using CwmpShield.Core.Rules.Conditions;
using CwmpShield.Core.Rules.Yaml;

namespace CwmpShield.Core.Rules.Loading;

/// <summary>Compiles one item under <c>rules</c>.</summary>
internal static class RuleCompiler
{
    private static readonly string[] Actions = ["deny", "quarantine", "hold", "neutralise", "observe"];
    private static readonly string[] Neutralisations = ["characters", "empty"];
    private static readonly string[] Severities = ["info", "low", "medium", "high", "critical"];
    private static readonly string[] Maturities = ["sandbox", "incubating", "stable"];

    /// <summary>The rule, or null with problems.</summary>
    public static Rule? Compile(YamlNode node, CompileScope scope)
    {
        if (MapReader.Over(node, scope.Bag, "a rule") is not { } map)
        {
            return null;
        }

        var id = ReadId(map);
        var what = id.Length > 0 ? $"rule \"{id}\"" : "a rule";
        IReadOnlyList<YamlText> on = map.Require("on", what) is null ? [] : map.Texts("on");
        var where = map.Take("where");
        scope.RuleHasParameter = WhereCompiler.MentionsParameter(where);
        scope.Depth = 0;
        var condition = WhereCompiler.Compile(where, scope);
        var oneWay = condition.Parts.OfType<DirectionCondition>().FirstOrDefault()?.Direction;
        var rule = new Rule
        {
            Id = id,
            Title = map.RequireText("title", what),
            Severity = (Severity)Word(map, "severity", Severities, what),
            Maturity = map.Word("maturity", Maturities) is { } maturity ? (Maturity)Array.IndexOf(Maturities, maturity) : Maturity.Incubating,
            Why = map.Text("why") ?? "",
            References = [.. map.Texts("references").Select(t => t.Value)],
            Tags = [.. Tags(map)],
            On = [.. on.Select(t => t.Value)],
            Kinds = [.. MessageSelector.Read(on, scope.Bag).Where(k => oneWay is null || k.Direction == oneWay)],
            Action = (RuleAction)Word(map, "then", Actions, what),
            Neutralises = map.Word("neutralise", Neutralisations) is { } how ? (Neutralisation)Array.IndexOf(Neutralisations, how) : Neutralisation.Characters,
            Fault = (int?)map.Number("fault", 0, int.MaxValue),
            Pack = node.File,
            Line = node.Line,
            Text = $"{string.Join(' ', on.Select(t => t.Value).Order(StringComparer.Ordinal))} {(where is null ? "" : YamlPrinter.Print(where))} {map.Text("then")} {map.Text("neutralise")}",
            Where = condition,
            AskedOfArtefacts = [.. ArtefactCondition.AskedBy(condition)],
        };
        map.Done();
        foreach (var rate in rule.Where.Parts.OfType<RateCondition>())
        {
            rate.RuleId = id;
        }

        CheckFits(rule, map);
        return rule;
    }

    private static string ReadId(MapReader map)
    {
        var id = map.RequireText("id", "a rule");
        if (id.Length > 0 && !Words.IsKebab(id))
        {
            map.Bag.Add(map.Take("id")!, DiagnosticCode.BadName, $"rule id \"{id}\" is not kebab-case", "lower-case letters, digits and single hyphens, at most 64");
        }

        return id;
    }

    private static int Word(MapReader map, string key, string[] words, string what) =>
        map.Require(key, what) is not null && map.Word(key, words) is { } word ? Array.IndexOf(words, word) : 0;

    private static IEnumerable<string> Tags(MapReader map)
    {
        foreach (var tag in map.Texts("tags"))
        {
            if (!Words.IsKebab(tag.Value))
            {
                map.Bag.Add(tag, DiagnosticCode.BadName, $"tag \"{tag.Value}\" is not kebab-case");
            }

            yield return tag.Value;
        }
    }

    private static void CheckFits(Rule rule, MapReader map)
    {
        var subjects = Subjects(rule.Where).Distinct().ToArray();
        if (subjects.Contains(SubjectKind.Parameter) && subjects.Contains(SubjectKind.Transfer))
        {
            map.Bag.Add(map.Node, DiagnosticCode.CannotBe, "a rule can be about parameters or about transfers, not both", "write two rules");
        }

        if (rule.Action == RuleAction.Neutralise && rule.Kinds.Any(k => k.Direction == Direction.AcsToCpe))
        {
            map.Bag.Add(map.Take("then")!, DiagnosticCode.CannotBe, "\"neutralise\" is for messages from the device", "orders are refused whole, never changed");
        }

        if (rule.Action == RuleAction.Neutralise && rule.Subject == SubjectKind.Message && !ArgumentCondition.AskedBy(rule.Where).Any())
        {
            map.Bag.Add(map.Take("then")!, DiagnosticCode.CannotBe, "\"neutralise\" needs a value or an argument to change");
        }

        if (rule.Action != RuleAction.Neutralise && map.Take("neutralise") is { } stray)
        {
            map.Bag.Add(stray, DiagnosticCode.CannotBe, "\"neutralise\" says how, and needs \"then: neutralise\"");
        }

        CheckFault(rule, map);
        if (rule.Kinds.Length > 0 && rule.Kinds.All(k => !Fits(rule.Subject, k)))
        {
            map.Bag.Add(map.Node, DiagnosticCode.NeverHolds, $"rule \"{rule.Id}\" can never hold: its messages name no {(rule.Subject == SubjectKind.Transfer ? "transfers" : "parameters")}");
        }
    }

    private static IEnumerable<SubjectKind> Subjects(Condition condition) =>
        condition.Parts.Count == 0 ? [condition.Subject] : condition.Parts.SelectMany(Subjects);

    private static bool Fits(SubjectKind subject, MessageKind kind) => subject switch
    {
        SubjectKind.Parameter => kind.HasParameters,
        SubjectKind.Transfer => kind.HasTransfers,
        _ => true,
    };

    private static void CheckFault(Rule rule, MapReader map)
    {
        if (rule.Fault is not { } fault)
        {
            return;
        }

        var ofDevice = fault is >= 9000 and <= 9899;
        var ofAcs = fault is >= 8000 and <= 8899 and not 8005;
        if (!ofDevice && !ofAcs)
        {
            map.Bag.Add(map.Take("fault")!, DiagnosticCode.BadFault, $"fault {fault} is not allowed", "9000 to 9899 for orders and answers, 8000 to 8899 but 8005 for calls of the device");
        }
        else if (rule.Kinds.Length > 0 && !rule.Kinds.Any(k => ofAcs == (k is { Direction: Direction.CpeToAcs, Role: MessageRole.Request })))
        {
            map.Bag.Add(map.Take("fault")!, DiagnosticCode.BadFault, $"fault {fault} is told by the other side", "9xxx in the device's name, 8xxx in the ACS's");
        }
    }
}
