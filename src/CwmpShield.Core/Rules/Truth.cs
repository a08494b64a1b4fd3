namespace CwmpShield.Core.Rules;

/// <summary>
/// What a condition says of a message. Unreadable means that the message can be read more than one way there: neither the condition
/// nor its negation clears it, so a rule holds unless another of its conditions is false.
/// </summary>
public enum Truth
{
    /// <summary>It does not hold.</summary>
    No = 0,

    /// <summary>It cannot be said.</summary>
    Unreadable = 1,

    /// <summary>It holds.</summary>
    Yes = 2,
}

/// <summary>Kleene's three-valued logic over <see cref="Truth"/>.</summary>
internal static class TruthExtensions
{
    public static Truth And(this Truth left, Truth right) => left < right ? left : right;

    public static Truth Or(this Truth left, Truth right) => left > right ? left : right;

    public static Truth Negate(this Truth truth) => Truth.Yes - (int)truth;

    public static Truth ToTruth(this bool value) => value ? Truth.Yes : Truth.No;

    /// <summary>The truth as a predicate that was asked for with true or false.</summary>
    public static Truth When(this bool value, bool asked) => (value == asked).ToTruth();
}
