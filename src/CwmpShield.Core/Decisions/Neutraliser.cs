using CwmpShield.Core.Cwmp;
using CwmpShield.Core.DataModel.Values;
using CwmpShield.Core.Rules;
using CwmpShield.Core.Rules.Conditions;
using CwmpShield.Core.Wire;

namespace CwmpShield.Core.Decisions;

/// <summary>Replaces dangerous characters in those reported values and arguments on which a neutralising rule held.</summary>
internal static class Neutraliser
{
    /// <summary>The message with the values replaced; null when it cannot be put together again.</summary>
    public static CwmpMessage? Apply(CwmpMessage message, IEnumerable<RuleMatch> matches, Judgement judgement)
    {
        HashSet<string> parameters = new(StringComparer.Ordinal);
        List<ArgumentCondition> arguments = [];
        foreach (var match in matches)
        {
            if (match.Parameter is { } parameter)
            {
                parameters.Add(parameter.Name);
            }
            else
            {
                arguments.AddRange(ArgumentCondition.AskedBy(match.Rule.Where));
            }
        }

        var body = ReplaceValues(message.Envelope.Body, parameters);
        foreach (var argument in arguments)
        {
            body = ReplaceArgument(body, argument, 0, judgement);
        }

        return CwmpMessageReader.TryRead(message.Envelope with { Body = body }, message.Direction, out var replaced, out _) ? replaced : null;
    }

    private static SoapElement ReplaceValues(SoapElement element, HashSet<string> names)
    {
        if (names.Count == 0 || element.Children.Count == 0)
        {
            return element;
        }

        var named = element.Child("Name") is { } name && names.Contains(name.Text);
        return element.WithChildren([.. element.Children.Select(child =>
            named && child.LocalName == "Value" && child.Children.Count == 0 ? child.WithText(Characters.Neutralise(child.Text)) : ReplaceValues(child, names))]);
    }

    private static SoapElement ReplaceArgument(SoapElement parent, ArgumentCondition argument, int matched, Judgement judgement)
    {
        if (parent.Children.Count == 0)
        {
            return parent;
        }

        return parent.WithChildren([.. parent.Children.Select(child =>
        {
            var next = argument.Step(matched, child.LocalName);
            var reached = next == argument.Path.Count;
            return reached && child.Children.Count == 0
                ? argument.HoldsOn(child.Text, judgement) ? child.WithText(Characters.Neutralise(child.Text)) : child
                : ReplaceArgument(child, argument, reached ? 0 : next, judgement);
        })]);
    }
}
