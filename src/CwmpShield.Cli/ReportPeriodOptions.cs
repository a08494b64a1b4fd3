using System.CommandLine;
using System.Globalization;

namespace CwmpShield.Cli;

/// <summary>The period of a report: whole hours in UTC.</summary>
internal sealed class ReportPeriodOptions
{
    private static readonly string[] Formats = ["yyyy-MM-dd", "yyyy-MM-ddTHH:mm'Z'", "yyyy-MM-ddTHH:mm:ss'Z'"];

    private readonly Option<string> from = new("--from") { Description = "First day, or hour (2026-11-25T08:00Z), UTC.", HelpName = "TIME", Required = true };
    private readonly Option<string> to = new("--to") { Description = "The day or hour after the last one, UTC.", HelpName = "TIME", Required = true };

    private ReportPeriodOptions()
    {
    }

    /// <summary>Adds the options to <paramref name="command"/>.</summary>
    public static ReportPeriodOptions AddTo(Command command)
    {
        var period = new ReportPeriodOptions();
        command.Options.Add(period.from);
        command.Options.Add(period.to);
        Check(period.from);
        Check(period.to);
        command.Validators.Add(result =>
        {
            if (Read(result.GetValue(period.from)) is { } begin && Read(result.GetValue(period.to)) is { } end && begin >= end)
            {
                result.AddError("--from must be before --to.");
            }
        });
        return period;
    }

    /// <summary>The period; only to be called after the command line was found good.</summary>
    public (DateTimeOffset From, DateTimeOffset To) Get(ParseResult result) => (Read(result.GetValue(from))!.Value, Read(result.GetValue(to))!.Value);

    private static void Check(Option<string> option) => option.Validators.Add(result =>
    {
        if (Read(result.GetValueOrDefault<string>()) is null)
        {
            result.AddError($"{option.Name} takes a day or a whole hour in UTC: 2026-11-25 or 2026-11-25T08:00Z.");
        }
    });

    private static DateTimeOffset? Read(string? text) =>
        DateTimeOffset.TryParseExact(text, Formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
        && time is { Minute: 0, Second: 0 }
            ? time
            : null;
}
