namespace CwmpShield.Core.DataModel;

/// <summary>Matches text in which <c>*</c> stands for any characters. Linear in the text for each star; case is the caller's.</summary>
public static class StepGlob
{
    /// <summary>Whether all of <paramref name="text"/> matches.</summary>
    public static bool Matches(ReadOnlySpan<char> glob, ReadOnlySpan<char> text, bool ignoreCase = false)
    {
        var comparison = ignoreCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        var star = glob.IndexOf('*');
        if (star < 0)
        {
            return glob.Equals(text, comparison);
        }

        if (!text.StartsWith(glob[..star], comparison))
        {
            return false;
        }

        text = text[star..];
        glob = glob[(star + 1)..];
        for (star = glob.IndexOf('*'); star >= 0; star = glob.IndexOf('*'))
        {
            var at = text.IndexOf(glob[..star], comparison);
            if (at < 0)
            {
                return false;
            }

            text = text[(at + star)..];
            glob = glob[(star + 1)..];
        }

        return text.EndsWith(glob, comparison);
    }
}
