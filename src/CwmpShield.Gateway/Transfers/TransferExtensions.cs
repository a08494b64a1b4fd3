using CwmpShield.Gateway.Inspection;
using CwmpShield.Gateway.Mirror;
using CwmpShield.Gateway.Mirror.Serving;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CwmpShield.Gateway.Transfers;

/// <summary>How sessions take transfers and their outcome in.</summary>
internal static class TransferExtensions
{
    /// <summary>Registers what follows an order to its outcome.</summary>
    public static IServiceCollection AddTransfers(this IServiceCollection services)
    {
        services.AddSingleton<RolloutStore>();
        services.AddSingleton<TransferLedger>(provider => new TransferLedger(provider.GetRequiredService<Storage.Store>()));
        services.AddSingleton<TransferSignals>();
        services.AddSingleton<TransferOutcomes>();
        services.AddSingleton<ArtefactDelivery>();
        services.AddSingleton<SessionParticipant, TransferParticipant>();
        services.AddSingleton<TransferSweep>();
        services.AddHostedService(provider => provider.GetRequiredService<TransferSweep>());
        services.AddSingleton<FindMirroredOrder>(provider => provider.GetRequiredService<MirroredOrders>().FindAsync);
        services.AddSingleton<MirroredOrders>();
        services.TryAddSingleton<FindArtefact>((_, _) => null);
        services.TryAddSingleton<ArtefactStands>((_, _) => true);
        return services;
    }
}
