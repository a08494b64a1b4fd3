using CwmpShield.Core.Firmware;
using CwmpShield.Gateway.Firmware;
using CwmpShield.Gateway.Inspection;
using CwmpShield.Gateway.Mirror;
using CwmpShield.Gateway.Mirror.Serving;
using Microsoft.Extensions.DependencyInjection;

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
        services.AddSingleton<FindArtefact>(provider => Find(provider.GetRequiredService<ArtefactHolder>(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<ArtefactStands>(provider => Stands(provider.GetRequiredService<ArtefactHolder>()));
        return services;
    }

    private static FindArtefact Find(ArtefactHolder artefacts, TimeProvider time) => (session, transfer) =>
        artefacts.Current is { IsConfigured: true } trust ? ArtefactGate.Judge(trust, transfer, session.Traits, time.GetUtcNow()) : null;

    private static ArtefactStands Stands(ArtefactHolder artefacts) => (name, sha256) =>
        artefacts.Current is var trust && trust.Find(name) is { } artefact
        && string.Equals(artefact.Sha256, sha256, StringComparison.Ordinal) && trust.WithdrawnBecause(artefact) is null;
}
