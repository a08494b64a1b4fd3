using System.CommandLine;
using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.Firmware;
using CwmpShield.Gateway.Storage;
using CwmpShield.Gateway.Storage.Secrets;

namespace CwmpShield.Cli;

/// <summary>Where the registry is: by the configuration, or by <c>--store</c> and <c>--key-file</c> without one.</summary>
internal sealed class DeviceStoreOptions
{
    private readonly Option<string> config = ConfigOption.Create();

    private readonly Option<string> store = new("--store") { Description = "SQLite file, in place of the configuration.", HelpName = "FILE" };

    private readonly Option<string> keyFile = new("--key-file")
    {
        Description = "File with the 32-byte key of the stored secrets (base64 or hex), in place of the configuration.",
        HelpName = "FILE",
    };

    private DeviceStoreOptions()
    {
    }

    /// <summary>Adds the options to <paramref name="command"/>.</summary>
    public static DeviceStoreOptions AddTo(Command command)
    {
        var options = new DeviceStoreOptions();
        command.Options.Add(options.config);
        command.Options.Add(options.store);
        command.Options.Add(options.keyFile);
        return options;
    }

    /// <summary>Opens the registry and runs <paramref name="work"/>; what goes wrong is printed and becomes the exit code.</summary>
    public Task<int> UseAsync(ParseResult result, Func<StoredDeviceRegistry, Task<int>> work, CancellationToken cancellationToken) =>
        UseAsync(result, (_, registry) => work(registry), cancellationToken);

    /// <summary>Opens the held orders and runs <paramref name="work"/>; what goes wrong is printed and becomes the exit code.</summary>
    public Task<int> UseHeldAsync(ParseResult result, Func<HeldOrderStore, Task<int>> work, CancellationToken cancellationToken) =>
        UseAsync(result, (store, _) => work(new HeldOrderStore(store)), cancellationToken);

    /// <summary>Opens what is remembered of artefacts and runs <paramref name="work"/>; what goes wrong is printed and becomes the exit code.</summary>
    public Task<int> UseArtefactsAsync(ParseResult result, Func<ArtefactStore, Task<int>> work, CancellationToken cancellationToken) =>
        UseAsync(result, (store, _) => work(new ArtefactStore(store)), cancellationToken);

    /// <summary>Opens store and registry and runs <paramref name="work"/>; what goes wrong is printed and becomes the exit code.</summary>
    public async Task<int> UseAsync(ParseResult result, Func<Store, StoredDeviceRegistry, Task<int>> work, CancellationToken cancellationToken)
    {
        var error = result.InvocationConfiguration.Error;
        if (!TryFind(result, error, out var places))
        {
            return ExitCode.Usage;
        }

        return await StoreErrors.ReportAsync(error, async () =>
        {
            var keys = KeyRing.Read(KeySource.Of(places));
            using var opened = StoreFactory.Open(places);
            return await work(opened, await StoredDeviceRegistry.OpenAsync(opened, keys, cancellationToken));
        });
    }

    /// <summary>Where store and keys are; false when that was printed as wrong.</summary>
    public bool TryFind(ParseResult result, TextWriter error, out StoreOptions places)
    {
        places = new StoreOptions { Path = result.GetValue(store) ?? "", KeyFile = result.GetValue(keyFile) ?? "" };
        if (places.Path.Length > 0 && places.KeyFile.Length > 0)
        {
            return true;
        }

        if (places.Path.Length > 0 || places.KeyFile.Length > 0)
        {
            error.WriteLine("--store and --key-file go together.");
            return false;
        }

        var configuration = GatewayConfiguration.Load(result.GetValue(config));
        if (configuration.Errors.Count > 0)
        {
            ConfigOption.Report(configuration, error);
            return false;
        }

        places = configuration.Options.Store;
        return true;
    }
}
