namespace CwmpShield.Core.Rules.Conditions;

/// <summary><c>not</c>: none of the conditions inside holds.</summary>
internal sealed class NoneOf(IReadOnlyList<Condition> parts) : Condition
{
    private readonly AnyOf any = new(parts);

    /// <inheritdoc/>
    public override IReadOnlyList<Condition> Parts => any.Parts;

    /// <inheritdoc/>
    public override SubjectKind Subject => any.Subject;

    /// <inheritdoc/>
    public override int Cost => any.Cost;

    /// <inheritdoc/>
    public override Truth Evaluate(Judgement judgement, in Subject subject) => any.Evaluate(judgement, subject).Negate();

    /// <inheritdoc/>
    public override string Describe() => $"not: {{ {string.Join(", ", Parts.Select(p => p.Describe()))} }}";
}
