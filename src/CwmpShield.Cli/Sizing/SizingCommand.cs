using System.CommandLine;
using System.Globalization;
using System.Text.Json;

namespace CwmpShield.Cli.Sizing;

/// <summary><c>cwmpshield sizing</c>: cores, memory and disk for a fleet.</summary>
internal static class SizingCommand
{
    private const string Text = """
        Says what a fleet needs, computed from measured figures: cores, memory, and the disk that the ledger takes in a day. Without --devices it prints the table of
        docs/sizing.md. The figures are those of one machine: measure yours with ./bench before you buy.

        Example: cwmpshield sizing --devices 1000000 --interval 1h
        """;

    private const double Gigabyte = 1e9;
    private static readonly TimeSpan Longest = TimeSpan.FromDays(30);

    /// <summary>Creates the verb.</summary>
    public static Command Create()
    {
        var devices = new Option<long?>("--devices") { Description = "Devices of the fleet, 1 to 1,000,000,000.", HelpName = "NUMBER" };
        devices.Validators.Add(result => Range(result, result.GetValueOrDefault<long?>() is null or (>= 1 and <= 1_000_000_000), "--devices takes 1 to 1000000000."));
        var interval = new Option<string>("--interval") { Description = "Their periodic Inform interval, e.g. 15m, 1h or 1d.", HelpName = "SPAN", DefaultValueFactory = _ => "1d" };
        interval.Validators.Add(result => Range(
            result, DurationText.Read(result.GetValueOrDefault<string>(), 5, Longest) is not null, "--interval takes a whole number and m, h or d, thirty days at most, e.g. 1h."));
        var orders = new Option<double>("--orders") { Description = "Orders of the ACS in a session, on average, 0 to 100.", HelpName = "NUMBER", DefaultValueFactory = _ => 1 };
        orders.Validators.Add(result => Range(result, result.GetValueOrDefault<double>() is >= 0 and <= 100, "--orders takes 0 to 100."));
        var seconds = new Option<double>("--session-seconds") { Description = "How long a session lasts, on average, 0.1 to 600.", HelpName = "NUMBER", DefaultValueFactory = _ => 10 };
        seconds.Validators.Add(result => Range(result, result.GetValueOrDefault<double>() is >= 0.1 and <= 600, "--session-seconds takes 0.1 to 600."));
        var json = RuleArguments.AsJson();
        var command = new Command("sizing", Text) { devices, interval, orders, seconds, json };
        command.SetAction(result =>
        {
            var span = DurationText.Read(result.GetValue(interval), 5, Longest)!.Value;
            IReadOnlyList<SizingPlan> plans = result.GetValue(devices) is { } many
                ? [new SizingPlan(many, span, result.GetValue(orders), result.GetValue(seconds))]
                : SizingTable.Plans(result.GetValue(orders), result.GetValue(seconds));
            var output = result.InvocationConfiguration.Output;
            if (result.GetValue(json))
            {
                foreach (var plan in plans)
                {
                    output.WriteLine(ToJson(plan));
                }
            }
            else
            {
                output.WriteLine(plans.Count > 1 ? SizingTable.Text(plans) : ToText(plans[0]));
            }

            return ExitCode.Ok;
        });
        return command;
    }

    private static void Range(System.CommandLine.Parsing.OptionResult result, bool isGood, string problem)
    {
        if (!isGood)
        {
            result.AddError(problem);
        }
    }

    private static string ToText(SizingPlan plan) => string.Create(CultureInfo.InvariantCulture, $"""
        {plan.Devices:#,0} devices, an Inform every {plan.Interval.TotalMinutes:#,0.#} minutes, {plan.Orders:0.##} orders a session
          sessions a second   {plan.SessionsPerSecond:#,0.##} on average, {plan.PeakSessionsPerSecond:#,0.##} at the busiest time
          cores               {plan.Cores}
          memory              {plan.MemoryMebibytes:#,0} MiB ({plan.ConcurrentSessions:#,0} sessions at one time)
          ledger              {plan.LedgerBytesPerDay / Gigabyte:#,0.##} GB a day
          after an outage     all served within {plan.StormSeconds / 60:#,0.#} minutes with Admission:SessionsPerSecond {plan.AdmissionPerSecond}
        Computed from what one machine measured ({MeasuredCosts.Source}): measure yours with ./bench.
        """);

    private static string ToJson(SizingPlan plan) => JsonSerializer.Serialize(
        new
        {
            plan.Devices,
            IntervalSeconds = plan.Interval.TotalSeconds,
            plan.Orders,
            plan.SessionsPerSecond,
            plan.PeakSessionsPerSecond,
            plan.Cores,
            plan.ConcurrentSessions,
            plan.MemoryMebibytes,
            plan.LedgerBytesPerDay,
            plan.StormSeconds,
            plan.AdmissionPerSecond,
        },
        RuleArguments.Json);
}
