namespace CwmpShield.Core.Rules;

/// <summary>One condition of a rule. Immutable; evaluation has no effect but on a rate's window and allocates nothing where it does not apply.</summary>
internal abstract class Condition
{
    /// <summary>What it says of the subject.</summary>
    public abstract Truth Evaluate(Judgement judgement, in Subject subject);

    /// <summary>The condition in the words of the rule file, for explanations.</summary>
    public abstract string Describe();

    /// <summary>What it must be evaluated on.</summary>
    public virtual SubjectKind Subject => SubjectKind.Message;

    /// <summary>Conditions inside it, for explanations and checks.</summary>
    public virtual IReadOnlyList<Condition> Parts => [];

    /// <summary>Evaluated in ascending order: cheap ones first, those with an effect last.</summary>
    public virtual int Cost => 10;
}
