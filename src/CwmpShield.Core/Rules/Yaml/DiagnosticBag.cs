namespace CwmpShield.Core.Rules.Yaml;

/// <summary>Collects every problem of one load.</summary>
internal sealed class DiagnosticBag
{
    /// <summary>Problems kept at most; a file of rubbish must not become a list of rubbish.</summary>
    public const int Capacity = 1000;

    private readonly List<RuleDiagnostic> items = [];

    /// <summary>Everything found, by file and place.</summary>
    public IReadOnlyList<RuleDiagnostic> Items =>
        [.. items.OrderBy(d => d.File, StringComparer.Ordinal).ThenBy(d => d.Line).ThenBy(d => d.Column).ThenBy(d => d.Code, StringComparer.Ordinal)];

    /// <summary>Whether the set cannot be used.</summary>
    public bool HasErrors => items.Exists(d => !d.IsWarning);

    /// <summary>Adds a problem at a node.</summary>
    public void Add(YamlNode at, string code, string message, string hint = "") => Add(at.File, at.Line, at.Column, code, message, hint);

    /// <summary>Adds a problem at a place.</summary>
    public void Add(string file, int line, int column, string code, string message, string hint = "")
    {
        if (items.Count < Capacity)
        {
            items.Add(new RuleDiagnostic(file, line, column, code, message, hint));
        }
    }
}
