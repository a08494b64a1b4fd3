namespace CwmpShield.Gateway.Configuration;

/// <summary>Where rules and management are.</summary>
internal static class PlaceChecks
{
    /// <summary>Adds what is wrong to <paramref name="problems"/>.</summary>
    public static void Run(string section, GatewayOptions options, ConfigurationProblems problems)
    {
        var rules = options.Rules;
        problems.Require(File.Exists(rules.Path) || Directory.Exists(rules.Path), $"{section}:Rules:Path", rules.Path, "a rules file or a folder of them");
        problems.Range($"{section}:Rules:ReloadInterval", rules.ReloadInterval, TimeSpan.FromMilliseconds(100), TimeSpan.FromHours(1));
        problems.Require(!rules.RequireSignedRules || Directory.Exists(rules.Path), $"{section}:Rules:Path", rules.Path, "a folder: one file alone cannot be signed");
        problems.Require(
            !rules.RequireSignedRules || File.Exists(rules.TrustedKeyFile), $"{section}:Rules:TrustedKeyFile", rules.TrustedKeyFile, "the public key (PEM) that signs rules");
        StoreChecks.Run($"{section}:Store", options.Store, problems);
        ManagementChecks.Run($"{section}:Management", options.Management, problems);
    }
}
