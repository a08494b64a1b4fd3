using System.Collections.Immutable;
using CwmpShield.Core.DataModel.Values;

namespace CwmpShield.Core.DataModel;

/// <summary>How one step of a pattern matches.</summary>
internal enum StepKind
{
    /// <summary>This name.</summary>
    Literal,

    /// <summary>A name with <c>*</c> in it.</summary>
    Glob,

    /// <summary><c>{i}</c>: an instance number or alias.</summary>
    Instance,

    /// <summary><c>*</c>: any one step.</summary>
    Any,

    /// <summary><c>**</c>: any number of steps, none too.</summary>
    Deep,
}

/// <summary>One step of a pattern; <paramref name="Text"/> is lower case.</summary>
internal readonly record struct PatternStep(StepKind Kind, string Text = "");

/// <summary>A parameter path with <c>{i}</c>, <c>*</c> and <c>**</c>, e.g. <c>Device.DNS.Client.Server.{i}.DNSServer</c>.</summary>
public sealed class PathPattern
{
    private const int MaxDeepSteps = 2;

    private PathPattern(string text, ImmutableArray<PatternStep> steps)
    {
        Text = text;
        Steps = steps;
    }

    /// <summary>The pattern as written.</summary>
    public string Text { get; }

    internal ImmutableArray<PatternStep> Steps { get; }

    /// <summary>Reads a pattern; a dot at its end stands for everything below.</summary>
    public static bool TryParse(string text, out PathPattern? pattern, out string problem)
    {
        pattern = null;
        problem = "";
        var steps = ImmutableArray.CreateBuilder<PatternStep>();
        var words = text.Split('.');
        for (var i = 0; i < words.Length; i++)
        {
            var last = words[i].Length == 0 && i == words.Length - 1 && i > 0;
            if (!TryStep(last ? "**" : words[i], out var step))
            {
                problem = words[i].Length == 0 ? "it has an empty step" : $"its step \"{words[i]}\" has characters outside the schema";
                return false;
            }

            if (step.Kind != StepKind.Deep || steps.Count == 0 || steps[^1].Kind != StepKind.Deep)
            {
                steps.Add(step);
            }
        }

        if (steps.Count(s => s.Kind == StepKind.Deep) > MaxDeepSteps)
        {
            problem = $"it has more than {MaxDeepSteps} steps \"**\"";
            return false;
        }

        pattern = new PathPattern(text, steps.ToImmutable());
        return true;
    }

    private static bool TryStep(string word, out PatternStep step)
    {
        step = word switch
        {
            "{i}" => new PatternStep(StepKind.Instance),
            "*" => new PatternStep(StepKind.Any),
            "**" => new PatternStep(StepKind.Deep),
            _ => new PatternStep(word.Contains('*', StringComparison.Ordinal) ? StepKind.Glob : StepKind.Literal, word.ToLowerInvariant()),
        };
        if (step.Kind == StepKind.Literal && word.Length > 0 && word.AsSpan().IndexOfAnyExceptInRange('0', '9') < 0)
        {
            step = new PatternStep(StepKind.Instance);
        }

        return word.Length > 0
            && (step.Kind is StepKind.Instance or StepKind.Any or StepKind.Deep
                || !word.AsSpan().ContainsAnyExcept(CharacterSets.PatternStep));
    }
}
