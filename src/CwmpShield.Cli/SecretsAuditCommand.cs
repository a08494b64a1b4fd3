using System.CommandLine;
using System.Text.Json;
using CwmpShield.Gateway.Storage.Secrets;

namespace CwmpShield.Cli;

/// <summary><c>cwmpshield secrets audit</c>.</summary>
internal static class SecretsAuditCommand
{
    private const string Text = """
        Looks at every stored secret: which ones several devices have in common, and which passwords everybody knows. No secret is shown. Exit code
        1 when there are any; `device list --reused` and `device list --weak` name the devices.

        Example:
          cwmpshield secrets audit --json
        """;

    private const int MostShared = 20;
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>Creates the verb.</summary>
    public static Command Create()
    {
        var json = new Option<bool>("--json") { Description = "Prints one JSON object." };
        var progress = new Option<bool>("--progress") { Description = "Shows progress where standard error is no terminal, too." };
        var command = new Command("audit", Text) { json, progress };
        var store = DeviceStoreOptions.AddTo(command);
        command.SetAction((result, cancellationToken) => store.UseAsync(
            result,
            async (opened, registry) =>
            {
                var audit = new SecretAudit(opened, registry);
                var bar = new ProgressLine(result.InvocationConfiguration.Error, result.GetValue(progress));
                var secrets = await audit.RefreshAsync(so => bar.Show(so, 0, $"{so} secrets"), cancellationToken);
                bar.End();
                var (weak, reused) = await audit.CountAsync(cancellationToken);
                var reasons = await audit.WeakAsync(cancellationToken);
                var shared = await audit.SharedAsync(MostShared, cancellationToken);
                var output = result.InvocationConfiguration.Output;
                if (result.GetValue(json))
                {
                    await output.WriteLineAsync(JsonSerializer.Serialize(
                        new
                        {
                            Secrets = secrets,
                            WeakDevices = weak,
                            ReusedDevices = reused,
                            Weak = reasons.Select(one => new { one.Weakness, one.Secrets }),
                            Shared = shared.Select(one => new { one.Devices, Example = one.Example.ToString() }),
                        },
                        Json));
                }
                else
                {
                    await output.WriteLineAsync($"{secrets} secrets; {weak} devices with a weak password, {reused} with a secret that another device has, too.");
                    foreach (var (weakness, count) in reasons)
                    {
                        await output.WriteLineAsync($"  weak ({weakness}): {count}");
                    }

                    foreach (var (devices, example) in shared)
                    {
                        await output.WriteLineAsync($"  one secret of {devices} devices, such as {example}");
                    }
                }

                return weak + reused > 0 ? ExitCode.Findings : ExitCode.Ok;
            },
            cancellationToken));
        return command;
    }
}
