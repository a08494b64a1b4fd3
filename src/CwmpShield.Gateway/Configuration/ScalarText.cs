using System.Globalization;

namespace CwmpShield.Gateway.Configuration;

/// <summary>Reads one value of the configuration, in one spelling per type: no guessing.</summary>
internal static class ScalarText
{
    /// <summary>Whether <paramref name="type"/> is written as one value.</summary>
    public static bool IsScalar(Type type) =>
        type.IsEnum || type == typeof(string) || type == typeof(int) || type == typeof(long) || type == typeof(bool)
        || type == typeof(double) || type == typeof(TimeSpan) || type == typeof(Version);

    /// <summary>Reads <paramref name="text"/> as <paramref name="type"/>.</summary>
    public static bool TryRead(Type type, string? text, out object? value)
    {
        value = null;
        if (text is null)
        {
            return false;
        }

        value = type switch
        {
            _ when type == typeof(string) => text,
            _ when type == typeof(int) => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null,
            _ when type == typeof(long) => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null,
            _ when type == typeof(double) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null,
            _ when type == typeof(bool) => bool.TryParse(text, out var flag) ? flag : null,
            _ when type == typeof(Version) => Version.TryParse(text, out var version) ? version : null,
            // A bare "30" would be thirty days.
            _ when type == typeof(TimeSpan) =>
                text.Contains(':', StringComparison.Ordinal) && TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var time) ? time : null,
            _ => ReadEnum(type, text),
        };
        return value is not null;
    }

    /// <summary>What should have stood there.</summary>
    public static string Expected(Type type) => type switch
    {
        { IsEnum: true } => "one of " + string.Join(", ", Enum.GetNames(type).Select(Kebab)),
        _ when type == typeof(TimeSpan) => "a duration as hh:mm:ss",
        _ when type == typeof(bool) => "true or false",
        _ when type == typeof(string) => "text",
        _ when type == typeof(Version) => "a version such as 1.1",
        _ => "a number",
    };

    /// <summary><c>DigestMd5</c> is written <c>digest-md5</c> (or <c>DigestMd5</c>).</summary>
    public static string Kebab(string name) => string.Concat(name.Select((character, index) =>
        char.IsUpper(character) && index > 0 ? $"-{char.ToLowerInvariant(character)}" : char.ToLowerInvariant(character).ToString()));

    private static object? ReadEnum(Type type, string text)
    {
        var name = text.Replace("-", "", StringComparison.Ordinal);
        return Array.Find(Enum.GetNames(type), one => one.Equals(name, StringComparison.OrdinalIgnoreCase)) is { } known
            ? Enum.Parse(type, known)
            : null;
    }
}
