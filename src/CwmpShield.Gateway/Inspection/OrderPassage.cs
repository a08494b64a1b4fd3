using CwmpShield.Core.Cwmp;
using CwmpShield.Core.Decisions;

namespace CwmpShield.Gateway.Inspection;

/// <summary>What a <see cref="SessionParticipant"/> says of an order. Closed: the default of every switch over it is refusal.</summary>
internal abstract record OrderPassage
{
    private OrderPassage()
    {
    }

    /// <summary>The order goes on, as it came or rewritten.</summary>
    /// <param name="Order">The order; method and <c>cwmp:ID</c> are those that came.</param>
    public sealed record Goes(CwmpMessage Order) : OrderPassage;

    /// <summary>The order is refused to the ACS in the device's name.</summary>
    /// <param name="Decision">Why; its fault where it has one, else 9001.</param>
    public sealed record Refused(Decision Decision) : OrderPassage
    {
        /// <summary>A refusal with 9001 whose text names <paramref name="reason"/>.</summary>
        public static Refused Because(string reason) => new(Decision.RefusedOrder(reason));
    }
}
