namespace CwmpShield.Core.Identity.Limits;

/// <summary>
/// Who is counted. Whoever has proven himself is counted by himself, whoever hasn't by where he comes from: so nobody's deeds are
/// counted against a name that he only uses. A value; comes from <see cref="PartyLimits"/> and is good there only.
/// </summary>
public readonly record struct Party
{
    internal Party(ulong id, ulong site, LimitFigures figures, bool isProven)
    {
        Id = id;
        Site = site;
        Figures = figures;
        IsProven = isProven;
    }

    /// <summary>Whether it is a proven device or certificate, and not an address.</summary>
    public bool IsProven { get; }

    /// <summary>Its number; 0 for nobody.</summary>
    internal ulong Id { get; }

    /// <summary>The number of the IPv6 site around an address; 0 for none.</summary>
    internal ulong Site { get; }

    /// <summary>What it may use.</summary>
    internal LimitFigures Figures { get; }
}
