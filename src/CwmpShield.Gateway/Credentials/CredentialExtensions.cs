using CwmpShield.Gateway.Inspection;
using Microsoft.Extensions.DependencyInjection;

namespace CwmpShield.Gateway.Credentials;

/// <summary>How sessions take the life of credentials in.</summary>
internal static class CredentialExtensions
{
    /// <summary>Registers the participants.</summary>
    public static IServiceCollection AddCredentialLife(this IServiceCollection services)
    {
        services.AddSingleton<CredentialMetrics>();
        services.AddSingleton<CredentialScan>();
        services.AddSingleton<SessionParticipant, CredentialRotation>();
        services.AddSingleton<SessionParticipant, FactoryResets>();
        return services;
    }
}
