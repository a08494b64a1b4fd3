using System.Collections.Immutable;

namespace CwmpShield.Core.DataModel;

/// <summary>Says of a shape to which classes and patterns it belongs. Built once, then read by many threads.</summary>
public sealed class ParameterClassifier
{
    private readonly PathTrie patterns = new();
    private readonly PathTrie exclusions = new();
    private readonly List<(int Target, ImmutableArray<string> Words)> vendor = [];
    private readonly List<(int Target, ImmutableArray<int> Parts)> including = [];
    private readonly Dictionary<string, int> classes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> paths = new(StringComparer.OrdinalIgnoreCase);
    private int targets;

    /// <summary>Adds a class, after those that it includes; returns its target number.</summary>
    public int Add(ParameterClass parameterClass)
    {
        var target = targets++;
        classes.Add(parameterClass.Name, target);
        foreach (var path in parameterClass.Paths)
        {
            patterns.Add(path, target);
        }

        foreach (var path in parameterClass.Except)
        {
            exclusions.Add(path, target);
        }

        if (!parameterClass.VendorWords.IsEmpty)
        {
            vendor.Add((target, parameterClass.VendorWords));
        }

        if (!parameterClass.Includes.IsEmpty)
        {
            including.Add((target, [.. parameterClass.Includes.Select(TargetOf)]));
        }

        return target;
    }

    /// <summary>Adds a pattern of a rule, or finds it again; returns its target number.</summary>
    public int Add(PathPattern pattern)
    {
        if (!paths.TryGetValue(pattern.Text, out var target))
        {
            target = targets++;
            paths.Add(pattern.Text, target);
            patterns.Add(pattern, target);
        }

        return target;
    }

    /// <summary>Target number of a class, or -1.</summary>
    public int TargetOf(string className) => classes.GetValueOrDefault(className, -1);

    /// <summary>Everything that <paramref name="shape"/> belongs to. Allocates: results are kept by the caller.</summary>
    public ShapeMatch Match(string shape)
    {
        HashSet<int> exact = [];
        HashSet<int> below = [];
        patterns.Match(shape, exact, below);
        MatchVendor(shape, exact);

        HashSet<int> excluded = [];
        exclusions.Match(shape, excluded, null);
        exact.ExceptWith(excluded);
        foreach (var (target, parts) in including)
        {
            if (!excluded.Contains(target) && parts.Any(exact.Contains))
            {
                exact.Add(target);
            }

            if (parts.Any(below.Contains))
            {
                below.Add(target);
            }
        }

        below.ExceptWith(exact);
        return exact.Count + below.Count == 0 ? ShapeMatch.None : new ShapeMatch([.. exact.Order()], [.. below.Order()]);
    }

    private void MatchVendor(string shape, HashSet<int> exact)
    {
        var vendorStep = shape.StartsWith("x_", StringComparison.Ordinal) ? 0 : shape.IndexOf(".x_", StringComparison.Ordinal);
        if (vendorStep < 0)
        {
            return;
        }

        // What one vendor writes TelnetEnable another writes Telnet_Enable.
        var tail = shape[vendorStep..].Trim('.');
        var joined = tail.Replace("_", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal);
        foreach (var (target, words) in vendor)
        {
            if (IsVendorTwin(tail, words) || IsVendorTwin(joined, words))
            {
                exact.Add(target);
            }
        }
    }

    private static bool IsVendorTwin(string tail, ImmutableArray<string> words)
    {
        for (var (start, end) = (0, 0); start < tail.Length; start = end + 1)
        {
            end = tail.IndexOf('.', start);
            end = end < 0 ? tail.Length : end;
            foreach (var word in words)
            {
                // A word with a dot spans steps, so it is looked for in all that stands before.
                if (EndsWith(tail[(word.Contains('.', StringComparison.Ordinal) ? 0 : start)..end], word))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static bool EndsWith(string text, string word) =>
        word.Contains('*', StringComparison.Ordinal) ? StepGlob.Matches("*" + word, text) : text.EndsWith(word, StringComparison.Ordinal);
}
