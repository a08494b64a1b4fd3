using System.CommandLine;

namespace CwmpShield.Cli.Artefacts;

/// <summary><c>cwmpshield artefact restore NAME</c>: takes an operator's withdrawal back.</summary>
internal static class ArtefactRestoreCommand
{
    private const string Help = """
        Takes back what artefact withdraw has said; what the signed manifest withdraws stays withdrawn. Exit code 1 when nothing was withdrawn by this name.

        Example: cwmpshield artefact restore hgw-1.3.0
        """;

    /// <summary>Creates the verb.</summary>
    public static Command Create()
    {
        var name = ArtefactWithdrawCommand.Name();
        var command = new Command("restore", Help) { name };
        var report = ChangeReport.AddTo(command);
        var store = DeviceStoreOptions.AddTo(command);
        command.SetAction((result, cancellation) => store.ChangeArtefactAsync(
            result,
            result.GetValue(name)!,
            async artefacts =>
            {
                var key = ArtefactWithdrawCommand.Key(result.GetValue(name)!);
                if (await artefacts.RestoreAsync(key, cancellation))
                {
                    report.Print(result, new { Artefact = key, Restored = true }, $"{result.GetValue(name)} may be ordered again, where the manifest lists it.");
                    return ExitCode.Ok;
                }

                await result.InvocationConfiguration.Error.WriteLineAsync($"Nothing is withdrawn by the name {result.GetValue(name)}.");
                return ExitCode.Findings;
            },
            cancellation));
        return command;
    }
}
