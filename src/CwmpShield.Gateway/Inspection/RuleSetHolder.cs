using System.Security.Cryptography;
using System.Text;
using CwmpShield.Core.Decisions;
using CwmpShield.Core.Rules;
using CwmpShield.Core.Rules.Signing;
using CwmpShield.Gateway.Auditing;
using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.Storage;
using CwmpShield.Gateway.Telemetry;
using Microsoft.Extensions.Logging;

namespace CwmpShield.Gateway.Inspection;

/// <summary>
/// The rules in force. They are read again when the content of their files changes, and swapped as a whole; a set that is not
/// good never takes the place of one that is.
/// </summary>
internal sealed class RuleSetHolder
{
    private readonly RulesOptions options;
    private readonly RuleVersionMemory memory;
    private readonly ShieldMetrics metrics;
    private readonly ChangeAudit audit;
    private readonly BreakGlass glass;
    private readonly TimeProvider time;
    private readonly ILogger<RuleSetHolder> log;
    private byte[] seen;
    private volatile RuleSet current;
    private volatile RuleSet observing;

    /// <summary>Loads the rules for the first time.</summary>
    /// <exception cref="RulesException">They are not good.</exception>
    public RuleSetHolder(GatewayOptions options, RuleVersionMemory memory, ShieldMetrics metrics, ChangeAudit audit, BreakGlass glass, TimeProvider time, ILogger<RuleSetHolder> log)
    {
        (this.options, this.memory, this.metrics, this.audit, this.glass, this.time, this.log) = (options.Rules, memory, metrics, audit, glass, time, log);
        seen = Fingerprint();
        var result = Load();
        current = result.Set ?? throw new RulesException(result.Diagnostics);
        observing = current.Observing();
        metrics.WatchExceptions(() => current.Exceptions, time);
        Announce();
    }

    /// <summary>The rules in force; while the glass is broken they only record.</summary>
    public RuleSet Current => glass.IsBroken ? observing : current;

    /// <summary>Judges with the rules in force.</summary>
    public Core.Decisions.Inspection Inspect(in RawMessage raw, InspectionContext context) => Inspector.Inspect(Current, raw, context);

    /// <summary>Looks at the files, and takes them in when they have changed and are good.</summary>
    public void Poll()
    {
        var now = Fingerprint();
        if (now.AsSpan().SequenceEqual(seen))
        {
            return;
        }

        seen = now;
        var result = Load();
        metrics.Reloaded("rules", result.Set is not null);
        if (result.Set is null)
        {
            var problem = result.Diagnostics.FirstOrDefault(one => !one.IsWarning)?.ToString() ?? "";
            audit.RulesKept(current.Hash, problem);
            log.RulesKept(problem);
            return;
        }

        current = result.Set;
        observing = current.Observing();
        Announce();
    }

    private RuleLoadResult Load()
    {
        var load = new RuleLoadOptions { Now = time.GetUtcNow(), ObserveOnly = options.Mode == RulesMode.Observe };
        if (!options.RequireSignedRules)
        {
            return RuleSetLoader.Load(options.Path, load);
        }

        try
        {
            var trust = new RuleTrust(File.ReadAllText(options.TrustedKeyFile), memory.ReachedAsync(CancellationToken.None).AsTask().GetAwaiter().GetResult());
            var result = RuleSetLoader.Load(options.Path, load with { Trust = trust });
            if (result is { Set: not null, SignedVersion: { } version })
            {
                memory.ReachAsync(version, CancellationToken.None).AsTask().GetAwaiter().GetResult();
            }

            return result;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or RegistryUnavailableException)
        {
            // What is not remembered is not in force; the next look tries again, though the files are the same.
            seen = [];
            var problem = $"the trusted key, or the version reached, cannot be read or written: {error.Message}";
            return new RuleLoadResult(null, [new RuleDiagnostic(options.TrustedKeyFile, 0, 0, DiagnosticCode.BadSignature, problem)]);
        }
    }

    private void Announce()
    {
        metrics.RulesLoaded(current.Version, current.Hash, time.GetUtcNow());
        audit.Rules(current.Version, current.Hash);
        log.RulesInForce(current.Hash);
    }

    /// <summary>Hash over names and content of all files; what cannot be read counts as empty, and the loader says so.</summary>
    private byte[] Fingerprint()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        try
        {
            var files = Directory.Exists(options.Path) ? Directory.GetFiles(options.Path, "*", SearchOption.AllDirectories) : [options.Path];
            foreach (var file in files.Order(StringComparer.Ordinal))
            {
                hash.AppendData(Encoding.UTF8.GetBytes(file));
                hash.AppendData(SHA256.HashData(File.ReadAllBytes(file)));
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(error.GetType().Name));
        }

        return hash.GetHashAndReset();
    }
}
