using CwmpShield.Core.Cwmp;

namespace CwmpShield.Core.Rules;

/// <summary>A rule that held.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Truth">Yes, or unreadable.</param>
/// <param name="Parameter">The parameter on which it held, null for another kind of subject.</param>
/// <param name="Transfer">The transfer on which it held, null for another kind of subject.</param>
/// <param name="LiftedBy">The exception that lifts it, null when it stands.</param>
public sealed record RuleMatch(Rule Rule, Truth Truth, ParameterMention? Parameter, TransferOrder? Transfer, RuleException? LiftedBy);
