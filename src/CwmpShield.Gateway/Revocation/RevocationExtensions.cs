using Microsoft.Extensions.DependencyInjection;

namespace CwmpShield.Gateway.Revocation;

/// <summary>How the listeners get their certificate checks.</summary>
internal static class RevocationExtensions
{
    /// <summary>Registers <see cref="CertificateDoors"/> and what keeps them fresh.</summary>
    public static IServiceCollection AddCertificateDoors(this IServiceCollection services)
    {
        services.AddSingleton<RevocationMetrics>();
        services.AddSingleton<RevocationHttp>();
        services.AddSingleton<CertificateSightings>();
        services.AddSingleton<CertificateDoors>();
        services.AddHostedService<RevocationRefresher>();
        return services;
    }
}
