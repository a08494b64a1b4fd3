using CwmpShield.Gateway.Listening;

namespace CwmpShield.Gateway.Configuration;

/// <summary>Figures of addresses and devices, pools, and what counts as impersonation.</summary>
internal static class ThrottleChecks
{
    private const int Most = 10_000_000;
    private const int MostSerials = 100;
    private const int MostNames = 10_000;
    private const int MostPatterns = 100;
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    /// <summary>Adds what is wrong to <paramref name="problems"/>.</summary>
    public static void Run(string section, GatewayOptions options, ConfigurationProblems problems)
    {
        var throttle = options.Throttle;
        var key = $"{section}:Throttle";
        problems.Range($"{key}:Window", throttle.Window, 10 * Second, Hour);
        problems.Range($"{key}:Familiarity", throttle.Familiarity, Hour, 400 * Day);
        problems.Range($"{key}:Entries", throttle.Entries, 2048, 1 << 26);
        Figures($"{key}:Address", throttle.Address, problems);
        var device = throttle.Device;
        Figures(
            $"{key}:Device",
            new ThrottleFigures { Attempts = device.Attempts, Failures = device.Failures, Sessions = device.Sessions, Bytes = device.Bytes, Serials = device.Serials },
            problems);
        for (var i = 0; i < throttle.Pools.Count; i++)
        {
            Figures($"{key}:Pools:{i}", throttle.Pools[i], problems);
            Networks($"{key}:Pools:{i}:Networks", throttle.Pools[i].Networks, problems);
        }

        Impersonation($"{section}:Impersonation", options.Impersonation, problems);
    }

    private static void Figures(string key, ThrottleFigures figures, ConfigurationProblems problems)
    {
        problems.Range($"{key}:Attempts", figures.Attempts, 10, Most);
        problems.Range($"{key}:Failures", figures.Failures, 3, Most);
        problems.Range($"{key}:Sessions", figures.Sessions, 3, Most);
        problems.Range($"{key}:Bytes", figures.Bytes, 64L << 10, 1L << 40);
        problems.Range($"{key}:Serials", figures.Serials, 0, MostSerials);
    }

    private static void Impersonation(string key, ImpersonationOptions options, ConfigurationProblems problems)
    {
        problems.Range($"{key}:SignalLife", options.SignalLife, 10 * Second, 30 * Day);
        problems.Range($"{key}:NetworkTime", options.NetworkTime, Second, Day);
        problems.Range($"{key}:Bootstraps", options.Bootstraps, 1, 1000);
        problems.Range($"{key}:BootstrapTime", options.BootstrapTime, 10 * Second, 30 * Day);
        problems.Range($"{key}:Entries", options.Entries, 2048, 1 << 24);
        for (var i = 0; i < options.AccessNetworks.Count; i++)
        {
            Networks($"{key}:AccessNetworks:{i}:Networks", options.AccessNetworks[i].Networks, problems);
        }

        problems.Require(options.Canaries.Count <= MostNames, $"{key}:Canaries", options.Canaries.Count, $"at most {MostNames} names");
        var patterns = options.Canaries.Count(name => name.Contains('*', StringComparison.Ordinal));
        problems.Require(patterns <= MostPatterns, $"{key}:Canaries", patterns, $"at most {MostPatterns} names with '*': every wrong log-in is held against each");
        for (var i = 0; i < Math.Min(options.Canaries.Count, MostNames); i++)
        {
            Canary($"{key}:Canaries:{i}", options.Canaries[i], problems);
        }
    }

    /// <summary>A pattern that fits what no operator can mean would make thieves of the whole fleet.</summary>
    private static void Canary(string key, string name, ConfigurationProblems problems)
    {
        const int most = 256;
        const int leastLiteral = 6;
        var isWritten = name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '%' or '*') && name.Contains('-', StringComparison.Ordinal);
        problems.Require(
            name.Length <= most && isWritten && name.Count(c => c != '*') >= leastLiteral,
            key,
            name,
            "OUI-ProductClass-SerialNumber, characters but letters, digits and '_' percent-encoded; '*' for any, beside at least six others");
    }

    private static void Networks(string key, IReadOnlyList<string> networks, ConfigurationProblems problems)
    {
        problems.Require(networks.Count > 0, key, "", "at least one address or network");
        for (var i = 0; i < networks.Count; i++)
        {
            problems.Require(AddressSet.TryParse(networks[i], out _), $"{key}:{i}", networks[i], "an address or network such as 100.64.0.0/10");
        }
    }
}
