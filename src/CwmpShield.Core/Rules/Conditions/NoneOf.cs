namespace CwmpShield.Core.Rules.Conditions;

/// <summary><c>not</c>: none of the conditions inside holds.</summary>
internal sealed class NoneOf(IReadOnlyList<Condition> parts) : Condition
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

        return truth.Negate();
    }

    /// <inheritdoc/>
    public override string Describe() => $"not: {{ {string.Join(", ", parts.Select(p => p.Describe()))} }}";
}
