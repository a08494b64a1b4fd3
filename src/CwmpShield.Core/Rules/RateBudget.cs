namespace CwmpShield.Core.Rules;

/// <summary>How many messages a rule lets the whole fleet have.</summary>
/// <param name="Limit">Messages that go on; the next one is the rule's.</param>
/// <param name="Within">Length of the sliding window.</param>
public sealed record RateBudget(int Limit, TimeSpan Within)
{
    /// <summary>Key of the fleet's window among <see cref="RateCounters"/>.</summary>
    public const string Fleet = "fleet";
}
