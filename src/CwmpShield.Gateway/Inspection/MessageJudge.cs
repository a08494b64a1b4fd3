using System.Collections.Frozen;
using CwmpShield.Core.Cwmp;
using CwmpShield.Core.Decisions;
using CwmpShield.Core.Identity;
using CwmpShield.Core.Identity.Rotation;
using CwmpShield.Core.Rules;
using CwmpShield.Core.Wire;
using CwmpShield.Gateway.Auditing;
using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.Credentials;
using CwmpShield.Gateway.Firmware;
using CwmpShield.Gateway.Telemetry;
using CwmpShield.Gateway.Telemetry.Tracing;
using CwmpShield.Gateway.Throttling;
using Microsoft.Extensions.Logging;

namespace CwmpShield.Gateway.Inspection;

/// <summary>Reads, judges and re-writes one body with the rules in force.</summary>
internal delegate Core.Decisions.Inspection InspectMessage(in RawMessage raw, InspectionContext context);

/// <summary>Has every body judged within the bounds of its listener, and counts what came of it.</summary>
internal sealed class MessageJudge(
    InspectMessage inspect,
    HeldOrders held,
    ArtefactHolder artefacts,
    RateCounters rates,
    CredentialScan credentials,
    ImpersonationAlarm alarm,
    StrangerAudit strangers,
    ShieldMetrics metrics,
    DecisionFeed feed,
    TimeProvider time,
    ILogger<MessageJudge> log)
{
    /// <summary>In the log, where no rule has spoken.</summary>
    private const string NoRule = "none";

    /// <summary>Judges a device's body.</summary>
    /// <param name="raw">The body.</param>
    /// <param name="session">Its session, null for a first message.</param>
    /// <param name="context">Who sent it and where from, where there is no session.</param>
    /// <param name="limits">Bounds of its listener.</param>
    public Core.Decisions.Inspection FromDevice(in RawMessage raw, DeviceSession? session, InspectionContext context, ListenerLimits limits)
    {
        var complete = session is null ? context : context with { Traits = session.Traits, Facts = session.Facts };
        using var span = ExchangeSpans.Begin(ExchangeSpans.Judge, session?.Id);
        var inspection = Judge(raw, complete with { Limits = Bounds(limits, limits.MaxUpBodyBytes) });
        ExchangeSpans.Judged(span, raw.Direction, inspection);
        if (!inspection.Decision.Forwards)
        {
            strangers.Refused(inspection, complete.Traits, complete.Source ?? session?.Source, session?.Id ?? "");
        }

        return inspection;
    }

    /// <summary>Judges the ACS's body within <paramref name="session"/>. An order that an operator has released passes once, judged again for everything else.</summary>
    public async ValueTask<Core.Decisions.Inspection> FromAcsAsync(RawMessage raw, DeviceSession session)
    {
        var limits = session.Listener.Limits;
        var context = Complete(new InspectionContext
        {
            Traits = session.Traits,
            Facts = session.Facts,
            Source = session.Source,
            Signals = _ => alarm.Standing(session.Party, session.Listener),
            Limits = Bounds(limits, limits.MaxDownBodyBytes),
        });
        using var span = ExchangeSpans.Begin(ExchangeSpans.Judge, session.Id);
        var start = time.GetTimestamp();
        var inspection = inspect(raw, context);
        if (inspection.Message is { IsOrder: true } setting && await credentials.FindAsync(session, setting) is var flaws and not CredentialFlaw.None)
        {
            context = context with { Credentials = flaws };
            inspection = inspect(raw, context);
        }

        if (inspection is { Message: { IsOrder: true } order, Decision.Verdict: Verdict.Hold }
            && await held.TryPassAsync(session, order, inspection.Decision) is { } released)
        {
            inspection = inspect(raw, context with { ReleasedOrders = new[] { released }.ToFrozenSet(StringComparer.Ordinal) });
        }

        Report(raw.Direction, inspection, context, start);
        ExchangeSpans.Judged(span, raw.Direction, inspection);
        return inspection;
    }

    /// <summary>Reports an order that the rules allowed and a <see cref="SessionParticipant"/> refuses.</summary>
    public void Refused(DeviceSession session, CwmpMessage order, Decision decision)
    {
        var reason = decision.Reasons.Count > 0 ? decision.Reasons[0] : "";
        metrics.Refused("", reason);
        metrics.Exchanges.OrderRefused(order.Rpc, "", reason);
        log.Judged(decision.Verdict, order.Rpc, Direction.AcsToCpe, NoRule, reason, session.Device.Device.ToString());
        Show(Direction.AcsToCpe, new Core.Decisions.Inspection { Decision = decision, Message = order }, session.Traits);
    }

    /// <summary>An empty message of a device that is refused all the same.</summary>
    public Core.Decisions.Inspection Refused(string reason)
    {
        var refused = new Core.Decisions.Inspection { Decision = new Decision { Reasons = [reason] } };
        Count(Direction.CpeToAcs, refused, new InspectionContext(), TimeSpan.Zero);
        return refused;
    }

    private Core.Decisions.Inspection Judge(in RawMessage raw, InspectionContext context)
    {
        var start = time.GetTimestamp();
        var inspection = inspect(raw, Complete(context));
        Report(raw.Direction, inspection, context, start);
        return inspection;
    }

    private InspectionContext Complete(InspectionContext context) => context with { Now = time.GetUtcNow(), Rates = rates, Artefacts = artefacts.Current };

    private void Report(Direction direction, Core.Decisions.Inspection inspection, InspectionContext context, long start)
    {
        Count(direction, inspection, context, time.GetElapsedTime(start));
        Show(direction, inspection, context.Traits);
    }

    private void Count(Direction direction, Core.Decisions.Inspection inspection, InspectionContext context, TimeSpan elapsed)
    {
        var decision = inspection.Decision;
        var reason = decision.Reasons.Count > 0 ? decision.Reasons[0] : "";
        metrics.Judged(inspection.Message?.Rpc ?? RpcKind.Unknown, direction, decision.Verdict, elapsed);
        if (inspection.Message is null)
        {
            metrics.ParseError(direction, reason);
        }
        else if (inspection.Message is { Rpc: RpcKind.Inform, Role: MessageRole.Request } inform)
        {
            metrics.Exchanges.Informed(inform);
        }

        if (decision.Verdict is Verdict.Forward)
        {
            return;
        }

        var rule = decision.Hits.Count > 0 ? decision.Hits[0].RuleId : "";
        if (!decision.Forwards)
        {
            metrics.Refused(rule, reason);
            if (inspection.Message is { IsOrder: true } order)
            {
                metrics.Exchanges.OrderRefused(order.Rpc, rule, reason);
            }

            metrics.Tr064(direction == Direction.AcsToCpe ? "acs-message" : "device-message", Tr064Of(decision));
        }

        log.Judged(decision.Verdict, inspection.Message?.Rpc ?? RpcKind.Unknown, direction, rule.Length > 0 ? rule : NoRule, reason, context.Traits.Device?.ToString() ?? "");
    }

    /// <summary>The word of the TR-064 family among reasons and rules; empty when there is none.</summary>
    private static string Tr064Of(Decision decision) =>
        decision.Reasons.Concat(decision.Hits.Where(hit => hit.Exception is null).Select(hit => hit.RuleId)).FirstOrDefault(Tr064Reason.IsOne, "");

    private void Show(Direction direction, Core.Decisions.Inspection inspection, DeviceTraits traits)
    {
        if (feed.IsWatched)
        {
            feed.Publish(new DecisionEvent
            {
                At = time.GetUtcNow(),
                Device = traits.Device,
                Strength = traits.Strength,
                Direction = direction,
                Message = inspection.Message?.Name ?? "",
                Decision = inspection.Decision,
            });
        }
    }

    private static SoapLimits Bounds(ListenerLimits limits, int maxBytes) => new()
    {
        MaxBytes = maxBytes,
        MaxDepth = limits.MaxXmlDepth,
        MaxElements = limits.MaxXmlElements,
    };
}
