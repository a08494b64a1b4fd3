namespace CwmpShield.Core.DataModel.Values;

/// <summary>The order of software versions as vendors write them: runs of digits compare as numbers, the rest as text without case.</summary>
public static class SoftwareVersion
{
    /// <summary>Below zero when <paramref name="left"/> is the older one, zero when neither is; a version is older than one that it begins.</summary>
    public static int Compare(ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        while (!left.IsEmpty && !right.IsEmpty)
        {
            var a = Run(ref left);
            var b = Run(ref right);
            var order = char.IsAsciiDigit(a[0]) && char.IsAsciiDigit(b[0])
                ? CompareNumbers(a.TrimStart('0'), b.TrimStart('0'))
                : a.CompareTo(b, StringComparison.OrdinalIgnoreCase);
            if (order != 0)
            {
                return order;
            }
        }

        return left.Length.CompareTo(right.Length);
    }

    private static int CompareNumbers(ReadOnlySpan<char> a, ReadOnlySpan<char> b) =>
        a.Length != b.Length ? a.Length.CompareTo(b.Length) : a.CompareTo(b, StringComparison.Ordinal);

    private static ReadOnlySpan<char> Run(ref ReadOnlySpan<char> text)
    {
        var digits = char.IsAsciiDigit(text[0]);
        var length = 1;
        while (length < text.Length && char.IsAsciiDigit(text[length]) == digits)
        {
            length++;
        }

        var run = text[..length];
        text = text[length..];
        return run;
    }
}
