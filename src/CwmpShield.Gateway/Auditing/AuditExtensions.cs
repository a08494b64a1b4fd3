using CwmpShield.Core.Audit;
using CwmpShield.Gateway.Auditing.Syslog;
using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.Inspection;
using CwmpShield.Gateway.Storage;
using CwmpShield.Gateway.Storage.Secrets;
using Microsoft.Extensions.DependencyInjection;

namespace CwmpShield.Gateway.Auditing;

/// <summary>How the gateway takes the ledger in.</summary>
internal static class AuditExtensions
{
    private const string ValueKey = "audit-values";

    /// <summary>Registers the ledger and what writes to it.</summary>
    public static IServiceCollection AddAudit(this IServiceCollection services, GatewayOptions options)
    {
        services.AddSingleton(options.Audit.Node.Length > 0 ? options.Audit : options.Audit with { Node = AuditChecks.NameOf(Environment.MachineName) });
        services.AddSingleton(_ => LedgerKey.Open(options.Audit.KeyFile, options.Audit.KeyPasswordFile));
        services.AddSingleton<Ledger>();
        services.AddSingleton<NodeRecords>();
        services.AddSingleton<LedgerMetrics>();
        services.AddSingleton<LedgerCheckpoints>();
        services.AddSingleton<LedgerChain>();
        services.AddSingleton<LedgerSearch>();
        services.AddSingleton<SyslogTimes>();
        services.AddSingleton<SyslogMetrics>();
        services.AddHostedService<SyslogService>();
        services.AddHostedService<LedgerWriter>();
        services.AddSingleton(Redaction);
        services.AddSingleton<OrderRecords>();
        services.AddSingleton<ChangeAudit>();
        services.AddSingleton<StrangerAudit>();
        services.AddSingleton<OrderAudit>();
        services.AddSingleton<SessionParticipant>(provider => provider.GetRequiredService<OrderAudit>());
        return services;
    }

    /// <summary>The key of the values' hashes is the store's own: it outlives every master key.</summary>
    private static AuditRedaction Redaction(IServiceProvider provider)
    {
        var seal = provider.GetRequiredService<SecretSeal>();
        return new AuditRedaction(provider.GetRequiredService<Store>().WriteAsync(
            commands => StoreKeyRows.KeyAsync(commands, seal, ValueKey), CancellationToken.None).AsTask().GetAwaiter().GetResult());
    }
}
