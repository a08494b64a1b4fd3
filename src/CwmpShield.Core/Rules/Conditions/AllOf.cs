namespace CwmpShield.Core.Rules.Conditions;

/// <summary>A <c>where</c>: every condition holds.</summary>
internal sealed class AllOf : Condition
{
    private readonly Condition[] parts;

    public AllOf(IEnumerable<Condition> parts) => this.parts = [.. parts.OrderBy(p => p.Cost)];

    /// <inheritdoc/>
    public override IReadOnlyList<Condition> Parts => parts;

    /// <inheritdoc/>
    public override SubjectKind Subject => parts.Length == 0 ? SubjectKind.Message : parts.Max(p => p.Subject);

    /// <inheritdoc/>
    public override int Cost => parts.Length == 0 ? 0 : parts.Max(p => p.Cost);

    /// <inheritdoc/>
    public override Truth Evaluate(Judgement judgement, in Subject subject)
    {
        var truth = Truth.Yes;
        foreach (var part in parts)
        {
            truth = truth.And(part.Evaluate(judgement, subject));
            if (truth == Truth.No)
            {
                break;
            }
        }

        return truth;
    }

    /// <inheritdoc/>
    public override string Describe() => string.Join(", ", parts.Select(p => p.Describe()));
}
