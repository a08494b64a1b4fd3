using System.CommandLine;
using CwmpShield.Gateway.Configuration;

namespace CwmpShield.Cli;

/// <summary>Where store, key and rules of a report are: by the configuration, or by <c>--store</c> and <c>--signing-key</c> without one.</summary>
internal sealed class ReportPlaceOptions
{
    private readonly Option<string> config = ConfigOption.Create();
    private readonly Option<string?> store = new("--store") { Description = "SQLite file, in place of the configuration.", HelpName = "FILE" };
    private readonly Option<string?> key = new("--signing-key") { Description = "The ledger's private key, in place of the configuration.", HelpName = "FILE" };
    private readonly Option<string?> rules = new("--rules") { Description = "Rule files, in place of the configuration.", HelpName = "PATH" };

    private ReportPlaceOptions()
    {
    }

    /// <summary>Adds the options to <paramref name="command"/>.</summary>
    public static ReportPlaceOptions AddTo(Command command)
    {
        var places = new ReportPlaceOptions();
        foreach (var option in new Option[] { places.config, places.store, places.key, places.rules })
        {
            command.Options.Add(option);
        }

        return places;
    }

    /// <summary>The places; false when something is missing, which was printed.</summary>
    public bool TryFind(ParseResult result, TextWriter error, out ReportPlaces places)
    {
        places = new ReportPlaces(new StoreOptions { Path = result.GetValue(store) ?? "" }, result.GetValue(key) ?? "", "", result.GetValue(rules) ?? "");
        if (places.Store.Path.Length > 0 && places.KeyFile.Length == 0)
        {
            error.WriteLine("--store needs --signing-key: a report is signed with the ledger's key.");
            return false;
        }

        if (places.Store.Path.Length == 0)
        {
            var configuration = GatewayConfiguration.Load(result.GetValue(config));
            if (configuration.Errors.Count > 0)
            {
                ConfigOption.Report(configuration, error);
                return false;
            }

            var options = configuration.Options;
            places = new ReportPlaces(
                options.Store,
                places.KeyFile.Length > 0 ? places.KeyFile : options.Audit.KeyFile,
                places.KeyFile.Length > 0 ? "" : options.Audit.KeyPasswordFile,
                places.RulesPath.Length > 0 ? places.RulesPath : options.Rules.Path);
        }

        // A key that is made here would vouch for nothing.
        var missing = !File.Exists(places.KeyFile) ? $"There is no key at '{places.KeyFile}'; the ledger's private key signs the report."
            : places.Store.Engine == StoreEngine.Sqlite && !File.Exists(places.Store.Path) ? $"There is no store at '{places.Store.Path}'."
            : "";
        if (missing.Length > 0)
        {
            error.WriteLine(missing);
        }

        return missing.Length == 0;
    }
}

/// <summary>Where the parts of a report come from.</summary>
/// <param name="Store">The store.</param>
/// <param name="KeyFile">The key that signs.</param>
/// <param name="KeyPasswordFile">File with its password; empty for none.</param>
/// <param name="RulesPath">Rule files; empty for none.</param>
internal sealed record ReportPlaces(StoreOptions Store, string KeyFile, string KeyPasswordFile, string RulesPath);
