using CwmpShield.Core.Audit;
using CwmpShield.Core.Rules;
using CwmpShield.Gateway.Auditing;
using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.Inspection;
using CwmpShield.Gateway.WebConsole.Pages;

namespace CwmpShield.Gateway.WebConsole.Overview;

/// <summary>What asks for somebody in the gateway itself: its ledger, its rules, whether the glass is broken, and whether it refuses just now.</summary>
internal sealed class LedgerAttention(Ledger ledger, AuditOptions audit, RuleSetHolder rules, BreakGlass glass)
{
    private const int WarnDays = 14;

    /// <summary>Refusals that somebody meant; strangers who cannot log in come all day.</summary>
    private static readonly HashSet<AuditKind> Refused = [AuditKind.OrderRefused, AuditKind.MessageRefused, AuditKind.Quarantined];

    /// <summary>Finds it.</summary>
    public IEnumerable<AttentionItem> Find(LedgerPicture picture, DateTimeOffset now)
    {
        if (glass.IsBroken && glass.Order is { } order)
        {
            yield return new("break-glass", "bad", $"Rules only record: {Format.Printable(order.Actor)} has broken the glass; it mends itself in {Format.Span(order.Until - now)}.", "/health", "System health");
        }

        if (!ledger.IsUp)
        {
            yield return new("ledger down", "bad", "The ledger cannot be written: dangerous orders are refused until it can.", "/health", "System health");
        }

        if (ledger.Waiting > audit.Queue / 2)
        {
            yield return new("queue", "warn", $"{Format.Number(ledger.Waiting)} records wait to be written, of {Format.Number(audit.Queue)} that may.", "/health", "System health");
        }

        foreach (var chain in picture.Unsigned.Where(chain => now - chain.Since > (2 * audit.CheckpointInterval) + TimeSpan.FromMinutes(1)))
        {
            yield return new("unsigned", "warn", $"Records of {chain.Node} wait for a checkpoint since {Format.Span(now - chain.Since)}.", "/ledger/chains", "Chains");
        }

        if (picture.RulesChange is { Record.Action: ChangeAudit.Kept } kept)
        {
            yield return new("rules kept", "bad", "Changed rules are not good; the last ones stay in force.", FormattableString.Invariant($"/records/{kept.Chain}/{kept.Sequence}"), "What is wrong with them");
        }

        if (rules.Current.Mode == RuleMode.Observe && !glass.IsBroken)
        {
            yield return new("observe", "warn", "Rules only record: the gateway runs in observe mode.", "/rules", "Rules");
        }

        var lately = now - TimeSpan.FromHours(2);
        if (picture.Hours.Where(one => one.Hour > lately && Refused.Contains(one.Kind)).Sum(one => one.Count) is > 0 and var refused)
        {
            var what = refused == 1 ? "One order or message of a device was" : $"{Format.Number(refused)} orders and messages of devices were";
            yield return new("refused", "warn", $"{what} refused in this hour and the one before.", $"/attacks?day={AttacksModel.Text(now)}", "Whose, and what stopped them");
        }

        foreach (var exception in rules.Current.Exceptions.Where(one => one.Until > now && one.Until - now < TimeSpan.FromDays(WarnDays)).OrderBy(one => one.Until).Take(5))
        {
            yield return new("exception", "info", $"The exception of ticket {exception.Ticket} ends in {Format.Span(exception.Until - now)}.", "/rules/exceptions", "Exceptions");
        }
    }
}
