using System.Text;
using System.Text.RegularExpressions;
using CwmpShield.Core.DataModel.Values;

namespace CwmpShield.Core.Rules;

/// <summary>What <c>value</c>, <c>sibling</c>, <c>argument</c> and <c>command-key</c> ask of a text. Every predicate that is given must hold.</summary>
internal sealed record ValueTest
{
    /// <summary>The type under which the text is read.</summary>
    public ValueKind Kind { get; init; }

    /// <summary>The keys as written, for explanations.</summary>
    public string Source { get; init; } = "";

    /// <summary>Some element is in here.</summary>
    public ItemSet? In { get; init; }

    /// <summary>Some element is not in here.</summary>
    public ItemSet? NotIn { get; init; }

    /// <summary>Some element's address is in these networks.</summary>
    public ItemSet? Within { get; init; }

    /// <summary>Some element's address is not in these networks.</summary>
    public ItemSet? NotWithin { get; init; }

    /// <summary>Some element's host is in here.</summary>
    public ItemSet? HostIn { get; init; }

    /// <summary>Some element's host is not in here.</summary>
    public ItemSet? HostNotIn { get; init; }

    /// <summary>The boolean is this.</summary>
    public bool? Is { get; init; }

    /// <summary>The number is below this.</summary>
    public long? LessThan { get; init; }

    /// <summary>The number is above this.</summary>
    public long? GreaterThan { get; init; }

    /// <summary>The raw text has a match.</summary>
    public Regex? Matches { get; init; }

    /// <summary>The raw text has no match.</summary>
    public Regex? NotMatches { get; init; }

    /// <summary>More characters than this.</summary>
    public long? LongerThan { get; init; }

    /// <summary>Fewer characters than this.</summary>
    public long? ShorterThan { get; init; }

    /// <summary>Empty or white space.</summary>
    public bool? Empty { get; init; }

    /// <summary>A shell metacharacter is in it.</summary>
    public bool? Shell { get; init; }

    /// <summary>A control character is in it.</summary>
    public bool? Control { get; init; }

    /// <summary>Markup, script or query syntax is in it.</summary>
    public bool? Markup { get; init; }

    /// <summary>It has no one meaning under the type.</summary>
    public bool? Unreadable { get; init; }

    private bool AsksElements =>
        In is not null || NotIn is not null || Within is not null || NotWithin is not null || HostIn is not null || HostNotIn is not null || Is is not null || LessThan is not null || GreaterThan is not null;

    private bool HasDecodedText => Kind is ValueKind.Hex or ValueKind.Base64;

    /// <summary>Tests a text.</summary>
    /// <param name="text">The value as XML 1.0 reads it.</param>
    /// <param name="elements">Room for its elements.</param>
    public Truth Test(string text, List<ValueElement> elements)
    {
        if (!HasDecodedText)
        {
            var raw = TestRaw(text);
            if (raw == Truth.No || (!AsksElements && Unreadable is null))
            {
                return raw;
            }
        }

        elements.Clear();
        var readable = ValueReader.TryRead(Kind, text, elements);
        return HasDecodedText && readable ? TestRaw(elements[0].Text).And(TestRead(true, elements)) : TestRead(readable, elements);
    }

    /// <summary>Tests elements that were read elsewhere.</summary>
    public Truth TestRead(bool readable, List<ValueElement> elements)
    {
        if (Unreadable is { } asked)
        {
            return (!readable).When(asked);
        }

        if (AsksElements)
        {
            foreach (var element in elements)
            {
                if (Holds(element))
                {
                    return Truth.Yes;
                }
            }
        }

        return !readable ? Truth.Unreadable : (!AsksElements).ToTruth();
    }

    private Truth TestRaw(string text) =>
        ((LongerThan is null || text.Length > LongerThan)
            && (ShorterThan is null || text.Length < ShorterThan)
            && (Empty is null || string.IsNullOrWhiteSpace(text) == Empty)
            && (Shell is null || Characters.HasShellMetacharacter(text, Kind == ValueKind.Url) == Shell)
            && (Control is null || Characters.HasControl(text) == Control)
            && (Markup is null || Characters.HasMarkup(text) == Markup)
            && (Matches is null || Matches.IsMatch(text))       // the dear ones last
            && (NotMatches is null || !NotMatches.IsMatch(text))).ToTruth();

    private bool Holds(in ValueElement element)
    {
        var address = element.Kind == ValueKind.Ip ? element.Ip : element.Host.Address;
        return (In is null || In.Contains(element))
            && (NotIn is null || !NotIn.Contains(element))
            && (Within is null || (address is { } a && Within.ContainsAddress(a)))
            && (NotWithin is null || address is not { } b || !NotWithin.ContainsAddress(b))
            && (HostIn is null || HostIn.ContainsHost(element.Host))
            && (HostNotIn is null || !HostNotIn.ContainsHost(element.Host))
            && (Is is null || (element.Number != 0) == Is)
            && (LessThan is null || element.Number < LessThan)
            && (GreaterThan is null || element.Number > GreaterThan);
    }

    /// <inheritdoc/>
    public override string ToString() => Source;

    private bool PrintMembers(StringBuilder builder) => builder.Append(Source).Length > 0;
}
