using System.Globalization;
using CwmpShield.Core.Audit;

namespace CwmpShield.Cli.Audit;

/// <summary>All that a record says, name by name.</summary>
internal static class RecordText
{
    /// <summary>Says it; names without a value are said with an empty one.</summary>
    public static void Write(AuditRecord record, IReadOnlyDictionary<string, string> titles, Action<string, string> say)
    {
        say("record", string.Create(CultureInfo.InvariantCulture, $"{record.Node} {record.Sequence}"));
        say("time", RecordView.Time(record.At));
        say("kind", AuditKindName.Of(record.Kind));
        say("device", record.Device);
        say("model", record.Model);
        say("strength", record.Strength);
        say("source", record.Source);
        say("session", record.Session);
        say("message", record.MessageId.Length > 0 ? $"{record.Message} (id {record.MessageId})" : record.Message);
        say("artefact", record.Artefact);
        Parameters(record, say);
        say("verdict", record.Verdict);
        say("fault", Number(record.Fault));
        foreach (var reason in record.Reasons)
        {
            say("reason", reason);
        }

        foreach (var rule in record.Rules)
        {
            say("rule", titles.TryGetValue(rule, out var title) ? $"{rule}: {title}" : rule);
        }

        foreach (var ticket in record.Exceptions)
        {
            say("exception", ticket);
        }

        say("rule set", record.RuleSet);
        say("actor", record.Actor);
        say("action", record.Action);
        say("subject", record.Subject);
        say("detail", record.Detail);
        say("intent", Number(record.Intent));
        say("order", record.Order);
        say("trace", record.Trace);
        say("count", record.Count == 1 ? "" : Number(record.Count));
    }

    private static void Parameters(AuditRecord record, Action<string, string> say)
    {
        foreach (var one in record.Parameters)
        {
            var value = one.Value is { } shown ? $" = {shown}" : one.Mac is not null ? " = (not kept)" : "";
            say("parameter", $"{one.Name}{value}{(one.Mac is { } mac ? $"  [mac {mac}]" : "")}");
        }

        say("", record.ParametersLeftOut > 0 ? string.Create(CultureInfo.InvariantCulture, $"and {record.ParametersLeftOut} parameters more") : "");
    }

    private static string Number(long number) => number == 0 ? "" : number.ToString(CultureInfo.InvariantCulture);
}
