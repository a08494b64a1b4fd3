using System.CommandLine;
using CwmpShield.Gateway.Auditing;
using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.Storage;
using CwmpShield.Gateway.Storage.Secrets;

namespace CwmpShield.Cli;

/// <summary><c>cwmpshield db backup|restore</c>: copies of an SQLite store.</summary>
internal static class DbBackupCommand
{
    private const string BackupText = """
        Writes a copy of the SQLite store as of now, while the gateway runs, and checks it. The file must not be there yet; its owner alone may read it.
        Devices, held orders, learned endpoints and the ledger are in it. Keep apart from it, each at its own place: the master key (without it the secrets in
        the copy are lost), the ledger's key, and the configuration. A PostgreSQL store is copied with pg_dump: see operations.md.

        Example:
          cwmpshield db backup /backup/cwmpshield-2026-11-26.db
        """;

    private const string RestoreText = """
        Puts a copy in the place of the SQLite store, while no gateway has it open. The copy is checked first: whole, of this version or an older one, and sealed
        under a master key that is configured. What was there is kept beside it under another name. The ledger goes back with the store: audit verify with
        --checkpoints says what was written after the copy.

        Example:
          cwmpshield db restore /backup/cwmpshield-2026-11-26.db
        """;

    /// <summary>Creates the verbs.</summary>
    public static IEnumerable<Command> All() => [Backup(), Restore()];

    private static Command Backup()
    {
        var file = new Argument<string>("FILE") { Description = "New file for the copy." };
        var command = new Command("backup", BackupText) { file };
        var report = ChangeReport.AddTo(command);
        var store = DeviceStoreOptions.AddTo(command);
        command.SetAction((result, _) => store.RecordAsync(result, new ChangeSubject(Path.GetFullPath(result.GetValue(file)!)), () => RunAsync(result, store, place =>
        {
            var copy = Path.GetFullPath(result.GetValue(file)!);
            StoreBackup.Write(place.Path, copy);
            report.Print(result, new { Store = place.Path, Copy = copy, Bytes = new FileInfo(copy).Length }, $"{copy}: {new FileInfo(copy).Length:N0} bytes, whole.");
            return Task.FromResult(true);
        })));
        return command;
    }

    private static Command Restore()
    {
        var file = new Argument<string>("FILE") { Description = "The copy." };
        var command = new Command("restore", RestoreText) { file };
        var report = ChangeReport.AddTo(command);
        var store = DeviceStoreOptions.AddTo(command);
        command.SetAction((result, cancellationToken) => RunAsync(result, store, async place =>
        {
            var copy = Path.GetFullPath(result.GetValue(file)!);
            var before = await StoreBackup.RestoreAsync(copy, place.Path, KeyRing.Read(KeySource.Of(place)), TimeProvider.System.GetUtcNow(), cancellationToken);
            report.Print(
                result,
                new { Store = place.Path, Copy = copy, Before = before },
                $"{place.Path} is {copy} now." + (before is null ? "" : $" What was there is {before}."));

            // Into the ledger that is in force now: what was written to the other one went with it.
            using var restored = StoreFactory.Open(place);
            return await new OperatorRecord(new OperatorAudit(restored, store.NodeOf(result)), result).DoneAsync(new ChangeSubject(copy), before is null ? "" : $"what was there is {before}");
        }));
        return command;
    }

    private static Task<int> RunAsync(ParseResult result, DeviceStoreOptions store, Func<StoreOptions, Task<bool>> work)
    {
        var error = result.InvocationConfiguration.Error;
        if (!store.TryFind(result, error, out var place))
        {
            return Task.FromResult(ExitCode.Usage);
        }

        return StoreErrors.ReportAsync(error, async () =>
        {
            if (place.Engine == StoreEngine.Postgresql)
            {
                throw new StoreException("A PostgreSQL store is copied with pg_dump and put back with pg_restore: see operations.md.");
            }

            return await work(place) ? ExitCode.Ok : ExitCode.Findings;
        });
    }
}
