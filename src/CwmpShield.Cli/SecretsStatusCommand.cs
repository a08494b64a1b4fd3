using System.CommandLine;
using System.Text.Json;
using CwmpShield.Gateway.Storage.Secrets;

namespace CwmpShield.Cli;

/// <summary><c>cwmpshield secrets status</c>.</summary>
internal static class SecretsStatusCommand
{
    private const string Text = """
        Says how many secrets each master key seals, which one is the current key, and which ones are configured here. Exit code 1 when secrets
        are sealed under a key that is not configured: they cannot be opened.

        Example:
          cwmpshield secrets status --json
        """;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>Creates the verb.</summary>
    public static Command Create()
    {
        var json = new Option<bool>("--json") { Description = "Prints one JSON object a key." };
        var command = new Command("status", Text) { json };
        var store = DeviceStoreOptions.AddTo(command);
        command.SetAction((result, cancellationToken) => store.UseAsync(
            result,
            async (opened, registry) =>
            {
                var rotation = new SecretRotation(opened, registry);
                var counts = await rotation.CountAsync(cancellationToken);
                var output = result.InvocationConfiguration.Output;
                foreach (var key in rotation.Keys.Union(counts.Keys, StringComparer.Ordinal))
                {
                    var (isCurrent, isHere, seals) = (key == rotation.CurrentKey, rotation.Keys.Contains(key, StringComparer.Ordinal) || key.Length == 0, counts.GetValueOrDefault(key));
                    await output.WriteLineAsync(result.GetValue(json)
                        ? JsonSerializer.Serialize(new { Key = key, Current = isCurrent, Configured = isHere, Secrets = seals }, Json)
                        : $"{(key.Length > 0 ? key : "(not named)"),-16}  {seals,10} secrets  {(isCurrent ? "current" : isHere && seals == 0 ? "unused: it may be taken out" : isHere ? "old: secrets rotate" : "NOT CONFIGURED")}");
                }

                return counts.Keys.All(key => key.Length == 0 || rotation.Keys.Contains(key, StringComparer.Ordinal)) ? ExitCode.Ok : ExitCode.Findings;
            },
            cancellationToken));
        return command;
    }
}
