using System.Globalization;

namespace CwmpShield.Gateway.Configuration;

/// <summary>Collects what is wrong; nothing stops at the first.</summary>
internal sealed class ConfigurationProblems
{
    private const int MaxFound = 120;
    private readonly List<ConfigurationError> errors = [];

    /// <summary>What was found wrong, in the order of the keys.</summary>
    public IReadOnlyList<ConfigurationError> Errors => [.. errors.OrderBy(error => error.Key, StringComparer.Ordinal)];

    /// <summary>Whether anything at or below <paramref name="key"/> is wrong already.</summary>
    public bool Has(string key) => errors.Exists(error => error.Key.StartsWith(key, StringComparison.OrdinalIgnoreCase));

    /// <summary>Adds an error; a null or empty <paramref name="found"/> is nothing.</summary>
    public void Add(string key, object? found, string expected) => errors.Add(new(key, Show(key, found), expected));

    /// <summary>Adds an error unless <paramref name="condition"/> holds.</summary>
    public void Require(bool condition, string key, object? found, string expected)
    {
        if (!condition)
        {
            Add(key, found, expected);
        }
    }

    /// <summary>Adds an error unless <paramref name="value"/> is from <paramref name="min"/> to <paramref name="max"/>.</summary>
    public void Range<T>(string key, T value, T min, T max)
        where T : IComparable<T> =>
        Require(
            value.CompareTo(min) >= 0 && value.CompareTo(max) <= 0,
            key,
            value,
            string.Create(CultureInfo.InvariantCulture, $"{min} to {max}"));

    private static string Show(string key, object? found)
    {
        var text = Convert.ToString(found, CultureInfo.InvariantCulture) ?? "";
        if (text.Length == 0)
        {
            return "nothing";
        }

        if (SecretKeys.IsSecret(key))
        {
            return SecretKeys.Mask;
        }

        var clean = string.Concat(text.Take(MaxFound).Select(character => char.IsControl(character) ? '?' : character));
        return text.Length > MaxFound ? $"\"{clean}…\"" : found is string ? $"\"{clean}\"" : clean;
    }
}
