using System.CommandLine;
using CwmpShield.Core.Cwmp;
using CwmpShield.Gateway.Auditing;
using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.ConnectionRequests;
using CwmpShield.Gateway.Storage;

namespace CwmpShield.Cli;

/// <summary>Opens the store of the configuration for verbs about connection requests.</summary>
internal sealed class ConnectionRequestStore
{
    private readonly Option<string> config = ConfigOption.Create();

    private ConnectionRequestStore()
    {
    }

    /// <summary>Adds the options to <paramref name="command"/>.</summary>
    public static ConnectionRequestStore AddTo(Command command)
    {
        var options = new ConnectionRequestStore();
        command.Options.Add(options.config);
        return options;
    }

    /// <summary>Runs <paramref name="work"/> on the store; what goes wrong is printed and becomes the exit code.</summary>
    public async Task<int> UseAsync(ParseResult result, Func<GatewayOptions, Store, EndpointAdministration, Task<int>> work)
    {
        var error = result.InvocationConfiguration.Error;
        var configuration = GatewayConfiguration.Load(result.GetValue(config));
        if (configuration.Errors.Count > 0)
        {
            return ConfigOption.Report(configuration, error);
        }

        return await StoreErrors.ReportAsync(error, async () =>
        {
            using var store = StoreFactory.Open(configuration.Options.Store);
            return await work(configuration.Options, store, new EndpointAdministration(store, configuration.Options, TimeProvider.System));
        });
    }

    /// <summary>
    /// Runs <paramref name="work"/>, which does something to a device, on the store and the device's registry key: it is in the ledger first. It is printed
    /// where there is no such device.
    /// </summary>
    public Task<int> UseDeviceAsync(
        ParseResult result, DeviceId device, Func<GatewayOptions, EndpointAdministration, StoredDeviceRegistry, long, Task<int>> work, CancellationToken cancellationToken) =>
        UseAsync(result, async (options, store, endpoints) =>
        {
            var registry = await StoredDeviceRegistry.OpenAsync(store, MasterKey.Read(options.Store.KeyFile), cancellationToken);
            if (await registry.FindAsync(device, cancellationToken) is { } record)
            {
                return await new OperatorRecord(new OperatorAudit(store, options.Audit.Node), result).RunAsync(
                    ChangeSubject.Of(device), () => work(options, endpoints, registry, record.Device.Key));
            }

            await result.InvocationConfiguration.Error.WriteLineAsync($"There is no device {device}.");
            return ExitCode.Findings;
        });
}
