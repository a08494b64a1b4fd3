using System.Globalization;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace CwmpShield.Gateway.WebConsole.Pages;

/// <summary>Values as the pages show them: UTC, in one form everywhere.</summary>
internal static class Format
{
    /// <summary>A moment, to the second, with the machine's form beside it; a dash for none.</summary>
    public static IHtmlContent Time(DateTimeOffset? at)
    {
        if (at is not { } moment)
        {
            return new HtmlString("<span class=\"none\">–</span>");
        }

        var tag = new TagBuilder("time");
        tag.Attributes["datetime"] = moment.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        tag.InnerHtml.Append(moment.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture));
        return tag;
    }

    /// <summary>Time of day, to the millisecond.</summary>
    public static string TimeOfDay(DateTimeOffset at) => at.UtcDateTime.ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture);

    /// <summary>A number with its thousands apart.</summary>
    public static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>A span in its two largest units: <c>3 d 4 h</c>.</summary>
    public static string Span(TimeSpan span) =>
        span.TotalDays >= 1 ? string.Create(CultureInfo.InvariantCulture, $"{(int)span.TotalDays} d {span.Hours} h")
        : span.TotalHours >= 1 ? string.Create(CultureInfo.InvariantCulture, $"{span.Hours} h {span.Minutes} min")
        : span.TotalMinutes >= 1 ? string.Create(CultureInfo.InvariantCulture, $"{span.Minutes} min")
        : string.Create(CultureInfo.InvariantCulture, $"{Math.Max(0, span.Seconds)} s");

    /// <summary>A text, or a dash for none.</summary>
    public static IHtmlContent Text(string? text) =>
        string.IsNullOrEmpty(text) ? new HtmlString("<span class=\"none\">–</span>") : new HtmlContentBuilder().Append(Printable(text));

    /// <summary>A text of a device's without what would turn or hide what stands around it: controls and directional marks become <c>�</c>.</summary>
    public static string Printable(string text) => text.Any(IsUnprintable) ? string.Concat(text.Select(c => IsUnprintable(c) ? '\uFFFD' : c)) : text;

    private static bool IsUnprintable(char c) =>
        char.IsControl(c) || CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}
