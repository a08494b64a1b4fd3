namespace CwmpShield.Core.Identity;

/// <summary>The words for <see cref="IdentityStrength"/> in rules, on the command line and in records.</summary>
public static class StrengthName
{
    /// <summary>Every word, weakest first.</summary>
    public static IReadOnlyList<string> All { get; } =
        ["none", "digest-without-tls", "password-over-tls", "shared-certificate-and-password", "unique-certificate"];

    /// <summary>The word for a strength.</summary>
    public static string Of(IdentityStrength strength) => All[(int)strength];

    /// <summary>Reads a word; <c>shared-certificate+password</c> is taken too.</summary>
    public static bool TryParse(string text, out IdentityStrength strength)
    {
        for (var i = 0; i < All.Count; i++)
        {
            if (string.Equals(All[i], text.Replace("+", "-and-", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase))
            {
                strength = (IdentityStrength)i;
                return true;
            }
        }

        strength = IdentityStrength.None;
        return false;
    }
}
