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
        services.AddSingleton<OperatorChain>();
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

    private static AuditRedaction Redaction(IServiceProvider provider) => AuditValues.OpenAsync(
        provider.GetRequiredService<Store>(), provider.GetRequiredService<SecretSeal>(), CancellationToken.None).AsTask().GetAwaiter().GetResult();
}
