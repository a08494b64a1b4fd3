using System.CommandLine;
using CwmpShield.Gateway.Auditing;
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

    /// <summary>As <see cref="UseHeldAsync"/>, for a decision about the held order of this number: it is in the ledger first.</summary>
    public Task<int> ChangeHeldAsync(ParseResult result, long number, Func<HeldOrderStore, Task<int>> work, CancellationToken cancellationToken) => ChangeAsync(
        result,
        new ChangeSubject(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"held order {number}")),
        (store, _) => work(new HeldOrderStore(store)),
        cancellationToken);

    /// <summary>Opens what is remembered of artefacts and runs <paramref name="work"/>, which changes it for one: it is in the ledger first.</summary>
    public Task<int> ChangeArtefactAsync(ParseResult result, string artefact, Func<ArtefactStore, Task<int>> work, CancellationToken cancellationToken) =>
        ChangeAsync(result, new ChangeSubject(artefact), (store, _) => work(new ArtefactStore(store)), cancellationToken);

    /// <summary>Opens store and registry and runs <paramref name="work"/>; what goes wrong is printed and becomes the exit code.</summary>
    public Task<int> UseAsync(ParseResult result, Func<Store, StoredDeviceRegistry, Task<int>> work, CancellationToken cancellationToken) =>
        RunAsync(result, null, work, cancellationToken);

    /// <summary>As <see cref="UseAsync(ParseResult, Func{Store, StoredDeviceRegistry, Task{int}}, CancellationToken)"/>, for work that changes something: it is in the ledger first.</summary>
    public Task<int> ChangeAsync(ParseResult result, ChangeSubject subject, Func<Store, StoredDeviceRegistry, Task<int>> work, CancellationToken cancellationToken) =>
        RunAsync(result, subject, work, cancellationToken);

    /// <summary>Runs work that changes something and opens what it needs itself: it is in the ledger first.</summary>
    public async Task<int> RecordAsync(ParseResult result, ChangeSubject subject, Func<Task<int>> work)
    {
        var error = result.InvocationConfiguration.Error;
        if (!TryFind(result, error, out var places, out var node))
        {
            return ExitCode.Usage;
        }

        return await StoreErrors.ReportAsync(error, async () =>
        {
            using var opened = StoreFactory.Open(places);
            return await new OperatorRecord(new OperatorAudit(opened, node), result).RunAsync(subject, work);
        });
    }

    private async Task<int> RunAsync(
        ParseResult result, ChangeSubject? subject, Func<Store, StoredDeviceRegistry, Task<int>> work, CancellationToken cancellationToken)
    {
        var error = result.InvocationConfiguration.Error;
        if (!TryFind(result, error, out var places, out var node))
        {
            return ExitCode.Usage;
        }

        return await StoreErrors.ReportAsync(error, async () =>
        {
            var keys = KeyRing.Read(KeySource.Of(places));
            using var opened = StoreFactory.Open(places);
            var registry = await StoredDeviceRegistry.OpenAsync(opened, keys, cancellationToken);
            return subject is null
                ? await work(opened, registry)
                : await new OperatorRecord(new OperatorAudit(opened, node), result).RunAsync(subject, () => work(opened, registry));
        });
    }

    /// <summary>The node whose ledger is written, where <see cref="TryFind(ParseResult, TextWriter, out StoreOptions)"/> has found the store.</summary>
    public string NodeOf(ParseResult result) => TryFind(result, TextWriter.Null, out _, out var node) ? node : AuditOptions.DefaultNode;

    /// <summary>Whether the configuration asks for two operators to release a held order; not where the store was named without one.</summary>
    public bool NeedsTwo(ParseResult result) =>
        string.IsNullOrEmpty(result.GetValue(store)) && GatewayConfiguration.Load(result.GetValue(config)).Options.Management.TwoPersonRelease;

    /// <summary>Where store and keys are; false when that was printed as wrong.</summary>
    public bool TryFind(ParseResult result, TextWriter error, out StoreOptions places) => TryFind(result, error, out places, out _);

    /// <summary>Where store and keys are, and the node whose ledger is written; false when that was printed as wrong.</summary>
    public bool TryFind(ParseResult result, TextWriter error, out StoreOptions places, out string node)
    {
        node = AuditOptions.DefaultNode;
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

        (places, node) = (configuration.Options.Store, configuration.Options.Audit.Node);
        return true;
    }
}
