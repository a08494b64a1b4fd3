using CwmpShield.Fuzz;
using CwmpShield.Fuzz.Targets;

namespace CwmpShield.Core.Tests.Fuzzing;

/// <summary>A seeded part of what <c>./fuzz</c> does for as long as one likes, and every input that once broke a reader.</summary>
public sealed class FuzzingTests
{
    private const ulong Seed = 20_260_801;

    public static TheoryData<string> Cases =>
        [.. Seeds.Files("tests/fuzz-cases", "*").Select(file => Path.GetRelativePath(Path.Combine(Seeds.Root, "tests", "fuzz-cases"), file))];

    [Fact]
    public void Reads_mutations_as_the_frameworks_parser_does() => Holds(MessageTargets.Reader, 20_000);

    [Fact]
    public void Reads_back_whatever_it_writes() => Holds(MessageTargets.Writer, 12_000);

    [Fact]
    public void Forwards_no_mutation_that_still_carries_what_was_refused()
    {
        Assert.All(OrderTarget.Orders.Seeds, order => Assert.False(OrderTarget.Forwards(order)));
        Holds(OrderTarget.Orders, 12_000);
    }

    [Fact]
    public void Reads_or_refuses_rule_files() => Holds(OtherTargets.Rules, 150);

    [Fact]
    public void Reads_or_refuses_credentials() => Holds(OtherTargets.Authorization, 20_000);

    [Fact]
    public void Reads_or_refuses_manifests() => Holds(OtherTargets.Manifest, 3_000);

    [Fact]
    public void Reads_or_refuses_datagrams() => Holds(OtherTargets.Datagrams, 30_000);

    [Fact]
    public void Leads_no_mutated_cookie_to_a_session() => Holds(CookieTargets.Device, 30_000);

    [Fact]
    public void Sends_back_only_cookies_that_fit_a_header() => Holds(CookieTargets.Acs, 20_000);

    /// <summary>The folder names the target.</summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public void Withstands_what_once_broke_it(string file)
    {
        var target = AllTargets.List.Single(t => t.Name == Path.GetDirectoryName(file));

        Assert.Null(FuzzRun.Problem(target, File.ReadAllBytes(Path.Combine(Seeds.Root, "tests", "fuzz-cases", file))));
    }

    [Fact]
    public void Finds_what_breaks_a_reader()
    {
        var weak = OtherTargets.Datagrams with { Check = input => input.AsSpan().IndexOf("sig="u8) < input.AsSpan().LastIndexOf("sig="u8) ? "twice" : null };
        var run = new FuzzRun(weak, Seed);
        while (run.Tried < 5_000)
        {
            run.Step();
        }

        Assert.Equal("twice", Assert.Single(run.Broken).Problem);
    }

    private static void Holds(FuzzTarget target, int inputs)
    {
        var run = new FuzzRun(target, Seed);
        while (run.Tried < inputs)
        {
            run.Step();
        }

        Assert.Empty(run.Broken.Select(broken => $"{broken.Problem}\n{Convert.ToHexString(broken.Input)}"));
    }
}
