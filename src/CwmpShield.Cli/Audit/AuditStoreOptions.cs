using System.CommandLine;
using System.Security.Cryptography;
using CwmpShield.Gateway.Auditing;
using CwmpShield.Gateway.Auditing.Verifying;
using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.Storage;

namespace CwmpShield.Cli.Audit;

/// <summary>Where the ledger is: by the configuration, or by <c>--store</c> without one. No master key is needed to read it.</summary>
internal sealed class AuditStoreOptions
{
    private readonly Option<string> config = ConfigOption.Create();

    private readonly Option<string> store = new("--store") { Description = "SQLite file, in place of the configuration.", HelpName = "FILE" };

    private AuditStoreOptions()
    {
    }

    /// <summary>Adds the options to <paramref name="command"/>.</summary>
    public static AuditStoreOptions AddTo(Command command)
    {
        var options = new AuditStoreOptions();
        command.Options.Add(options.config);
        command.Options.Add(options.store);
        return options;
    }

    /// <summary>Opens the store and runs <paramref name="work"/>; what goes wrong is printed and becomes the exit code.</summary>
    public async Task<int> UseAsync(ParseResult result, Func<Store, GatewayOptions, Task<int>> work)
    {
        var error = result.InvocationConfiguration.Error;
        var options = new GatewayOptions();
        if (result.GetValue(store) is { Length: > 0 } path)
        {
            options = options with { Store = options.Store with { Path = path }, Audit = options.Audit with { Node = AuditOptions.DefaultNode } };
        }
        else
        {
            var configuration = GatewayConfiguration.Load(result.GetValue(config));
            if (configuration.Errors.Count > 0)
            {
                return ConfigOption.Report(configuration, error);
            }

            options = configuration.Options;
        }

        if (options.Store.Engine == StoreEngine.Sqlite && !File.Exists(options.Store.Path))
        {
            await error.WriteLineAsync($"There is no store at '{options.Store.Path}'.");
            return ExitCode.Usage;
        }

        return await StoreErrors.ReportAsync(error, async () =>
        {
            try
            {
                using var opened = StoreFactory.Open(options.Store);
                return await work(opened, options);
            }
            catch (Exception problem) when (problem is LedgerUnavailableException or CryptographicException or IOException or UnauthorizedAccessException)
            {
                await error.WriteLineAsync(problem.Message);
                return problem is LedgerUnavailableException ? ExitCode.Findings : ExitCode.Usage;
            }
        });
    }

    /// <summary>The keys that are trusted: those of <paramref name="files"/>, or the configured one where none is given.</summary>
    /// <exception cref="IOException">A file cannot be read; so say <see cref="CryptographicException"/> and <see cref="UnauthorizedAccessException"/>.</exception>
    public static LedgerTrust Trust(IReadOnlyList<string> files, string passwordFile, AuditOptions audit)
    {
        var trust = new LedgerTrust();
        foreach (var file in files)
        {
            trust.AddFile(file, passwordFile);
        }

        if (files.Count == 0 && audit.KeyFile.Length > 0)
        {
            trust.AddFile(audit.KeyFile, audit.KeyPasswordFile);
        }

        return trust.Ids.Count > 0 ? trust : throw new CryptographicException("No key is trusted: --key FILE names the public key of the checkpoints, or --config the configuration that does.");
    }

    /// <summary><c>--key FILE</c>.</summary>
    public static Option<string[]> Keys() => new("--key")
    {
        Description = "Key whose checkpoints are trusted: public or private key or certificate in PEM, or PKCS#12. May be given again; the configured one where none is.",
        HelpName = "FILE",
    };

    /// <summary><c>--key-password-file FILE</c>.</summary>
    public static Option<string> KeyPassword() => new("--key-password-file") { Description = "File whose first line is the password of --key.", HelpName = "FILE", DefaultValueFactory = _ => "" };
}
