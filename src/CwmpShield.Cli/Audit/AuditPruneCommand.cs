using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using CwmpShield.Gateway.Auditing;
using CwmpShield.Gateway.Configuration;

namespace CwmpShield.Cli.Audit;

/// <summary><c>cwmpshield audit prune</c>.</summary>
internal static class AuditPruneCommand
{
    private const string Text = """
        Removes old records: of each chain all up to the last good checkpoint before TIME, never what is behind the last checkpoint. That checkpoint stays,
        and a record of who pruned what, and why, is written before anything goes: so verify still proves the rest. The counts by hour that pictures are
        drawn from stay, too. It may run beside the gateway.
        Exit code 1 when the record could not be written, or it was stopped; run it again then.

        Examples:
          cwmpshield audit prune --before 400d --dry-run --reason "13 months are kept"
          cwmpshield audit prune --before 2025-10-01 --reason "CHG-1207: 13 months are kept" --config appsettings.json
        """;

    private const int MaxReason = 300;

    /// <summary>Creates the verb.</summary>
    public static Command Create()
    {
        var before = new Option<DateTimeOffset?>("--before")
        {
            Description = "Records that were written before this: 2025-11-26, 2025-11-26T20:15:00Z (UTC), or 400d for that long ago.", HelpName = "TIME", CustomParser = TimeText.Read, Required = true,
        };
        var reason = new Option<string>("--reason") { Description = "Why, kept in the ledger.", HelpName = "TEXT", Required = true };
        reason.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string>() is not { Length: > 0 and <= MaxReason } text || text.Any(char.IsControl))
            {
                result.AddError($"--reason has 1 to {MaxReason} characters and no control characters.");
            }
        });
        var keys = AuditStoreOptions.Keys();
        var password = AuditStoreOptions.KeyPassword();
        var dry = new Option<bool>("--dry-run") { Description = "Only says what would go." };
        var progress = new Option<bool>("--progress") { Description = "Says how far it has come, also where standard error is no terminal." };
        var json = RuleArguments.AsJson();
        var command = new Command("prune", Text) { before, reason, keys, password, dry, progress, json };
        var store = AuditStoreOptions.AddTo(command);
        command.SetAction((result, cancellation) => store.UseAsync(result, async (opened, options) =>
        {
            using var trust = AuditStoreOptions.Trust(result.GetValue(keys) ?? [], result.GetValue(password)!, options.Audit);
            using var key = SigningKey(options.Audit);
            var prune = new LedgerPrune(opened, new OperatorAudit(opened, options.Audit.Node, key), trust, TimeProvider.System);
            var plans = await prune.PlanAsync(result.GetValue(before)!.Value, cancellation);
            var line = new ProgressLine(result.InvocationConfiguration.Error, result.GetValue(progress));
            foreach (var plan in plans)
            {
                if (!result.GetValue(dry))
                {
                    await prune.RunAsync(plan, result.GetValue(reason)!, Environment.UserName, done => line.Show(done, plan.Records, $"{plan.Node}: {done.ToString(CultureInfo.InvariantCulture)} records removed"), cancellation);
                }

                line.End();
                Print(plan, result.GetValue(dry), result.GetValue(json), result.InvocationConfiguration.Output);
            }

            return ExitCode.Ok;
        }));
        return command;
    }

    /// <summary>The node's key where this user can read it. Without, the gateway signs the record within <see cref="AuditOptions.CheckpointInterval"/>.</summary>
    private static LedgerKey? SigningKey(AuditOptions audit)
    {
        try
        {
            return audit.KeyFile.Length > 0 && File.Exists(audit.KeyFile) ? LedgerKey.Open(audit.KeyFile, audit.KeyPasswordFile) : null;
        }
        catch (UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static void Print(PrunePlan plan, bool dry, bool json, TextWriter output)
    {
        if (json)
        {
            output.WriteLine(JsonSerializer.Serialize(new { plan.Node, plan.First, plan.Through, plan.Records, plan.Head, Done = !dry && plan.Records > 0 }, RuleArguments.Json));
            return;
        }

        output.WriteLine(plan.Records == 0
            ? $"{plan.Node}: nothing; there is no good checkpoint before that time but at its end"
            : string.Create(CultureInfo.InvariantCulture, $"{plan.Node}: {plan.Records} records, {plan.First} to {plan.Through} of {plan.At:u}, {(dry ? "would go" : "are gone")}"));
    }
}
