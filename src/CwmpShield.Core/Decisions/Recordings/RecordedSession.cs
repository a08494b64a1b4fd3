using CwmpShield.Core.Cwmp;
using CwmpShield.Core.Identity;
using CwmpShield.Core.Rules;
using CwmpShield.Core.Sessions;
using CwmpShield.Core.Wire;

namespace CwmpShield.Core.Decisions.Recordings;

/// <summary>Plays recorded messages through the inspection in their order, with what the session teaches on the way.</summary>
public sealed class RecordedSession(RuleSet rules, InspectionContext start)
{
    private SessionFacts facts = new();
    private DeviceTraits traits = start.Traits;
    private CwmpMessage? pending;

    /// <summary>Inspects the next message; an Inform begins a new session.</summary>
    public Inspection Next(RecordedMessage recorded, Direction direction)
    {
        var raw = new RawMessage(direction, recorded.Body, recorded.ContentType, recorded.SoapAction, recorded.Path);
        var inspection = Inspector.Inspect(rules, raw, ContextFor(direction));
        if (inspection.Message is { } message)
        {
            Learn(message, inspection.Decision);
        }

        return inspection;
    }

    /// <summary>Explains the rules that hold for the next message, which stays the next.</summary>
    public IReadOnlyList<RuleExplanation> Explain(RecordedMessage recorded, Direction direction, string? ruleId = null) =>
        Explainer.Explain(rules, new RawMessage(direction, recorded.Body, recorded.ContentType, recorded.SoapAction, recorded.Path), ContextFor(direction), ruleId);

    private InspectionContext ContextFor(Direction direction) => start with
    {
        Traits = traits,
        Facts = facts,
        Limits = direction == Direction.AcsToCpe ? SoapLimits.FromAcs : SoapLimits.FromDevice,
    };

    private void Learn(CwmpMessage message, Decision decision)
    {
        if (message is { Rpc: RpcKind.Inform, Role: MessageRole.Request })
        {
            facts = new SessionFacts { Wanted = facts.Wanted };
            facts.Informed(message);
            pending = null;
            if (start.Traits.Device is null)
            {
                traits = start.Traits with { Device = message.Device, SoftwareVersion = Reported(message, "softwareversion") };
            }
        }
        else if (message.IsOrder && decision.Forwards)
        {
            facts.Ordered(message);
            pending = message;
        }
        else if (message.Direction == Direction.CpeToAcs && message.Role != MessageRole.Request && pending is { } order)
        {
            facts.Answered(order, message);
            pending = null;
        }
    }

    private static string Reported(CwmpMessage inform, string step) =>
        inform.Parameters.FirstOrDefault(p => ParameterPath.LastStep(p.Name).Equals(step, StringComparison.OrdinalIgnoreCase))?.Value ?? "";
}
