using System.Collections.Immutable;

namespace CwmpShield.Core.DataModel;

/// <summary>A named set of parameters, over the standard data models and their vendor twins.</summary>
public sealed record ParameterClass
{
    /// <summary>Kebab-case name.</summary>
    public required string Name { get; init; }

    /// <summary>One line for people.</summary>
    public string Title { get; init; } = "";

    /// <summary>Patterns of the parameters in it.</summary>
    public ImmutableArray<PathPattern> Paths { get; init; } = [];

    /// <summary>Patterns that are never in it, whatever it includes; another class that includes this one is not bound by them.</summary>
    public ImmutableArray<PathPattern> Except { get; init; } = [];

    /// <summary>Names of the classes whose parameters are in it too.</summary>
    public ImmutableArray<string> Includes { get; init; } = [];

    /// <summary>Lower-case words with which a step at or below an <c>X_</c> step ends in a vendor's twin; <c>*</c> stands for any characters.</summary>
    public ImmutableArray<string> VendorWords { get; init; } = [];
}
