using System.Text;

namespace CwmpShield.Core.Audit;

/// <summary>What the store keeps of a record beside its bytes, to find it by. Always to be had from the bytes again.</summary>
/// <param name="At">When, Unix milliseconds.</param>
/// <param name="Kind">Word of the kind.</param>
/// <param name="IsRefusal">Whether it tells of a refusal.</param>
/// <param name="Device">Device.</param>
/// <param name="Model">Model.</param>
/// <param name="Session">Session.</param>
/// <param name="Source">Address.</param>
/// <param name="Message">Name of the message.</param>
/// <param name="Verdict">Verdict.</param>
/// <param name="Rule">First rule.</param>
/// <param name="Reason">First reason.</param>
/// <param name="Actor">Operator.</param>
public sealed record AuditColumns(
    long At, string Kind, bool IsRefusal, string Device, string Model, string Session, string Source, string Message, string Verdict, string Rule, string Reason, string Actor)
{
    private const char Replacement = '\uFFFD';

    /// <summary>The columns of a record.</summary>
    public static AuditColumns Of(AuditRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        return new AuditColumns(
            record.At.ToUnixTimeMilliseconds(),
            AuditKindName.Of(record.Kind),
            record.IsRefusal,
            Text(record.Device),
            Text(record.Model),
            Text(record.Session),
            Text(record.Source),
            Text(record.Message),
            Text(record.Verdict),
            Text(First(record.Rules)),
            Text(First(record.Reasons)),
            Text(record.Actor));
    }

    /// <summary>
    /// A text as every engine can keep it and as the record's bytes have it: shortened, and without NUL and halves of a pair. One text that an
    /// engine refuses would stop the whole ledger.
    /// </summary>
    public static string Text(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length <= AuditJson.MaxShort && !text.Contains('\0', StringComparison.Ordinal) && text.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF') < 0)
        {
            return text;
        }

        var clean = new StringBuilder(AuditJson.MaxShort);
        foreach (var rune in AuditJson.Cut(text, AuditJson.MaxShort).EnumerateRunes())
        {
            clean.Append(rune.Value == 0 ? Replacement.ToString() : rune.ToString());
        }

        return clean.ToString();
    }

    private static string First(IReadOnlyList<string> words) => words.Count > 0 ? words[0] : "";
}
