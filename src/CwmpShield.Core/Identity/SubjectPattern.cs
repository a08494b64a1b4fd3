namespace CwmpShield.Core.Identity;

/// <summary>How a certificate names its device: a <see cref="NamePattern"/> over its common name (<c>cn:</c>) or its alternative names (<c>san:</c>).</summary>
public sealed class SubjectPattern
{
    private readonly bool isCommonName;
    private readonly NamePattern pattern;

    private SubjectPattern(bool isCommonName, NamePattern pattern)
    {
        this.isCommonName = isCommonName;
        this.pattern = pattern;
    }

    /// <summary>Reads <c>cn:</c> or <c>san:</c> and a pattern; on false <paramref name="error"/> says what is wrong.</summary>
    public static bool TryParse(string text, out SubjectPattern? subject, out string error)
    {
        subject = null;
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var source = colon < 0 ? "" : text[..colon];
        if (source is not ("cn" or "san"))
        {
            error = "must begin with cn: or san:";
            return false;
        }

        if (!NamePattern.TryParse(text[(colon + 1)..], out var pattern, out error))
        {
            return false;
        }

        subject = new SubjectPattern(source is "cn", pattern!);
        return true;
    }

    /// <summary>The devices that the names of <paramref name="certificate"/> tell of by this pattern.</summary>
    public IEnumerable<DeviceName> Match(CertificateFacts certificate) =>
        (isCommonName ? certificate.CommonNames : certificate.AlternativeNames).Select(pattern.Match).OfType<DeviceName>();
}
