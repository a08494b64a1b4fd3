using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using CwmpShield.Gateway.Auditing.Verifying;

namespace CwmpShield.Cli.Audit;

/// <summary><c>cwmpshield audit verify</c>.</summary>
internal static class AuditVerifyCommand
{
    private const string Text = """
        Verifies the ledger: every record's hash and place, the columns that records are found by against the bytes that were hashed, checkpoints under
        trusted keys, and where --checkpoints names a copy of them, whether the end was cut off or a chain replaced. Each record that was changed, removed,
        inserted or moved is named. It only reads, and may run beside the gateway.
        Exit code: 0 nothing is wrong, 1 something is (with --strict also for remarks), 2 bad usage, or the store or a key cannot be read.

        Examples:
          cwmpshield audit verify --config appsettings.json --checkpoints /mnt/evidence/checkpoints.jsonl
          cwmpshield audit verify --store copy.db --key ledger-public.pem --json
          cwmpshield audit verify --node edge-1 --from-checkpoint 48200000 --checkpoints /mnt/evidence/checkpoints.jsonl
        """;

    /// <summary>Creates the verb.</summary>
    public static Command Create()
    {
        var keys = AuditStoreOptions.Keys();
        var password = AuditStoreOptions.KeyPassword();
        var node = new Option<string>("--node") { Description = "Only the chain of this node, and of its operators.", HelpName = "NAME", DefaultValueFactory = _ => "" };
        var checkpoints = new Option<string[]>("--checkpoints") { Description = "Checkpoints that are kept elsewhere: the file of Audit:CheckpointFile, or a syslog file with them. May be given again.", HelpName = "FILE" };
        var from = new Option<long>("--from-checkpoint")
        {
            Description = "With --node: begins at the signed checkpoint of this record, and does not verify what is before; what 'proven up to record' said last time.", HelpName = "SEQ",
        };
        var strict = new Option<bool>("--strict") { Description = "Remarks count, too." };
        var progress = new Option<bool>("--progress") { Description = "Says how far it has come, also where standard error is no terminal." };
        var json = RuleArguments.AsJson();
        var command = new Command("verify", Text) { keys, password, node, checkpoints, from, strict, progress, json };
        command.Validators.Add(result =>
        {
            if (result.GetResult(from) is { } given && (given.GetValueOrDefault<long>() < 1 || result.GetValue(node) is not { Length: > 0 }))
            {
                result.AddError("--from-checkpoint takes the place of a record, from 1 on, of the chain that --node names.");
            }
        });
        var store = AuditStoreOptions.AddTo(command);
        command.SetAction((result, cancellation) => store.UseAsync(result, async (opened, options) =>
        {
            var console = result.InvocationConfiguration;
            var watch = Stopwatch.StartNew();
            using var trust = AuditStoreOptions.Trust(result.GetValue(keys) ?? [], result.GetValue(password)!, options.Audit);
            var findings = new LedgerFindings();
            var files = result.GetValue(checkpoints) ?? [];
            var elsewhere = files.Length > 0 ? KnownCheckpoints.Read(files.SelectMany(File.ReadLines), trust, findings) : null;
            var line = new ProgressLine(console.Error, result.GetValue(progress));
            var verified = await new LedgerVerifier(opened, trust).VerifyAsync(
                result.GetValue(node)!, result.GetValue(from), elsewhere, findings, (done, all) => line.Show(done, all, $"{done.ToString(CultureInfo.InvariantCulture)} records verified"), cancellation);
            line.End();
            Print(verified, elsewhere, watch.Elapsed, result.GetValue(json), console.Output);
            return verified.IsGood && !(result.GetValue(strict) && findings.RemarkCount > 0) ? ExitCode.Ok : ExitCode.Findings;
        }));
        return command;
    }

    private static void Print(LedgerVerification verified, KnownCheckpoints? elsewhere, TimeSpan took, bool json, TextWriter output)
    {
        var findings = verified.Findings;
        foreach (var one in findings.Faults.Concat(findings.Remarks))
        {
            output.WriteLine(json
                ? JsonSerializer.Serialize(new { Type = one.IsRemark ? "remark" : "fault", one.Node, one.Sequence, one.Through, one.Fault, one.Detail }, RuleArguments.Json)
                : $"{(one.IsRemark ? "remark" : "FAULT ")}  {one.Node}  {Place(one)}  {one.Fault}: {one.Detail}");
        }

        if (json)
        {
            var result = new
            {
                Type = "result", Good = verified.IsGood, verified.Records, Faults = findings.FaultCount, Remarks = findings.RemarkCount, KnownCheckpoints = elsewhere?.Count, verified.Chains,
                Seconds = Math.Round(took.TotalSeconds, 3),
            };
            output.WriteLine(JsonSerializer.Serialize(result, RuleArguments.Json));
            return;
        }

        foreach (var chain in verified.Chains)
        {
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{chain.Node}: {Range(chain)}, {chain.Checkpoints} checkpoints, proven up to record {chain.Proven}"));
            if (chain.From > 0)
            {
                output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{chain.Node}: NOT verified is what is before: records up to {chain.From}"));
            }
        }

        More(findings.FaultCount, findings.Faults.Count, "faults", output);
        More(findings.RemarkCount, findings.Remarks.Count, "remarks", output);
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{(verified.IsGood ? "good" : "NOT GOOD")}: {verified.Records} records in {took.TotalSeconds:F1} s, {findings.FaultCount} faults, {findings.RemarkCount} remarks"));
        if (elsewhere is null)
        {
            output.WriteLine("Without --checkpoints FILE an end that was cut off together with its checkpoints is not noticed.");
        }
    }

    private static string Range(ChainResult chain) => chain.Records == 0 ? "no records" : string.Create(CultureInfo.InvariantCulture, $"records {chain.First} to {chain.Last}");

    private static void More(long all, int named, string what, TextWriter output)
    {
        if (all > named)
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{all - named} more {what} are not named."));
        }
    }

    private static string Place(LedgerFinding one) => one.Sequence == 0 ? "-"
        : one.Through > one.Sequence ? string.Create(CultureInfo.InvariantCulture, $"{one.Sequence}-{one.Through}")
        : one.Sequence.ToString(CultureInfo.InvariantCulture);
}
