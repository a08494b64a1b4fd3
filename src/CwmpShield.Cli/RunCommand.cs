using System.CommandLine;
using System.Net.Sockets;
using System.Security.Cryptography;
using CwmpShield.Gateway;
using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.Inspection;
using CwmpShield.Gateway.Listening;
using CwmpShield.Gateway.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace CwmpShield.Cli;

/// <summary>
/// <c>cwmpshield run [--config FILE]</c>: the gateway, until SIGTERM or Ctrl-C; messages in progress are then finished. Exit 0
/// when it was stopped, 1 when it could not listen or failed, 2 when configuration, store or rules are wrong.
/// </summary>
internal static class RunCommand
{
    private const string Text = """
        Runs the gateway until SIGTERM or Ctrl-C. Standard output names one listening address a line; logs go to standard error.
        Exit code: 0 stopped, 1 it could not listen, 2 configuration, rules or store are wrong.

        Example: cwmpshield run --config appsettings.json
        """;

    /// <summary>Creates the verb.</summary>
    public static Command Create()
    {
        var config = ConfigOption.Create();
        var command = new Command("run", Text) { config };
        command.SetAction((result, cancellation) =>
        {
            var output = result.InvocationConfiguration;
            var configuration = GatewayConfiguration.Load(result.GetValue(config));
            return configuration.Errors.Count > 0
                ? Task.FromResult(ConfigOption.Report(configuration, output.Error))
                : RunAsync(configuration, output.Output, output.Error, cancellation);
        });
        return command;
    }

    private static async Task<int> RunAsync(GatewayConfiguration configuration, TextWriter output, TextWriter error, CancellationToken cancellation)
    {
        WorkerThreads.Prepare();
        try
        {
            await using var app = GatewayApp.Build(configuration.Options, configuration.Source, ConfigureHost);
            await StartAsync(app, cancellation);
            Announce(app.Services.GetRequiredService<BoundEndpoints>(), configuration.Options, output);
            await app.WaitForShutdownAsync(cancellation);
            return ExitCode.Ok;
        }
        catch (Exception broken) when (broken is RulesException or StoreException or CryptographicException)
        {
            error.WriteLine(broken.Message);
            return ExitCode.Usage;
        }
        catch (Exception broken) when (broken is IOException or SocketException)
        {
            error.WriteLine($"The gateway cannot listen: {broken.Message}");
            return ExitCode.Findings;
        }
    }

    /// <summary>Starts, or stops in order what had started already; disposed of running, it would be logged as broken.</summary>
    private static async Task StartAsync(WebApplication app, CancellationToken cancellation)
    {
        try
        {
            await app.StartAsync(cancellation);
        }
        catch
        {
            await app.StopAsync(CancellationToken.None);
            throw;
        }
    }

    /// <summary>Logs go to standard error: standard output says where the gateway listens, for scripts.</summary>
    private static void ConfigureHost(WebApplicationBuilder builder)
    {
        builder.Logging.AddSimpleConsole(console => console.SingleLine = true);

        // A start that fails is told in one line at the end, not by the host's stack trace.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical);
        builder.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.Services.Configure<ConsoleLifetimeOptions>(lifetime => lifetime.SuppressStatusMessages = true);
    }

    private static void Announce(BoundEndpoints endpoints, GatewayOptions options, TextWriter output)
    {
        foreach (var listener in options.Listeners)
        {
            output.WriteLine($"{listener.Name}: {(listener.AllowPlaintext ? "http" : "https")}://{endpoints.Device(listener.Name)}");
        }

        if (options.ConnectionRequests.PublicUrl.Length > 0)
        {
            output.WriteLine($"connection-requests: {(options.ConnectionRequests.Certificate.Path.Length > 0 ? "https" : "http")}://{endpoints.Broker}");
        }

        foreach (var listener in options.Mirror.Listeners)
        {
            output.WriteLine($"{listener.Name}: {(listener.AllowPlaintext ? "http" : "https")}://{endpoints.Device(listener.Name)}");
        }

        output.WriteLine($"management: {(options.Management.Certificate.Path.Length > 0 ? "https" : "http")}://{endpoints.Management}");
        output.Flush();
    }
}
