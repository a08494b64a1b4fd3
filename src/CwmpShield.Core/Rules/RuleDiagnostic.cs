namespace CwmpShield.Core.Rules;

/// <summary>One problem of a rule set, at its place.</summary>
/// <param name="File">File name relative to the set, or as given.</param>
/// <param name="Line">1-based line, 0 when it is about the whole file.</param>
/// <param name="Column">1-based column, 0 when it is about the whole file.</param>
/// <param name="Code">Stable code out of <see cref="DiagnosticCode"/>.</param>
/// <param name="Message">One sentence.</param>
/// <param name="Hint">What to do about it; empty when the message says it all.</param>
public sealed record RuleDiagnostic(string File, int Line, int Column, string Code, string Message, string Hint = "")
{
    /// <summary>Whether the set can be used in spite of it.</summary>
    public bool IsWarning => Code.StartsWith("CSR02", StringComparison.Ordinal);

    /// <summary><c>file:line:column: error CSR0106: message (hint)</c>.</summary>
    public override string ToString()
    {
        var place = Line > 0 ? $"{File}:{Line}:{Column}" : File;
        var text = $"{place}: {(IsWarning ? "warning" : "error")} {Code}: {Message}";
        return Hint.Length > 0 ? $"{text} ({Hint})" : text;
    }
}
