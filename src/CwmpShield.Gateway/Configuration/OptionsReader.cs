using System.Collections;
using System.Reflection;
using Microsoft.Extensions.Configuration;

namespace CwmpShield.Gateway.Configuration;

/// <summary>
/// Binds a section to an immutable record. The platform's binder stops at the first value that it cannot convert and passes
/// over keys that it doesn't know; this one reports them all.
/// </summary>
/// <param name="problems">Where they go.</param>
/// <param name="refused">Types of sections that may not stand there, with what is expected instead.</param>
internal sealed class OptionsReader(ConfigurationProblems problems, IReadOnlyDictionary<Type, string>? refused = null)
{
    /// <summary>A <typeparamref name="T"/> with the values of <paramref name="section"/>, and its own defaults elsewhere.</summary>
    public T Read<T>(IConfigurationSection section)
        where T : new() => (T)ReadRecord(typeof(T), section);

    private object ReadRecord(Type type, IConfigurationSection section)
    {
        var record = Activator.CreateInstance(type)!;
        if (!string.IsNullOrEmpty(section.Value))
        {
            problems.Add(section.Path, section.Value, "a section");
            return record;
        }

        var properties = type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.CanWrite).ToArray();
        foreach (var child in section.GetChildren())
        {
            var property = Array.Find(properties, one => one.Name.Equals(child.Key, StringComparison.OrdinalIgnoreCase));
            if (property is null)
            {
                problems.Add(child.Path, child.Value ?? "a section", "no such key; known are " + string.Join(", ", properties.Select(one => one.Name)));
            }
            else if (ReadValue(property.PropertyType, child) is { } value)
            {
                property.SetValue(record, value);
            }
        }

        return record;
    }

    /// <summary>The value of <paramref name="section"/>, null where it isn't one (which was reported) or is null itself.</summary>
    private object? ReadValue(Type type, IConfigurationSection section)
    {
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>))
        {
            return ReadList(type.GenericTypeArguments[0], section);
        }

        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyDictionary<,>))
        {
            return ReadDictionary(type.GenericTypeArguments[1], section);
        }

        if (refused?.GetValueOrDefault(type) is { } instead)
        {
            problems.Add(section.Path, section.Value ?? "a section", instead);
            return null;
        }

        var plain = Nullable.GetUnderlyingType(type) ?? type;
        if (!ScalarText.IsScalar(plain))
        {
            return ReadRecord(type, section);
        }

        if (section.Value is null && !section.GetChildren().Any())
        {
            return null;
        }

        if (ScalarText.TryRead(plain, section.Value, out var value))
        {
            return value;
        }

        problems.Add(section.Path, section.Value ?? "a section", ScalarText.Expected(plain));
        return null;
    }

    private object ReadList(Type element, IConfigurationSection section)
    {
        var list = (IList)Activator.CreateInstance(typeof(List<>).MakeGenericType(element))!;
        if (!string.IsNullOrEmpty(section.Value))
        {
            problems.Add(section.Path, section.Value, "a list");
        }

        // The configuration sorts "10" behind "9" as the list wants it; a key that is no number comes from a map.
        foreach (var child in section.GetChildren())
        {
            if (!int.TryParse(child.Key, System.Globalization.NumberStyles.None, null, out _))
            {
                problems.Add(child.Path, child.Value ?? "a section", "a list, not a map");
            }
            else if (ReadValue(element, child) is { } value)
            {
                list.Add(value);
            }
        }

        return list;
    }

    private object ReadDictionary(Type element, IConfigurationSection section)
    {
        var map = (IDictionary)Activator.CreateInstance(typeof(Dictionary<,>).MakeGenericType(typeof(string), element), StringComparer.OrdinalIgnoreCase)!;
        if (!string.IsNullOrEmpty(section.Value))
        {
            problems.Add(section.Path, section.Value, "a map");
        }

        foreach (var child in section.GetChildren())
        {
            if (ReadValue(element, child) is { } value)
            {
                map.Add(child.Key, value);
            }
        }

        return map;
    }
}
