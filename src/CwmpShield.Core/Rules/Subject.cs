using CwmpShield.Core.Cwmp;
using CwmpShield.Core.DataModel;

namespace CwmpShield.Core.Rules;

/// <summary>The part of a message on which a rule is being evaluated.</summary>
/// <param name="Parameter">The parameter; null for another kind of subject.</param>
/// <param name="Match">What the parameter belongs to.</param>
/// <param name="Transfer">The transfer; null for another kind of subject.</param>
internal readonly record struct Subject(ParameterMention? Parameter, ShapeMatch Match, TransferOrder? Transfer)
{
    /// <summary>The message as a whole.</summary>
    public static Subject Whole => new(null, ShapeMatch.None, null);
}
