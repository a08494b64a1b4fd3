using System.Diagnostics.CodeAnalysis;

namespace CwmpShield.Gateway.DeviceImport;

/// <summary>The fields of one line; what is empty or not there is null.</summary>
internal sealed class LineFields
{
    private readonly string?[] values = new string?[DeviceFieldName.Count];

    /// <summary>The text of a field, null when the line says nothing of it.</summary>
    public string? this[DeviceField field]
    {
        get => values[(int)field];
        set => values[(int)field] = string.IsNullOrEmpty(value) ? null : value;
    }

    /// <summary>Forgets everything.</summary>
    public void Clear() => Array.Clear(values);

    /// <summary>The text of a field, when the line has one.</summary>
    public bool Has(DeviceField field, [NotNullWhen(true)] out string? value)
    {
        value = this[field];
        return value is not null;
    }
}
