using System.Text.RegularExpressions;

namespace CwmpShield.Core.Tests.Packaging;

/// <summary>What the service and the image may do: as little as they can.</summary>
public sealed partial class SandboxTests
{
    private static readonly string Unit = Repository.Path("packaging", "cwmpshield.service");

    [GeneratedRegex(@"^(?<word>[A-Z]+)\s+(?<rest>.*)$", RegexOptions.NonBacktracking | RegexOptions.Multiline)]
    private static partial Regex Instruction { get; }

    [Fact]
    public void Exposes_next_to_nothing_of_the_machine_to_the_service()
    {
        var (exit, output) = Program.Run("systemd-analyze", ["security", "--offline=true", "--no-pager", "--threshold=20", Unit]);

        Assert.True(exit == 0, output);
        Assert.Contains("Overall exposure level for cwmpshield.service", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Sees_a_unit_that_is_less_than_sandboxed()
    {
        var open = Path.Combine(Path.GetTempPath(), $"cwmpshield-{Guid.NewGuid():N}.service");
        File.WriteAllLines(open, File.ReadLines(Unit).Where(line => !line.StartsWith("Protect", StringComparison.Ordinal) && !line.StartsWith("SystemCall", StringComparison.Ordinal)));
        try
        {
            Assert.NotEqual(0, Program.Run("systemd-analyze", ["security", "--offline=true", "--no-pager", "--threshold=20", open]).Exit);
        }
        finally
        {
            File.Delete(open);
        }
    }

    [Fact]
    public void Has_a_unit_that_systemd_reads_without_a_complaint()
    {
        // The program itself is not installed here, and only that may be complained of.
        var (_, output) = Program.Run("systemd-analyze", ["verify", "--no-pager", Unit]);
        var complaints = output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => line.Contains("cwmpshield.service", StringComparison.Ordinal));

        Assert.All(complaints, line => Assert.Contains("is not executable", line, StringComparison.Ordinal));
    }

    [Fact]
    public void Runs_no_part_of_the_image_as_root_and_runs_nothing_while_it_is_built()
    {
        var instructions = Instruction.Matches(File.ReadAllText(Repository.Path("packaging", "Dockerfile"))).Select(m => (m.Groups["word"].Value, m.Groups["rest"].Value)).ToList();
        var words = instructions.Select(one => one.Item1).ToList();

        Assert.DoesNotContain("RUN", words);
        Assert.DoesNotContain("ADD", words);
        var user = Assert.Single(instructions, one => one.Item1 == "USER").Item2;
        Assert.DoesNotContain(user.Split(':'), part => part is "0" or "root");
        Assert.True(words.IndexOf("USER") < words.IndexOf("ENTRYPOINT"));
        Assert.Contains("chiseled", Assert.Single(instructions, one => one is { Item1: "ARG" } && one.Item2.StartsWith("BASE=", StringComparison.Ordinal)).Item2, StringComparison.Ordinal);
        Assert.StartsWith("[", Assert.Single(instructions, one => one.Item1 == "ENTRYPOINT").Item2, StringComparison.Ordinal);
    }
}
