using CwmpShield.Core.Identity;

namespace CwmpShield.Gateway.Configuration;

/// <summary>Who may speak on one listener: requirement, challenge and patterns must go together.</summary>
internal static class ListenerIdentityChecks
{
    private const int MaxRealm = 64;

    /// <summary>Adds what is wrong to <paramref name="problems"/>.</summary>
    public static void Run(string key, ListenerOptions listener, ConfigurationProblems problems)
    {
        var identity = listener.Identity;
        Requirement(key, listener, problems);
        problems.Require(
            identity.Realm.Length is > 0 and <= MaxRealm && identity.Realm.All(character => character is >= ' ' and < '\x7f' and not '"' and not '\\'),
            $"{key}:Realm",
            identity.Realm,
            $"1 to {MaxRealm} printable ASCII characters without \" and \\");
        problems.Range($"{key}:NonceLifetime", identity.NonceLifetime, TimeSpan.FromSeconds(10), TimeSpan.FromHours(1));
        Patterns(key, identity, problems);
        if (listener.AllowPlaintext)
        {
            problems.Require(
                identity.Challenge != HttpChallenge.Basic,
                $"{key}:Challenge",
                "basic",
                "digest-md5 or digest-sha256 where AllowPlaintext is true: Basic would show the password");
            problems.Require(
                identity.MaxStrength is null or <= IdentityStrength.DigestWithoutTls,
                $"{key}:MaxStrength",
                identity.MaxStrength is { } strength ? ScalarText.Kebab(strength.ToString()) : "",
                "none or digest-without-tls where AllowPlaintext is true");
        }
    }

    private static void Requirement(string key, ListenerOptions listener, ConfigurationProblems problems)
    {
        if (listener.ClientCertificates != ClientCertificatePolicy.None)
        {
            return;
        }

        problems.Require(
            listener.Identity.Require == IdentityRequirement.Credential,
            $"{key}:Require",
            ScalarText.Kebab(listener.Identity.Require.ToString()),
            "credential where ClientCertificates is none: nobody can show a certificate");
        problems.Require(
            listener.Identity.Mode != IdentityMode.Learn,
            $"{key}:Mode",
            "learn",
            "enforce or observe where ClientCertificates is none: only a unique certificate enrols a device");
    }

    private static void Patterns(string key, ListenerIdentityOptions identity, ConfigurationProblems problems)
    {
        for (var i = 0; i < identity.SubjectPatterns.Count; i++)
        {
            if (!SubjectPattern.TryParse(identity.SubjectPatterns[i], out _, out var error))
            {
                problems.Add($"{key}:SubjectPatterns:{i}", identity.SubjectPatterns[i], $"a subject pattern; it {error}");
            }
        }

        if (!NamePattern.TryParse(identity.UserPattern, out _, out var wrong))
        {
            problems.Add($"{key}:UserPattern", identity.UserPattern, $"a name pattern; it {wrong}");
        }
    }
}
