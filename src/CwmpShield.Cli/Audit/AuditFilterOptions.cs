using System.CommandLine;
using CwmpShield.Core.Audit;
using CwmpShield.Gateway.Auditing;

namespace CwmpShield.Cli.Audit;

/// <summary>Which records are meant: the options of every verb that reads the ledger.</summary>
internal sealed class AuditFilterOptions
{
    private readonly Option<DateTimeOffset?> from = new("--from") { Description = "From this time on: 2026-11-26, 2026-11-26T20:15:00Z (UTC), or 24h for a day ago.", HelpName = "TIME", CustomParser = TimeText.Read };
    private readonly Option<DateTimeOffset?> to = new("--to") { Description = "Before this time.", HelpName = "TIME", CustomParser = TimeText.Read };
    private readonly Option<string[]> kinds = new("--kind") { Description = "Only records of this kind; may be given again.", HelpName = "KIND", DefaultValueFactory = _ => [] };
    private readonly Option<bool> refused = new("--refused") { Description = "Only what was refused." };
    private readonly Option<string> node = Text("--node", "Only of this node.");
    private readonly Option<string> device = Text("--device", "Only of this device, OUI-ProductClass-SerialNumber; with * at the end, of all that begin so.");
    private readonly Option<string> model = Text("--model", "Only of this model, OUI-ProductClass.");
    private readonly Option<string> session = Text("--session", "Only of this session.");
    private readonly Option<string> source = Text("--source", "Only from this address.");
    private readonly Option<string> message = Text("--message", "Only this message, e.g. Download.");
    private readonly Option<string> verdict = Text("--verdict", "Only this verdict.");
    private readonly Option<string> rule = Text("--rule", "Only where this rule was the first to hold.");
    private readonly Option<string> reason = Text("--reason", "Only with this reason as the first.");
    private readonly Option<string> actor = Text("--actor", "Only of this operator.");

    private AuditFilterOptions() => kinds.AcceptOnlyFromAmong([.. AuditKindName.All]);

    /// <summary>Adds the options to <paramref name="command"/>.</summary>
    public static AuditFilterOptions AddTo(Command command)
    {
        var options = new AuditFilterOptions();
        foreach (var option in new Option[]
        {
            options.from, options.to, options.kinds, options.refused, options.node, options.device, options.model, options.session, options.source,
            options.message, options.verdict, options.rule, options.reason, options.actor,
        })
        {
            command.Options.Add(option);
        }

        return options;
    }

    /// <summary>The query.</summary>
    public LedgerQuery Get(ParseResult result) => new()
    {
        From = result.GetValue(from),
        To = result.GetValue(to),
        Kinds = [.. result.GetValue(kinds)!.Select(AuditKindName.Parse)],
        RefusedOnly = result.GetValue(refused),
        Node = result.GetValue(node)!,
        Device = result.GetValue(device)!,
        Model = result.GetValue(model)!,
        Session = result.GetValue(session)!,
        Source = result.GetValue(source)!,
        Message = result.GetValue(message)!,
        Verdict = result.GetValue(verdict)!,
        Rule = result.GetValue(rule)!,
        Reason = result.GetValue(reason)!,
        Actor = result.GetValue(actor)!,
    };

    private static Option<string> Text(string name, string description) =>
        new(name) { Description = description, HelpName = name[2..].ToUpperInvariant(), DefaultValueFactory = _ => "" };
}
