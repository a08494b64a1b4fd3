using System.Collections.Immutable;

namespace CwmpShield.Core.DataModel;

/// <summary>Which targets (classes and patterns, by number) a shape belongs to.</summary>
/// <param name="Exact">Targets that it is in, ascending.</param>
/// <param name="Below">Targets that have something below it, ascending.</param>
public sealed record ShapeMatch(ImmutableArray<int> Exact, ImmutableArray<int> Below)
{
    /// <summary>In nothing.</summary>
    public static ShapeMatch None { get; } = new([], []);

    /// <summary>Whether the shape is in the target, or above it where <paramref name="ancestors"/> count.</summary>
    public bool Has(int target, bool ancestors) =>
        Exact.BinarySearch(target) >= 0 || (ancestors && Below.BinarySearch(target) >= 0);
}
