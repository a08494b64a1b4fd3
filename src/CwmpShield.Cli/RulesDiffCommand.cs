using System.CommandLine;
using System.Text.Json;
using CwmpShield.Core.Cwmp;
using CwmpShield.Core.Decisions;
using CwmpShield.Core.Decisions.Recordings;
using CwmpShield.Core.Identity;
using CwmpShield.Core.Rules;

namespace CwmpShield.Cli;

/// <summary><c>cwmpshield rules diff</c>: what changes between two rule sets, and for which recorded messages.</summary>
internal static class RulesDiffCommand
{
    private const string Help = """
        What changes from one rule set to another; with --captures, which recorded messages would get another verdict.

        Example: cwmpshield rules diff rules-in-force rules --captures recordings
        """;

    /// <summary>Creates the verb.</summary>
    public static Command Create()
    {
        var before = new Argument<string>("OLD") { Description = "Rule set in force." };
        var after = new Argument<string>("NEW") { Description = "Rule set to come." };
        var captures = new Option<string?>("--captures") { Description = "Directory of recorded HTTP exchanges." };
        var site = RuleArguments.Site();
        var json = RuleArguments.AsJson();
        var command = new Command("diff", Help) { before, after, captures, site, json };
        command.SetAction(result =>
        {
            var console = result.InvocationConfiguration;
            var directory = result.GetValue(captures);
            if (RuleArguments.Load(result.GetValue(before)!, result.GetValue(site), console.Error) is not { } old
                || RuleArguments.Load(result.GetValue(after)!, result.GetValue(site), console.Error) is not { } now)
            {
                return ExitCode.Usage;
            }

            if (directory is not null && !Directory.Exists(directory))
            {
                console.Error.WriteLine($"{directory}: no such directory");
                return ExitCode.Usage;
            }

            foreach (var change in RuleSetDifference.Between(old, now))
            {
                console.Output.WriteLine(result.GetValue(json)
                    ? JsonSerializer.Serialize(change, RuleArguments.Json)
                    : $"{change.What,-8} {change.Kind} {change.Name}{(change.Detail.Length > 0 ? $": {change.Detail}" : "")}");
            }

            foreach (var moved in directory is null ? [] : Moved(old, now, directory))
            {
                console.Output.WriteLine(result.GetValue(json)
                    ? JsonSerializer.Serialize(moved, RuleArguments.Json)
                    : $"verdict  {moved.File}: {moved.Before} -> {moved.After} ({string.Join(", ", moved.Rules)})");
            }

            return ExitCode.Ok;
        });
        return command;
    }

    private static IEnumerable<MovedVerdict> Moved(RuleSet old, RuleSet now, string directory)
    {
        var context = new InspectionContext
        {
            Now = TimeProvider.System.GetUtcNow(),
            Traits = new DeviceTraits { Strength = IdentityStrength.UniqueCertificate },
        };
        foreach (var files in RecordedFiles.Sessions(directory))
        {
            var (before, after) = (new RecordedSession(old, context), new RecordedSession(now, context));
            foreach (var file in files)
            {
                if (!RecordedMessage.TryRead(File.ReadAllBytes(file), out var recorded, out _) || recorded.Body.IsEmpty)
                {
                    continue;
                }

                var direction = recorded.Direction ?? Direction.AcsToCpe;
                var was = before.Next(recorded, direction).Decision;
                var becomes = after.Next(recorded, direction).Decision;
                if (was.Verdict != becomes.Verdict)
                {
                    yield return new MovedVerdict(
                        file,
                        was.Verdict.ToString().ToLowerInvariant(),
                        becomes.Verdict.ToString().ToLowerInvariant(),
                        [.. was.Hits.Concat(becomes.Hits).Where(h => h.Exception is null).Select(h => h.RuleId).Distinct(StringComparer.Ordinal)]);
                }
            }
        }
    }

    private sealed record MovedVerdict(string File, string Before, string After, IReadOnlyList<string> Rules);
}
