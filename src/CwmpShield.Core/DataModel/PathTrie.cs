using CwmpShield.Core.Cwmp;

namespace CwmpShield.Core.DataModel;

/// <summary>Many patterns in one tree: finding those that match a shape costs by the shape's steps, not by the number of patterns.</summary>
internal sealed class PathTrie
{
    private readonly Node root = new();

    /// <summary>Adds a pattern under the number <paramref name="id"/>.</summary>
    public void Add(PathPattern pattern, int id)
    {
        var node = root;
        foreach (var step in pattern.Steps)
        {
            node = node.Next(step);
        }

        node.Ids.Add(id);
    }

    /// <summary>Collects the numbers of the patterns that match <paramref name="shape"/>.</summary>
    /// <param name="shape">A shape of <see cref="ParameterPath"/>.</param>
    /// <param name="exact">Patterns that match it.</param>
    /// <param name="below">Patterns that match something below it (a <c>**</c> on the way counts only from the objects above it).</param>
    public void Match(string shape, HashSet<int> exact, HashSet<int>? below)
    {
        var steps = shape.Split('.', StringSplitOptions.RemoveEmptyEntries);
        Walk(root, steps, 0, exact, below);
    }

    private static void Walk(Node node, string[] steps, int at, HashSet<int> exact, HashSet<int>? below)
    {
        if (node.Deep is { } deep)
        {
            for (var skip = at; skip < steps.Length; skip++)
            {
                WalkOn(deep, steps, skip, exact, below);
            }

            exact.UnionWith(deep.Ids);
        }

        if (at == steps.Length)
        {
            exact.UnionWith(node.Ids);
            if (below is not null && at > 0)
            {
                node.CollectBelow(below);
            }

            return;
        }

        WalkOn(node, steps, at, exact, below);
    }

    private static void WalkOn(Node node, string[] steps, int at, HashSet<int> exact, HashSet<int>? below)
    {
        var step = steps[at];
        if (node.Literals.TryGetValue(step, out var literal))
        {
            Walk(literal, steps, at + 1, exact, below);
        }

        if (node.Instance is not null && step is [ParameterPath.InstanceMark])
        {
            Walk(node.Instance, steps, at + 1, exact, below);
        }

        if (node.Any is not null)
        {
            Walk(node.Any, steps, at + 1, exact, below);
        }

        foreach (var (glob, next) in node.Globs)
        {
            if (StepGlob.Matches(glob, step))
            {
                Walk(next, steps, at + 1, exact, below);
            }
        }
    }

    private sealed class Node
    {
        public List<int> Ids { get; } = [];

        public Dictionary<string, Node> Literals { get; } = new(StringComparer.Ordinal);

        public List<(string Glob, Node Next)> Globs { get; } = [];

        public Node? Instance { get; private set; }

        public Node? Any { get; private set; }

        public Node? Deep { get; private set; }

        public Node Next(PatternStep step)
        {
            switch (step.Kind)
            {
                case StepKind.Instance:
                    return Instance ??= new Node();
                case StepKind.Any:
                    return Any ??= new Node();
                case StepKind.Deep:
                    return Deep ??= new Node();
                case StepKind.Glob:
                    var glob = Globs.Find(g => g.Glob.Equals(step.Text, StringComparison.Ordinal)).Next;
                    if (glob is null)
                    {
                        Globs.Add((step.Text, glob = new Node()));
                    }

                    return glob;
                default:
                    if (!Literals.TryGetValue(step.Text, out var literal))
                    {
                        Literals.Add(step.Text, literal = new Node());
                    }

                    return literal;
            }
        }

        public void CollectBelow(HashSet<int> into)
        {
            foreach (var child in Literals.Values.Concat(Globs.Select(g => g.Next)).Append(Instance).Append(Any).Append(Deep))
            {
                if (child is not null)
                {
                    into.UnionWith(child.Ids);
                    child.CollectBelow(into);
                }
            }
        }
    }
}
