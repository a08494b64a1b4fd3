using System.Globalization;

namespace CwmpShield.Core.Audit.Export;

/// <summary>The parameters of a record in one text: <c>name=value; name</c>, a value that may not be shown as <c>hmac:…</c>.</summary>
internal static class ParameterText
{
    /// <summary>The text; empty for none.</summary>
    public static string Of(AuditRecord record)
    {
        var names = record.Parameters.Select(one => (one.Value, one.Mac) switch
        {
            (string value, _) => $"{one.Name}={value}",
            (_, string mac) => $"{one.Name}=hmac:{mac}",
            _ => one.Name,
        });
        return string.Join("; ", record.ParametersLeftOut > 0 ? names.Append(string.Create(CultureInfo.InvariantCulture, $"and {record.ParametersLeftOut} more")) : names);
    }
}
