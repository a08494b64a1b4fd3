using Yarp.ReverseProxy.Configuration;

namespace CwmpShield.Gateway.Configuration;

/// <summary>Every check of the bound configuration, in the order of its sections.</summary>
internal static class GatewayChecks
{
    private const string Section = "CwmpShield";
    private const long MaxBudget = 1L << 40;

    /// <summary>Adds what is wrong to <paramref name="problems"/>.</summary>
    public static void Run(GatewayOptions options, IReadOnlyList<ClusterConfig> clusters, ConfigurationProblems problems)
    {
        problems.Require(options.Listeners.Count > 0, $"{Section}:Listeners", "", "at least one listener");
        for (var i = 0; i < options.Listeners.Count; i++)
        {
            var key = $"{Section}:Listeners:{i}";
            var listener = options.Listeners[i];
            ListenerChecks.Run(key, listener, clusters, problems);
            ListenerTlsChecks.Run(key, listener, problems);
            RevocationChecks.Run(key, listener, problems);
            ListenerIdentityChecks.Run($"{key}:Identity", listener, problems);
            ListenerLimitChecks.Run($"{key}:Limits", listener.Limits, problems);
            problems.Require(
                options.Acs.Credentials.EffectiveMode != AcsCredentialMode.Device || listener.Identity.Mode != IdentityMode.Learn,
                $"{key}:Identity:Mode",
                "learn",
                "enforce or observe where Acs:Credentials:Mode is device: who enrols by certificate brings no password that the ACS could be told");
        }

        ListenerPairChecks.Run($"{Section}:Listeners", options, problems);
        AcsChecks.Run($"{Section}:Acs", options.Acs, clusters, problems);
        PlaceChecks.Run(Section, options, problems);
        AuditChecks.Run($"{Section}:Audit", options.Audit, problems);
        problems.Range($"{Section}:Drift:MaxParameters", options.Drift.MaxParameters, 1, 10_000);
        MirrorChecks.Run($"{Section}:Mirror", options, problems);
        ArtefactOptionChecks.Run($"{Section}:Artefacts", options.Artefacts, problems);
        ConnectionRequestChecks.Run($"{Section}:ConnectionRequests", options, problems);
        RefusalChecks($"{Section}:Refusal", options.Refusal, problems);
        problems.Range($"{Section}:Drain:ReadinessTime", options.Drain.ReadinessTime, TimeSpan.Zero, TimeSpan.FromMinutes(10));
        problems.Range($"{Section}:Drain:SessionTime", options.Drain.SessionTime, TimeSpan.Zero, TimeSpan.FromHours(1));
        TelemetryChecks.Run($"{Section}:Telemetry", options.Telemetry, problems);
        problems.Range($"{Section}:Admission:SessionsPerSecond", options.Admission.SessionsPerSecond, 0, 1_000_000);
        problems.Range($"{Section}:Admission:MaxSessions", options.Admission.MaxSessions, 0, 10_000_000);
        ThrottleChecks.Run(Section, options, problems);
        var largest = options.Listeners.Select(one => (long)Math.Max(one.Limits.MaxUpBodyBytes, one.Limits.MaxDownBodyBytes)).DefaultIfEmpty(1).Max();
        // A body that inflates to the bound needs room for itself, for growing, and for its compressed form.
        problems.Range($"{Section}:BufferBudgetBytes", options.BufferBudgetBytes, 4 * largest, MaxBudget);
    }

    private static void RefusalChecks(string key, RefusalOptions refusal, ConfigurationProblems problems)
    {
        problems.Range($"{key}:MaxRounds", refusal.MaxRounds, 1, 256);
        problems.Range($"{key}:MaxTime", refusal.MaxTime, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(2));
        problems.Range($"{key}:DrainRounds", refusal.DrainRounds, 1, 4096);
        problems.Range($"{key}:DrainTime", refusal.DrainTime, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10));
        problems.Range($"{key}:MaxLoops", refusal.MaxLoops, 1, 100_000);
    }
}
