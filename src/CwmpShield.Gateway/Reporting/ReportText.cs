using System.Globalization;
using CwmpShield.Core.Audit;

namespace CwmpShield.Gateway.Reporting;

/// <summary>Numbers, times and parameters as the report spells them.</summary>
internal static class ReportText
{
    /// <summary>A number with thousands apart.</summary>
    public static string Of(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>A time to the second, UTC; empty for none.</summary>
    public static string Of(DateTimeOffset? at) => at?.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) ?? "";

    /// <summary>A day, UTC.</summary>
    public static string Day(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>A length of time.</summary>
    public static string Of(TimeSpan span) => span.TotalDays >= 1
        ? string.Create(CultureInfo.InvariantCulture, $"{(int)span.TotalDays} d {span.Hours} h")
        : span.TotalHours >= 1 ? string.Create(CultureInfo.InvariantCulture, $"{span.Hours} h {span.Minutes} min")
        : string.Create(CultureInfo.InvariantCulture, $"{span.Minutes} min {span.Seconds} s");

    /// <summary>A count and its noun.</summary>
    public static string Count(long number, string one, string many) => $"{Of(number)} {(number == 1 ? one : many)}";

    /// <summary>Parameters with their values, or the beginning of their hashes.</summary>
    public static string Of(IReadOnlyList<AuditParameter> parameters, int leftOut) => string.Join(
        "\n",
        parameters.Select(one => one.Value is { } value ? $"{one.Name} = {value}" : one.Mac is { Length: >= 8 } mac ? $"{one.Name} (#{mac[..8]})" : one.Name)
            .Concat(leftOut > 0 ? [string.Create(CultureInfo.InvariantCulture, $"and {leftOut:N0} more")] : []));

    /// <summary>The plain statement under a table that does not hold everything; null where it does.</summary>
    public static string? Bounded(long total, long shown, string what, string where) => total > shown
        ? $"The table shows the first {Of(shown)} of {Of(total)} {what}. {where}"
        : null;
}
