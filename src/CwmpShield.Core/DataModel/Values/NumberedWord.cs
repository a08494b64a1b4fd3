namespace CwmpShield.Core.DataModel.Values;

/// <summary>Words of TR-069 that begin with a number (<c>1 BOOT</c>, <c>1 Firmware Upgrade Image</c>).</summary>
internal static class NumberedWord
{
    /// <summary>Whether <paramref name="asked"/> (a number alone, a whole word, or with <c>*</c>) is <paramref name="written"/>; case is ignored.</summary>
    public static bool Matches(string asked, ReadOnlySpan<char> written)
    {
        if (asked.Length > 0 && asked.AsSpan().IndexOfAnyExceptInRange('0', '9') < 0)
        {
            var rest = written.TrimStart('0');
            return asked is "0"
                ? written.Length > 0 && written[0] == '0' && (rest.IsEmpty || !char.IsAsciiDigit(rest[0]))
                : rest.StartsWith(asked, StringComparison.Ordinal) && (rest.Length == asked.Length || !char.IsAsciiDigit(rest[asked.Length]));
        }

        return StepGlob.Matches(asked, written, ignoreCase: true);
    }
}
