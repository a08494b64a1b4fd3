namespace CwmpShield.Core.Rules.Conditions;

/// <summary><c>any-of</c>: at least one of the maps holds.</summary>
internal sealed class AnyOf(IReadOnlyList<Condition> parts) : Condition
{
    /// <inheritdoc/>
    public override IReadOnlyList<Condition> Parts => parts;

    /// <inheritdoc/>
    public override SubjectKind Subject => parts.Count == 0 ? SubjectKind.Message : parts.Max(p => p.Subject);

    /// <inheritdoc/>
    public override int Cost => 40;

    /// <inheritdoc/>
    public override Truth Evaluate(Judgement judgement, in Subject subject)
    {
        var truth = Truth.No;
        for (var i = 0; i < parts.Count && truth != Truth.Yes; i++)
        {
            truth = truth.Or(parts[i].Evaluate(judgement, subject));
        }

        return truth;
    }

    /// <inheritdoc/>
    public override string Describe() => $"any-of: [{string.Join("; ", parts.Select(p => p.Describe()))}]";
}
