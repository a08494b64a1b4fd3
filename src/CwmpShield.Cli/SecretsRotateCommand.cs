using System.CommandLine;
using CwmpShield.Gateway.Storage;
using CwmpShield.Gateway.Storage.Secrets;

namespace CwmpShield.Cli;

/// <summary><c>cwmpshield secrets rotate</c>.</summary>
internal sealed class SecretsRotateCommand
{
    private const string Text = """
        Seals every secret under another master key: the last one of the key file, or the one of --to. Gateways go on meanwhile; each needs both
        keys before this begins, and reads its key file again by itself. It may be stopped or killed at any moment and run again. The old key is
        needed until this has ended with exit code 0.

        Examples:
          cwmpshield secrets rotate --generate
          cwmpshield secrets rotate --to 0123456789abcdef
        """;

    private readonly Option<string?> to = new("--to") { Description = "Id of the key, as `secrets status` shows it; the last of the key file where it is not given.", HelpName = "ID" };
    private readonly Option<bool> generate = new("--generate") { Description = "Makes a key and appends it to the key file first. With several nodes, make and distribute it yourself." };
    private readonly Option<bool> progress = new("--progress") { Description = "Shows progress where standard error is no terminal, too." };
    private readonly Command command = new("rotate", Text);
    private readonly ChangeReport report;
    private readonly DeviceStoreOptions store;

    private SecretsRotateCommand()
    {
        command.Options.Add(to);
        command.Options.Add(generate);
        command.Options.Add(progress);
        command.Validators.Add(result =>
        {
            if (result.GetValue(to) is not null && result.GetValue(generate))
            {
                result.AddError("--to and --generate exclude each other.");
            }
        });
        report = ChangeReport.AddTo(command);
        store = DeviceStoreOptions.AddTo(command);
        command.SetAction(RunAsync);
    }

    /// <summary>Creates the verb.</summary>
    public static Command Create() => new SecretsRotateCommand().command;

    private async Task<int> RunAsync(ParseResult result, CancellationToken cancellationToken)
    {
        var error = result.InvocationConfiguration.Error;
        try
        {
            // The new key is a change, too: the record comes before it.
            return await store.RecordAsync(result, new ChangeSubject(result.GetValue(to) ?? "master key"), async () => result.GetValue(generate) && !TryGenerate(result, error)
                ? ExitCode.Usage
                : await store.UseAsync(result, (opened, registry) => RotateAsync(result, opened, registry, cancellationToken), cancellationToken));
        }
        catch (OperationCanceledException)
        {
            await error.WriteLineAsync("Stopped between two batches; run it again to go on. Both keys are needed until then.");
            return ExitCode.Findings;
        }
    }

    private bool TryGenerate(ParseResult result, TextWriter error)
    {
        if (!store.TryFind(result, error, out var places))
        {
            return false;
        }

        try
        {
            if (KeySource.Of(places) is not KeySource.InFile file)
            {
                throw new StoreException("--generate needs a key file: make the key yourself, and add it behind the old one.");
            }

            report.Aside(result).WriteLine($"Added the key {KeyFile.Append(file.Path)} to '{file.Path}'. Back the file up.");
            return true;
        }
        catch (StoreException problem)
        {
            error.WriteLine(problem.Message);
            return false;
        }
    }

    private async Task<int> RotateAsync(ParseResult result, Store opened, StoredDeviceRegistry registry, CancellationToken cancellationToken)
    {
        var rotation = new SecretRotation(opened, registry);
        var target = result.GetValue(to) ?? rotation.Keys[^1];
        if (!rotation.Keys.Contains(target, StringComparer.Ordinal))
        {
            await result.InvocationConfiguration.Error.WriteLineAsync($"There is no key {target} among those that are configured: {string.Join(", ", rotation.Keys)}.");
            return ExitCode.Usage;
        }

        var total = (await rotation.CountAsync(cancellationToken)).Sum(one => one.Key == target ? 0 : one.Value);
        var bar = new ProgressLine(result.InvocationConfiguration.Error, result.GetValue(progress));
        var done = await rotation.RunAsync(target, so => bar.Show(so, total, $"{so} of {total} secrets"), cancellationToken);
        bar.End();
        await report.Aside(result).WriteLineAsync($"Sealed {done} secrets under the key {target}.");
        var counts = await rotation.CountAsync(cancellationToken);
        string[] unused = [.. rotation.Keys.Where(key => key != target && counts.GetValueOrDefault(key) == 0)];
        report.Print(
            result,
            new { Key = target, Secrets = done, Unused = unused },
            unused.Select(key => $"The key {key} seals nothing any more: take it out of the configuration of every node, and keep it with the backups that were made under it."));
        return ExitCode.Ok;
    }
}
