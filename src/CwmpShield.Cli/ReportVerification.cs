using System.CommandLine;
using CwmpShield.Gateway.Auditing;
using CwmpShield.Gateway.Auditing.Verifying;
using CwmpShield.Gateway.Reporting;
using CwmpShield.Gateway.Storage;

namespace CwmpShield.Cli;

/// <summary>Verification of the ledger while a report is made of it.</summary>
internal sealed class ReportVerification
{
    private const int MaxFindings = 500;
    private readonly Option<bool> without = new("--no-verify") { Description = "Leaves the verification of the ledger out; the report says so." };
    private readonly Option<string[]> trusted = new("--trust") { Description = "Key of another node whose checkpoints are trusted, in PEM. May be given again.", HelpName = "FILE" };
    private readonly Option<string[]> checkpoints = new("--checkpoints") { Description = "Checkpoints that are kept elsewhere, as cwmpshield audit verify takes them. May be given again.", HelpName = "FILE" };

    private ReportVerification()
    {
    }

    /// <summary>Adds the options to <paramref name="command"/>.</summary>
    public static ReportVerification AddTo(Command command)
    {
        var verification = new ReportVerification();
        foreach (var option in new Option[] { verification.without, verification.trusted, verification.checkpoints })
        {
            command.Options.Add(option);
        }

        return verification;
    }

    /// <summary>What verifies; null where it was left out. The key that signs the report is trusted, and those that were named.</summary>
    public VerifyLedger? Get(ParseResult result, Store store, LedgerKey key) => result.GetValue(without) ? null : async cancellationToken =>
    {
        using var trust = new LedgerTrust();
        trust.Add(key.PublicKey);
        foreach (var file in result.GetValue(trusted) ?? [])
        {
            trust.AddFile(file, "");
        }

        var findings = new LedgerFindings();
        var files = result.GetValue(checkpoints) ?? [];
        var elsewhere = files.Length > 0 ? KnownCheckpoints.Read(files.SelectMany(File.ReadLines), trust, findings) : null;
        var verified = await new LedgerVerifier(store, trust).VerifyAsync("", elsewhere, findings, progress: null, cancellationToken);
        return new ReportedVerification(
            verified.IsGood,
            verified.Records,
            elsewhere is not null,
            [.. verified.Chains.Select(chain => new VerifiedChain(chain.Node, chain.First, chain.Last, chain.Checkpoints, chain.Proven))],
            findings.FaultCount,
            [.. findings.Faults.Concat(findings.Remarks).Take(MaxFindings).Select(one => new VerificationFinding(one.IsRemark ? "remark" : "fault", one.Node, one.Sequence, one.Fault, one.Detail))]);
    };
}
