using System.CommandLine;
using System.Globalization;
using System.Text;
using CwmpShield.Core.Rules.Signing;

namespace CwmpShield.Cli;

/// <summary><c>cwmpshield rules sign</c>: one detached signature over a whole rule set.</summary>
internal static class RulesSignCommand
{
    private const string Help = """
        Writes rules.index (version, end, SHA-256 of every file) and rules.index.sig (ECDSA P-256 or RSA-PSS) into the rule set's directory.
        A missing, extra, changed or older file then fails rules verify, and a gateway with RequireSignedRules does not load it.

        Example: cwmpshield rules sign rules --key rules.key.pem --version 42 --days 90
        """;

    /// <summary>Creates the verb.</summary>
    public static Command Create()
    {
        var path = new Argument<string>("DIR") { Description = "Directory of the rule set.", DefaultValueFactory = _ => "rules" };
        var key = new Option<string>("--key") { Description = "Private key, PEM.", Required = true };
        var version = new Option<long>("--version") { Description = "Version; must grow.", Required = true };
        var days = new Option<int>("--days") { Description = "Days until the signature ends (1 to 3650).", DefaultValueFactory = _ => 90 };
        var json = RuleArguments.AsJson();
        var command = new Command("sign", Help) { path, key, version, days, json };
        command.SetAction(result =>
        {
            var console = result.InvocationConfiguration;
            var directory = result.GetValue(path)!;
            if (!Directory.Exists(directory) || !File.Exists(result.GetValue(key)!) || result.GetValue(version) < 0 || result.GetValue(days) is < 1 or > 3650)
            {
                console.Error.WriteLine("needs a directory, a key file, a version of 0 or more and 1 to 3650 days");
                return ExitCode.Usage;
            }

            var index = RuleIndexText.Of(directory, result.GetValue(version), TimeProvider.System.GetUtcNow().AddDays(result.GetValue(days)), out var problems);
            problems.ToList().ForEach(console.Error.WriteLine);
            var text = Encoding.UTF8.GetBytes(index?.ToString() ?? "");
            if (index is null || RuleSignature.Sign(text, File.ReadAllText(result.GetValue(key)!)) is not { } signature)
            {
                console.Error.WriteLine("cannot sign: the key must be ECDSA P-256, or RSA of 2048 bits and more, in PEM without a password");
                return ExitCode.Usage;
            }

            File.WriteAllBytes(Path.Combine(directory, RuleIndexText.FileName), text);
            File.WriteAllBytes(Path.Combine(directory, RuleIndexText.SignatureName), signature);
            console.Output.WriteLine(result.GetValue(json)
                ? System.Text.Json.JsonSerializer.Serialize(new { index.Version, index.Expires, Files = index.Files.Count }, RuleArguments.Json)
                : string.Create(CultureInfo.InvariantCulture, $"version {index.Version}, {index.Files.Count} files, until {index.Expires:u}"));
            return ExitCode.Ok;
        });
        return command;
    }
}
