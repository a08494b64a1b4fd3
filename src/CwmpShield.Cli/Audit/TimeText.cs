using System.CommandLine.Parsing;
using System.Globalization;

namespace CwmpShield.Cli.Audit;

/// <summary>Points in time as they are typed: <c>2026-11-26</c>, <c>2026-11-26T20:15:00Z</c> (UTC where no zone is given), or <c>24h</c> for that long ago.</summary>
internal static class TimeText
{
    private const int Digits = 6;
    private static readonly TimeSpan Longest = TimeSpan.FromDays(36_500);

    /// <summary>Reads the value of an option.</summary>
    public static DateTimeOffset? Read(ArgumentResult argument)
    {
        var text = argument.Tokens[0].Value;
        if (DurationText.Read(text, Digits, Longest) is { } ago)
        {
            return TimeProvider.System.GetUtcNow() - ago;
        }

        if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at))
        {
            return at;
        }

        argument.AddError($"'{text}' is no point in time: write 2026-11-26, 2026-11-26T20:15:00Z, or 24h for a day ago.");
        return null;
    }
}
