using System.CommandLine;
using CwmpShield.Gateway.Auditing;
using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.Storage;
using CwmpShield.Gateway.WebConsole.Accounts;

namespace CwmpShield.Cli.WebConsole;

/// <summary>Opens the store of the configuration for verbs about the console; what they change is in the ledger first.</summary>
internal sealed class ConsoleStore
{
    private readonly Option<string> config = ConfigOption.Create();

    private ConsoleStore()
    {
    }

    /// <summary>The accounts.</summary>
    public AccountStore Accounts { get; private set; } = null!;

    /// <summary>The tokens.</summary>
    public TokenStore Tokens { get; private set; } = null!;

    /// <summary>Adds the options to <paramref name="command"/>.</summary>
    public static ConsoleStore AddTo(Command command)
    {
        var options = new ConsoleStore();
        command.Options.Add(options.config);
        return options;
    }

    /// <summary>Opens it and runs <paramref name="work"/>; what goes wrong is printed and becomes the exit code.</summary>
    public Task<int> UseAsync(ParseResult result, Func<ConsoleStore, Task<int>> work) => OpenAsync(result, (_, _) => work(this));

    /// <summary>The same for a change of <paramref name="subject"/>, which is in the ledger before it is made.</summary>
    public Task<int> ChangeAsync(ParseResult result, string subject, Func<ConsoleStore, Task<int>> work) => OpenAsync(
        result, (store, node) => new OperatorRecord(new OperatorAudit(store, node), result).RunAsync(new ChangeSubject(subject), () => work(this)));

    private async Task<int> OpenAsync(ParseResult result, Func<Store, string, Task<int>> work)
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
            (Accounts, Tokens) = (new AccountStore(store, TimeProvider.System), new TokenStore(store, TimeProvider.System));
            return await work(store, configuration.Options.Audit.Node);
        });
    }
}
