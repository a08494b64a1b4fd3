using CwmpShield.Gateway.Drifting;
using CwmpShield.Gateway.Listening;
using CwmpShield.Gateway.Revocation;
using CwmpShield.Gateway.WebConsole.Accounts;
using CwmpShield.Gateway.WebConsole.Actions;
using CwmpShield.Gateway.WebConsole.Evidence;
using CwmpShield.Gateway.WebConsole.Hosting;
using CwmpShield.Gateway.WebConsole.Live;
using CwmpShield.Gateway.WebConsole.Overview;
using CwmpShield.Gateway.WebConsole.Pages;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CwmpShield.Gateway.WebConsole;

/// <summary>
/// The console as a branch of its own behind the management listener: its routes are in no table that a device's request is matched
/// against. It is built when the first request for it comes.
/// </summary>
internal static class ConsoleExtensions
{
    private const int MaxFields = 64;
    private const int MaxFieldLength = 4096;

    /// <summary>Registers what the console needs.</summary>
    public static IServiceCollection AddConsole(this IServiceCollection services)
    {
        services.AddSingleton<AccountStore>();
        services.AddSingleton<SessionStore>();
        services.AddSingleton<TokenStore>();
        services.AddSingleton<SignInThrottle>();
        services.AddSingleton<SignIn>();
        services.AddSingleton<OperatorJournal>();
        services.AddSingleton<OperatorActions>();
        services.AddSingleton<HeldProposals>();
        services.AddSingleton<HeldDecisions>();
        services.AddSingleton<GatewayActions>();
        services.AddSingleton<ConsoleAssets>();
        services.AddSingleton<Visitors>();
        services.AddSingleton<ForbiddenAttempts>();
        services.AddSingleton(PageTime.Usual);
        services.AddSingleton<RecentDecisions>();
        services.AddSingleton<FleetFigures>();
        services.AddSingleton<EvidenceStore>();
        services.TryAddSingleton<DriftStore>();
        services.TryAddSingleton<CertificateInventory>();
        services.AddSingleton<RuleHits>();
        services.AddSingleton<LedgerFigures>();
        services.AddSingleton<LedgerAttention>();
        services.AddSingleton<SessionPulse>();
        services.AddHostedService(provider => provider.GetRequiredService<SessionPulse>());
        services.AddSingleton<DeviceSearch>();
        services.AddSingleton(provider => new ManagementPages(Branch(provider), http => http.RequestServices.GetRequiredService<Visitors>().MayReadMetricsAsync(http)));
        services.AddRazorPages(pages => pages.RootDirectory = "/WebConsole/Pages").AddApplicationPart(typeof(ConsoleExtensions).Assembly);
        services.Configure<RouteOptions>(routes => (routes.LowercaseUrls, routes.AppendTrailingSlash) = (true, false));
        services.Configure<FormOptions>(form =>
            (form.ValueCountLimit, form.ValueLengthLimit, form.KeyLengthLimit) = (MaxFields, MaxFieldLength, 128));
        services.AddAntiforgery(SetUp);
        return services;
    }

    private static void SetUp(AntiforgeryOptions options)
    {
        options.FormFieldName = "form-token";
        options.HeaderName = null;
        options.Cookie.Name = "cwmpshield-form";
        options.Cookie.HttpOnly = true;
        options.Cookie.SameSite = SameSiteMode.Strict;
        options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        options.SuppressXFrameOptionsHeader = true;
        options.SuppressReadingTokenFromFormBody = false;
    }

    private static RequestDelegate Branch(IServiceProvider services)
    {
        var branch = new Lazy<RequestDelegate>(() =>
        {
            var app = new ApplicationBuilder(services);
            app.UseRouting();
            app.UseMiddleware<ConsoleGate>();
            app.UseEndpoints(endpoints =>
            {
                endpoints.MapRazorPages();
                endpoints.MapLiveEvents();
            });
            return app.Build();
        });
        return context =>
        {
            // The application's own routing has looked already, for the devices' sake; here its findings mean nothing.
            context.SetEndpoint(null);
            context.Request.RouteValues.Clear();
            return branch.Value(context);
        };
    }
}
