using CwmpShield.Core.Cwmp;
using CwmpShield.Core.DataModel.Values;
using CwmpShield.Core.Rules;
using CwmpShield.Core.Rules.Conditions;
using CwmpShield.Core.Wire;

namespace CwmpShield.Core.Decisions;

/// <summary>Replaces dangerous characters in those reported values and arguments on which a neutralising rule held, or empties them.</summary>
internal static class Neutraliser
{
    /// <summary>The message with the values replaced; null when it cannot be put together again.</summary>
    public static CwmpMessage? Apply(CwmpMessage message, IEnumerable<RuleMatch> matches, Judgement judgement)
    {
        Dictionary<string, (Neutralisation How, string? Type)> parameters = new(StringComparer.Ordinal);
        List<(ArgumentCondition Argument, Neutralisation How)> arguments = [];
        foreach (var match in matches)
        {
            var how = match.Rule.Neutralises;
            if (match.Parameter is { } parameter)
            {
                // Where two rules hold on one value, emptying it is the stricter.
                var strictest = parameters.TryGetValue(parameter.Name, out var other) && other.How > how ? other.How : how;
                parameters[parameter.Name] = (strictest, parameter.Type);
            }
            else
            {
                arguments.AddRange(ArgumentCondition.AskedBy(match.Rule.Where).Select(argument => (argument, how)));
            }
        }

        var body = ReplaceValues(message.Envelope.Body, parameters);
        foreach (var (argument, how) in arguments)
        {
            body = ReplaceArgument(body, argument, how, 0, judgement);
        }

        return CwmpMessageReader.TryRead(message.Envelope with { Body = body }, message.Direction, out var replaced, out _) ? replaced : null;
    }

    private static string Neutral(string value, Neutralisation how, string? type = null) =>
        how != Neutralisation.Empty ? Characters.Neutralise(value) : type switch
        {
            // What a hidden parameter of the type reads as (TR-106 A.2.1): the type stays true.
            "boolean" or "int" or "unsignedInt" or "long" or "unsignedLong" => "0",
            "dateTime" => "0001-01-01T00:00:00Z",
            _ => "",
        };

    private static SoapElement ReplaceValues(SoapElement element, Dictionary<string, (Neutralisation How, string? Type)> names)
    {
        if (names.Count == 0 || element.Children.Count == 0)
        {
            return element;
        }

        var how = element.Child("Name") is { } name && names.TryGetValue(name.Text, out var asked) ? asked : ((Neutralisation How, string? Type)?)null;
        return element.WithChildren([.. element.Children.Select(child =>
            how is { } known && child.LocalName == "Value" && child.Children.Count == 0 ? child.WithText(Neutral(child.Text, known.How, known.Type)) : ReplaceValues(child, names))]);
    }

    private static SoapElement ReplaceArgument(SoapElement parent, ArgumentCondition argument, Neutralisation how, int matched, Judgement judgement)
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
                ? argument.HoldsOn(child.Text, judgement) ? child.WithText(Neutral(child.Text, how)) : child
                : ReplaceArgument(child, argument, how, reached ? 0 : next, judgement);
        })]);
    }
}
