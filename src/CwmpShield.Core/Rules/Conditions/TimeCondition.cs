using System.Globalization;
using CwmpShield.Core.Rules.Loading;
using CwmpShield.Core.Rules.Yaml;

namespace CwmpShield.Core.Rules.Conditions;

/// <summary><c>time</c>: a daily window, on some days of the week, in a time zone.</summary>
internal sealed class TimeCondition(TimeOnly from, TimeOnly to, DayOfWeek[] days, TimeZoneInfo zone, string text) : Condition
{
    private static readonly Dictionary<string, DayOfWeek> DayNames = new(StringComparer.Ordinal)
    {
        ["mon"] = DayOfWeek.Monday,
        ["tue"] = DayOfWeek.Tuesday,
        ["wed"] = DayOfWeek.Wednesday,
        ["thu"] = DayOfWeek.Thursday,
        ["fri"] = DayOfWeek.Friday,
        ["sat"] = DayOfWeek.Saturday,
        ["sun"] = DayOfWeek.Sunday,
    };

    /// <inheritdoc/>
    public override int Cost => 5;

    /// <summary>Compiles the condition.</summary>
    public static Condition? Compile(YamlNode node, CompileScope scope)
    {
        if (MapReader.Over(node, scope.Bag, "\"time\"") is not { } map)
        {
            return null;
        }

        var from = Clock(map, "from", TimeOnly.MinValue);
        var to = Clock(map, "to", TimeOnly.MinValue);
        DayOfWeek[] days = [.. map.Texts("days").Select(t => map.WordOf(t, "days", DayNames.Keys)).OfType<string>().Select(d => DayNames[d])];
        var zone = Zone(map);
        map.Done();
        return new TimeCondition(from, to, days, zone, YamlPrinter.Print(node));
    }

    /// <inheritdoc/>
    public override Truth Evaluate(Judgement judgement, in Subject subject)
    {
        var local = TimeZoneInfo.ConvertTime(judgement.Now, zone);
        var clock = TimeOnly.FromDateTime(local.DateTime);
        var overnight = to <= from;
        var within = overnight ? clock >= from || clock < to : clock >= from && clock < to;
        var day = overnight && clock < to ? local.AddDays(-1).DayOfWeek : local.DayOfWeek;
        return (within && (days.Length == 0 || days.AsSpan().Contains(day))).ToTruth();
    }

    /// <inheritdoc/>
    public override string Describe() => $"time: {text}";

    private static TimeOnly Clock(MapReader map, string key, TimeOnly otherwise)
    {
        if (map.Take(key) is not { } node)
        {
            return otherwise;
        }

        if (node is YamlText text && TimeOnly.TryParseExact(text.Value, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var clock))
        {
            return clock;
        }

        map.Bag.Add(node, DiagnosticCode.BadTime, $"\"{key}\" must be a time such as \"22:00\"", "in quotes");
        return otherwise;
    }

    private static TimeZoneInfo Zone(MapReader map)
    {
        if (map.Text("zone") is not { } name || name is "UTC")
        {
            return TimeZoneInfo.Utc;
        }

        if (TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone))
        {
            return zone;
        }

        map.Bag.Add(map.Take("zone")!, DiagnosticCode.BadTime, $"time zone \"{name}\" is not known on this machine", "e.g. Europe/Berlin; UTC is always known");
        return TimeZoneInfo.Utc;
    }
}
