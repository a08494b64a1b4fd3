namespace CwmpShield.Gateway.DeviceImport;

/// <summary>
/// The apostrophe before a value that a spreadsheet would run as a formula. An export adds one, an import takes one away, so that what comes
/// back is what went out.
/// </summary>
internal static class FormulaGuard
{
    /// <summary>The value as a spreadsheet may have it.</summary>
    public static string Add(string text) => IsFormula(text) ? "'" + text : text;

    /// <summary>The value itself.</summary>
    public static string Remove(string text) => text is ['\'', ..] && IsFormula(text) ? text[1..] : text;

    private static bool IsFormula(string text) => text.AsSpan().TrimStart('\'') is ['=' or '+' or '-' or '@' or '\t' or '\r', ..];
}
